package matchback.validate;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation.Rule;

/// A glut of payouts or values far above what others bring for the same offer.
final class AmountProbe implements Probe {
    /// Classes above the middle of others: about 2, 3, 4.5 and 7 times as much.
    private static final int[] ABOVE = {7, 11, 15, 19};

    private static final int OTHERS_MIN = 40;

    private final Pool pool;
    private final Rule rule;

    AmountProbe(Pool pool, Rule rule) {
        this.pool = pool;
        this.rule = rule;
    }

    @Override
    public boolean judgesFurther() {
        return true;
    }

    @Override
    public void look(Seen now, Cohort cohort, Findings findings) {
        look(now, cohort, findings, "payout", Converted::payoutMicros, shape -> shape.payouts);
        look(now, cohort, findings, "value", Converted::valueMicros, shape -> shape.values);
    }

    private void look(
            Seen now,
            Cohort cohort,
            Findings findings,
            String what,
            ToLongFunction<Converted> amount,
            Function<Cohort.Shape, LogHistogram> histogram) {
        int middle = middle(now.conversion().kind(), cohort, histogram);
        int own = Amounts.classOf(amount.applyAsLong(now.conversion()));
        if (middle < 0 || own < middle + ABOVE[0]) {
            return;
        }
        var worst = Glut.NONE;
        for (int above : ABOVE) {
            if (own >= middle + above) {
                var glut =
                        Glut.worst(
                                cohort,
                                seen -> isAbove(seen, cohort, above, amount, histogram),
                                kind -> share(kind, cohort, above, histogram),
                                rule.least());
                worst = glut.digits() > worst.digits() ? glut : worst;
            }
        }
        if (worst.digits() >= rule.certainty()) {
            findings.suspect(
                    worst.members(),
                    FraudCheck.AMOUNT,
                    String.format(
                            Locale.ROOT,
                            "%s far above the usual for the offer: %s",
                            what,
                            worst.figures()));
        }
    }

    private boolean isAbove(
            Seen seen,
            Cohort cohort,
            int above,
            ToLongFunction<Converted> amount,
            Function<Cohort.Shape, LogHistogram> histogram) {
        int middle = middle(seen.conversion().kind(), cohort, histogram);
        return middle >= 0
                && Amounts.classOf(amount.applyAsLong(seen.conversion())) >= middle + above;
    }

    /// The class of the median, or -1 when there are too few others to say.
    private int middle(String kind, Cohort cohort, Function<Cohort.Shape, LogHistogram> histogram) {
        var all = histogram.apply(pool.shape(kind));
        int others = all.total() - histogram.apply(cohort.shape(kind)).total();
        return others < OTHERS_MIN ? -1 : all.quantile(0.5);
    }

    private double share(
            String kind, Cohort cohort, int above, Function<Cohort.Shape, LogHistogram> histogram) {
        int middle = middle(kind, cohort, histogram);
        if (middle < 0) {
            return 0;
        }
        var all = histogram.apply(pool.shape(kind));
        var own = histogram.apply(cohort.shape(kind));
        int last = LogHistogram.CLASSES;
        double hits = all.between(middle + above, last) - own.between(middle + above, last);
        return (hits + 0.5) / (all.total() - own.total() + 50.0);
    }
}
