package matchback.validate;

import java.util.Locale;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation.Rule;

/// A glut of conversions a few seconds after their clicks.
final class InjectionProbe implements Probe {
    private static final int[] EDGES_SECONDS = {3, 5, 10, 20, 30};

    /// Share of honest conversions within a second, where nothing is known of others; as much as
    /// [#BELIEF] of them would say.
    private static final double SHARE_PER_SECOND = 0.002;

    private static final double BELIEF = 40;

    private final Pool pool;
    private final Rule rule;

    InjectionProbe(Pool pool, Rule rule) {
        this.pool = pool;
        this.rule = rule;
    }

    @Override
    public void look(Seen now, Cohort cohort, Findings findings) {
        long delay = now.conversion().delayMillis();
        var worst = Glut.NONE;
        int within = 0;
        for (int edge : EDGES_SECONDS) {
            if (delay <= edge * 1000L) {
                var glut =
                        Glut.worst(
                                cohort,
                                seen -> seen.conversion().delayMillis() <= edge * 1000L,
                                kind -> share(kind, cohort, edge),
                                rule.least());
                if (glut.digits() > worst.digits()) {
                    worst = glut;
                    within = edge;
                }
            }
        }
        if (worst.digits() >= rule.certainty()) {
            findings.suspect(
                    worst.members(),
                    FraudCheck.INJECTION,
                    String.format(
                            Locale.ROOT, "within %d s of the click: %s", within, worst.figures()));
        }
    }

    private double share(String kind, Cohort cohort, int seconds) {
        int last = LogHistogram.classOf(seconds * 1000.0);
        var all = pool.shape(kind).delays;
        var own = cohort.shape(kind).delays;
        double hits = all.between(0, last) - own.between(0, last);
        double others = (double) all.total() - own.total();
        return (hits + SHARE_PER_SECOND * seconds * BELIEF) / (others + BELIEF);
    }
}
