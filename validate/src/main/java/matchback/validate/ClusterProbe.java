package matchback.validate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation.Rule;

/// Conversions within seconds whose clicks are from one address or network.
///
/// Judged against all that the publisher brings, by its own rate of the last day and by its clicks:
/// a carrier's shared address brings no more at once than the publisher does as a whole, and when a
/// publisher grows its clicks grow with it.
final class ClusterProbe implements Probe {
    private static final int[] WINDOWS_SECONDS = {10, 60, 300, 1800};
    private static final int SPOTS_MAX = 50_000;
    private static final int KEPT_MAX = 128;
    private static final int DAY_HOURS = 24;
    private static final double LENIENCE = 1.5;
    private static final double EXPECTED_MIN = 0.05;

    private final Pool pool;
    private final Rule rule;
    private final Map<String, Deque<Seen>> spots =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Deque<Seen>> eldest) {
                    return size() > SPOTS_MAX;
                }
            };

    ClusterProbe(Pool pool, Rule rule) {
        this.pool = pool;
        this.rule = rule;
    }

    @Override
    public void look(Seen now, Cohort cohort, Findings findings) {
        var conversion = now.conversion();
        if (!conversion.address().isEmpty()) {
            look("one address", 'a' + conversion.address(), now, cohort, findings);
        }
        if (!conversion.network().isEmpty()) {
            look("one network", 'n' + conversion.network(), now, cohort, findings);
        }
    }

    private void look(String what, String spot, Seen now, Cohort cohort, Findings findings) {
        var conversion = now.conversion();
        var kept =
                spots.computeIfAbsent(spot + '\0' + conversion.cohort(), _ -> new ArrayDeque<>());
        kept.addLast(now);
        if (kept.size() > KEPT_MAX) {
            kept.removeFirst();
        }
        for (int seconds : WINDOWS_SECONDS) {
            var members = within(kept, conversion.at(), seconds * 1000L);
            if (members.size() < rule.least()) {
                continue;
            }
            double expected = expected(cohort, conversion.at(), seconds, members.size());
            double digits =
                    Tails.digits(
                            Tails.poissonUpper(
                                    members.size(), Math.max(EXPECTED_MIN, LENIENCE * expected)));
            if (digits >= rule.certainty()) {
                findings.suspect(
                        members,
                        FraudCheck.CLUSTER,
                        String.format(
                                Locale.ROOT,
                                "%d within %d s, all of clicks from %s; the publisher brings %.2f in such a"
                                        + " time (%s)",
                                members.size(),
                                seconds,
                                what,
                                expected,
                                Tails.certainty(digits)));
                return;
            }
        }
    }

    /// Those that happened in a time that ends with the newest; it may have been reported late.
    private static List<Seen> within(Deque<Seen> kept, long at, long millis) {
        var members = new ArrayList<Seen>();
        for (var seen : kept) {
            long before = at - seen.conversion().at();
            if (before >= 0 && before <= millis) {
                members.add(seen);
            }
        }
        return members;
    }

    private double expected(Cohort cohort, long at, int seconds, int members) {
        double hours = seconds / 3600.0;
        double known = Math.min(DAY_HOURS, Math.max(1, cohort.age(at) / 3_600_000.0));
        long since = at - DAY_HOURS * Cohort.HOUR_MILLIS;
        int day = 0;
        for (var newest = cohort.newestFirst();
                newest.hasNext() && newest.next().conversion().at() >= since; ) {
            day++;
        }
        double ownRate = Math.max(0, day - members) / known;
        double byClicks = cohort.clicksSince(at, 2) / 2.0 * pool.rateOfOthers(cohort);
        return Math.max(ownRate, byClicks) * hours;
    }
}
