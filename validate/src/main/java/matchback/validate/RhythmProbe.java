package matchback.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation.Rule;

/// Equal delays, or equal gaps between conversions.
final class RhythmProbe implements Probe {
    /// Delays are equal within this part of them, or within a second.
    private static final double EQUAL = 0.02;

    private static final double EQUAL_MILLIS = 1000;

    /// Beyond it equal delays are made by calendars: trials end, decisions are due.
    private static final long DELAY_MILLIS_MAX = 6 * 3_600_000L;

    private static final double CLASS_WIDTH = 0.1;
    private static final int OTHERS_MIN = 40;
    private static final double IN_STEP = 0.3;
    private static final int[] STRETCHES = {12, 24, 48, 96};

    private final Pool pool;
    private final Rule rule;

    RhythmProbe(Pool pool, Rule rule) {
        this.pool = pool;
        this.rule = rule;
    }

    @Override
    public void look(Seen now, Cohort cohort, Findings findings) {
        if (!delays(now, cohort, findings)) {
            gaps(cohort, findings);
        }
    }

    /// @return whether there is a glut of equal ones
    private boolean delays(Seen now, Cohort cohort, Findings findings) {
        double delay = now.conversion().delayMillis();
        if (delay < 1 || delay > DELAY_MILLIS_MAX) {
            return false;
        }
        double within = Math.max(EQUAL * delay, EQUAL_MILLIS);
        double width = 2 * within / delay;
        var glut =
                Glut.worst(
                        cohort,
                        seen -> Math.abs(seen.conversion().delayMillis() - delay) <= within,
                        kind -> share(kind, cohort, delay, width),
                        rule.least());
        boolean isGlut = glut.digits() >= rule.certainty();
        if (isGlut) {
            findings.suspect(
                    glut.members(),
                    FraudCheck.RHYTHM,
                    String.format(
                            Locale.ROOT,
                            "%.1f s after the click, give or take %.1f s: %s",
                            delay / 1000,
                            within / 1000,
                            glut.figures()));
        }
        return isGlut;
    }

    /// Others' share in so narrow a band, from their share in the three classes around it: honest
    /// delays have no peaks narrower than that.
    private double share(String kind, Cohort cohort, double delay, double width) {
        int middle = LogHistogram.classOf(delay);
        var all = pool.shape(kind).delays;
        var own = cohort.shape(kind).delays;
        double others = (double) all.total() - own.total();
        double hits = all.between(middle - 1, middle + 1) - own.between(middle - 1, middle + 1);
        double around = others < OTHERS_MIN ? 1 : (hits + 2) / (others + 20);
        return Math.min(1, around * width / (3 * CLASS_WIDTH));
    }

    /// Gaps of people are exponential; those of a program have a shape far above 1. How much better
    /// a gamma distribution fits than an exponential one tells them apart (likelihood ratio, by
    /// Wilks' theorem a chi-squared of one degree).
    private void gaps(Cohort cohort, Findings findings) {
        var members = new ArrayList<Seen>();
        double sum = 0;
        double logs = 0;
        int next = 0;
        var newest = cohort.newestFirst();
        while (newest.hasNext() && next < STRETCHES.length) {
            var seen = newest.next();
            if (!members.isEmpty()) {
                double gap =
                        Math.max(
                                1,
                                members.getLast().conversion().receivedAt()
                                        - seen.conversion().receivedAt());
                sum += gap;
                logs += Math.log(gap);
            }
            members.add(seen);
            int gaps = members.size() - 1;
            if (gaps == STRETCHES[next]) {
                next++;
                double digits = digits(gaps, sum / gaps, logs / gaps);
                if (digits >= rule.certainty() && gaps >= rule.least()) {
                    findings.suspect(
                            inStep(members, sum / gaps),
                            FraudCheck.RHYTHM,
                            String.format(
                                    Locale.ROOT,
                                    "the last %d came at nearly equal gaps of %.0f s (%s)",
                                    members.size(),
                                    sum / gaps / 1000,
                                    Tails.certainty(digits)));
                    return;
                }
            }
        }
    }

    /// Those whose gap to a neighbour is the usual one: who came in between is left out.
    private static List<Seen> inStep(List<Seen> members, double mean) {
        var inStep = new ArrayList<Seen>();
        for (int i = 0; i < members.size(); i++) {
            boolean after = i > 0 && isInStep(members.get(i - 1), members.get(i), mean);
            boolean before =
                    i + 1 < members.size() && isInStep(members.get(i), members.get(i + 1), mean);
            if (after || before) {
                inStep.add(members.get(i));
            }
        }
        return inStep;
    }

    private static boolean isInStep(Seen newer, Seen older, double mean) {
        double gap = newer.conversion().receivedAt() - older.conversion().receivedAt();
        return Math.abs(gap - mean) <= IN_STEP * mean;
    }

    private static double digits(int n, double mean, double meanLog) {
        double s = Math.log(mean) - meanLog;
        if (s <= 0) {
            return n;
        }
        double shape = (3 - s + Math.sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s);
        if (shape < 4) {
            return 0;
        }
        double perGap =
                shape * Math.log(shape) - Tails.logGamma(shape) - (shape - 1) * s - shape + 1;
        return Tails.digits(Tails.normalUpper(Math.sqrt(2 * n * Math.max(0, perGap))));
    }
}
