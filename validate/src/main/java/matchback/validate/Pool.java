package matchback.validate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// All cohorts, and what they make together. A cohort is compared with all others, never with
/// itself.
final class Pool {
    /// Cohorts kept; the one that was quiet longest goes first.
    private static final int COHORTS_MAX = 20_000;

    /// After so many conversions the past counts half.
    private static final int HALVED_AFTER = 50_000;

    private final Map<String, Cohort> cohorts =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Cohort> eldest) {
                    return size() > COHORTS_MAX;
                }
            };
    private final Map<String, Cohort.Shape> shapes = new HashMap<>();
    private long clicks;
    private long conversions;
    private int sinceHalved;

    Cohort cohort(String key) {
        return cohorts.computeIfAbsent(key, _ -> new Cohort());
    }

    void clicked(String cohort, long at, int count) {
        cohort(cohort).clicked(at, count);
        clicks += count;
    }

    Seen add(Converted conversion) {
        conversions++;
        shape(conversion.kind()).add(conversion);
        var seen = cohort(conversion.cohort()).add(conversion);
        if (++sinceHalved >= HALVED_AFTER) {
            halve();
        }
        return seen;
    }

    private void halve() {
        sinceHalved = 0;
        clicks /= 2;
        conversions /= 2;
        shapes.values().forEach(Cohort.Shape::halve);
        cohorts.values().forEach(Cohort::halve);
    }

    Cohort.Shape shape(String kind) {
        return shapes.computeIfAbsent(kind, _ -> new Cohort.Shape());
    }

    /// The rate of conversions of all others.
    double rateOfOthers(Cohort cohort) {
        // As if 1 in 50 of 1000 clicks more had converted: a rate is never 0.
        return (conversions - cohort.conversions() + 20.0) / (clicks - cohort.clicks() + 1000.0);
    }

    int cohorts() {
        return cohorts.size();
    }
}
