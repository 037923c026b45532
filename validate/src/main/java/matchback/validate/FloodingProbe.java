package matchback.validate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation.Rule;

/// Many clicks, few conversions, and those long after the click.
final class FloodingProbe implements Probe {
    private static final int[] EDGES_MINUTES = {20, 60, 180, 480};
    private static final int HOURS = 72;
    private static final int DAY_HOURS = 24;
    private static final int CLICKS_MIN = 500;
    private static final int OTHERS_MIN = 40;

    /// The rate of conversions is low when it is below this part of others'.
    private static final double LOW = 0.6;

    private static final double LOW_DIGITS = 3;

    /// When it is as low as that, being later than others by less says enough: where others are
    /// late often, nobody can be it three times as often.
    private static final double FLOOD_DIGITS = 20;

    private static final double TIMES_IN_FLOOD = 1.5;

    private final Pool pool;
    private final Rule rule;

    /// By cohort, as long as that is kept.
    private final Map<Cohort, Flood> floods = new WeakHashMap<>();

    FloodingProbe(Pool pool, Rule rule) {
        this.pool = pool;
        this.rule = rule;
    }

    @Override
    public void look(Seen now, Cohort cohort, Findings findings) {
        long at = now.conversion().receivedAt();
        if (now.conversion().delayMillis() < EDGES_MINUTES[0] * 60_000L) {
            return;
        }
        var standing = floods.get(cohort);
        if (standing != null && standing.holds(now, cohort)) {
            findings.suspect(List.of(now), FraudCheck.FLOODING, standing.evidence());
        }
        long clicks = cohort.clicksSince(at, HOURS);
        boolean isUnderWay = cohort.clicksSince(at, DAY_HOURS) * 2L * HOURS / DAY_HOURS >= clicks;
        if (clicks < CLICKS_MIN || !isUnderWay) {
            // When the clicks have ended only late conversions are left to come.
            return;
        }
        double usual = clicks * pool.rateOfOthers(cohort);
        int converted = convertedSince(cohort, at - HOURS * Cohort.HOUR_MILLIS);
        double low = Tails.digits(Tails.poissonLower(converted, LOW * usual));
        if (low >= LOW_DIGITS) {
            var rate =
                    "%d conversions of %d clicks in %d h, of others it would be %.0f"
                            .formatted(converted, clicks, HOURS, usual);
            double times = low >= FLOOD_DIGITS ? TIMES_IN_FLOOD : Glut.TIMES;
            late(now, cohort, rate, times, findings);
        }
    }

    private void late(Seen now, Cohort cohort, String rate, double times, Findings findings) {
        var byClick = cohort.kept();
        byClick.sort(
                Comparator.comparingLong((Seen seen) -> seen.conversion().clickedAt()).reversed());
        long heavy = cohort.heavyHour();
        var worst = Glut.NONE;
        int after = 0;
        for (int edge : EDGES_MINUTES) {
            long millis = edge * 60_000L;
            if (now.conversion().delayMillis() >= millis) {
                var glut =
                        Glut.worst(
                                byClick.iterator(),
                                seen -> isLate(seen, cohort, millis, heavy),
                                kind -> share(kind, cohort, millis),
                                rule.least(),
                                times);
                if (glut.digits() > worst.digits()) {
                    worst = glut;
                    after = edge;
                }
            }
        }
        if (worst.digits() >= rule.certainty()) {
            var evidence =
                    "later than %d min after the click: %s; %s"
                            .formatted(after, worst.figures(), rate);
            long until = now.conversion().receivedAt() + HOURS * Cohort.HOUR_MILLIS;
            floods.put(cohort, new Flood(after * 60_000L, heavy, until, evidence));
            findings.suspect(worst.members(), FraudCheck.FLOODING, evidence);
        }
    }

    /// A flood that was found. What comes of its clicks later belongs to it too.
    ///
    /// @param heavy clicks of an hour that make it one of the flood's
    private record Flood(long lateMillis, long heavy, long until, String evidence) {
        boolean holds(Seen seen, Cohort cohort) {
            return seen.conversion().receivedAt() < until
                    && isLate(seen, cohort, lateMillis, heavy);
        }
    }

    private static boolean isLate(Seen seen, Cohort cohort, long millis, long heavy) {
        var conversion = seen.conversion();
        return conversion.delayMillis() >= millis
                && cohort.clicksOf(conversion.clickedAt()).orElse(heavy) >= heavy;
    }

    private static int convertedSince(Cohort cohort, long since) {
        int count = 0;
        var newest = cohort.newestFirst();
        while (newest.hasNext() && newest.next().conversion().receivedAt() >= since) {
            count++;
        }
        return count;
    }

    /// With too few others nothing is late.
    private double share(String kind, Cohort cohort, long millis) {
        int first = LogHistogram.classOf((double) millis);
        var all = pool.shape(kind).delays;
        var own = cohort.shape(kind).delays;
        double others = (double) all.total() - own.total();
        double hits =
                all.between(first, LogHistogram.CLASSES) - own.between(first, LogHistogram.CLASSES);
        return others < OTHERS_MIN ? 1 : (hits + 1) / (others + 2);
    }
}
