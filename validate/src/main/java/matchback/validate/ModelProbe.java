package matchback.validate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation.Rule;

/// Finds intervals of a cohort whose figures together are unlike those of all others, even where
/// each of them alone may be an accident.
///
/// An interval is so many conversions in a row; each begins in the middle of the one before. A
/// forest of all cohorts judges it, and the one of its source and sender when that knows enough;
/// the more lenient one decides, so that a source that is unlike others is not blamed for that.
final class ModelProbe implements Probe {
    private static final int LEAST_MIN = 6;
    private static final long INTERVAL_MILLIS_MAX = 72 * Cohort.HOUR_MILLIS;

    /// What is found odd is learnt later: what stays as it is becomes usual.
    private static final long LEARNT_AFTER_MILLIS = 3 * 24 * Cohort.HOUR_MILLIS;

    private static final int ASIDE_MAX = 1000;
    private static final int FORESTS_MAX = 100;
    private static final long SEED = 7349;

    private static final int SAID = 3;
    private static final double SHARE_SAID = 0.12;

    private final Pool pool;
    private final Rule rule;
    private final int length;
    private final Hours day = new Hours();
    private final Forest ofAll = new Forest(Feature.values().length, SEED);

    /// By source and sender; the one that was quiet longest goes first.
    private final Map<String, Forest> ofSome =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Forest> eldest) {
                    return size() > FORESTS_MAX;
                }
            };

    /// Intervals that are not full yet, as long as their cohort is kept.
    private final Map<Cohort, Deque<Seen>> open = new WeakHashMap<>();

    private final Deque<Aside> aside = new ArrayDeque<>();

    /// How much a figure has to do with a score, 0 to 1.
    private record Part(Feature feature, double share) {}

    private record Aside(long at, String group, float[] point) {}

    ModelProbe(Pool pool, Rule rule) {
        this.pool = pool;
        this.rule = rule;
        this.length = Math.max(LEAST_MIN, rule.least());
    }

    @Override
    public void look(Seen now, Cohort cohort, Findings findings) {
        long at = now.conversion().receivedAt();
        day.add(at);
        while (!aside.isEmpty()
                && (aside.getFirst().at() <= at - LEARNT_AFTER_MILLIS
                        || aside.size() > ASIDE_MAX)) {
            var odd = aside.removeFirst();
            learn(odd.group(), odd.point());
        }
        var members = open.computeIfAbsent(cohort, _ -> new ArrayDeque<>());
        members.addLast(now);
        while (members.getFirst().conversion().receivedAt() < at - INTERVAL_MILLIS_MAX) {
            members.removeFirst();
        }
        if (members.size() >= length) {
            judge(new Interval(new ArrayList<>(members), cohort, pool, day), findings);
            for (int i = 0; i < length / 2; i++) {
                members.removeFirst();
            }
        }
    }

    private void judge(Interval interval, Findings findings) {
        var figures = Feature.all(interval);
        var point = new float[figures.length];
        for (int i = 0; i < point.length; i++) {
            // Squared, what is far off stands out among many figures that are not.
            point[i] = (float) (figures[i] * Math.abs(figures[i]));
        }
        var last = interval.conversion(interval.size() - 1);
        var group = last.source() + '\0' + last.sender();
        var forest = ofAll;
        var verdict = ofAll.judge(point);
        var some = ofSome.get(group);
        if (some != null && some.isRipe()) {
            var own = some.judge(point);
            if (own.above() < verdict.above()) {
                forest = some;
                verdict = own;
            }
        }
        boolean isOdd = ofAll.isRipe() && verdict.above() >= rule.certainty();
        var telling = isOdd ? telling(forest.shares(point)) : List.<Part>of();
        if (telling.isEmpty()) {
            learn(group, point);
        } else {
            blame(interval, telling, evidence(interval, telling, verdict), findings);
            aside.addLast(new Aside(last.receivedAt(), group, point));
        }
    }

    /// Those that count most, the first one first; none when only figures of the interval as a
    /// whole are off, which say nothing about any of its conversions.
    private static List<Part> telling(double[] shares) {
        var features = Feature.values();
        var telling =
                IntStream.range(0, shares.length)
                        .mapToObj(i -> new Part(features[i], shares[i]))
                        .filter(part -> part.share() >= SHARE_SAID)
                        .sorted(Comparator.comparingDouble(Part::share).reversed())
                        .limit(SAID)
                        .toList();
        return telling.stream().anyMatch(part -> part.feature().isOfEach()) ? telling : List.of();
    }

    private void learn(String group, float[] point) {
        ofAll.learn(point);
        ofSome.computeIfAbsent(group, _ -> new Forest(point.length, SEED)).learn(point);
    }

    /// Marks those that have to do with what counted most.
    private static void blame(
            Interval interval, List<Part> telling, String evidence, Findings findings) {
        var first =
                telling.stream()
                        .map(Part::feature)
                        .filter(Feature::isOfEach)
                        .findFirst()
                        .orElseThrow();
        var members =
                IntStream.range(0, interval.size())
                        .filter(i -> first.carries(interval, i))
                        .mapToObj(i -> interval.members().get(i))
                        .toList();
        findings.suspect(members, FraudCheck.UNUSUAL, evidence);
    }

    private static String evidence(Interval interval, List<Part> telling, Forest.Verdict verdict) {
        var said =
                telling.stream()
                        .map(part ->
                                String.format(
                                        Locale.ROOT,
                                        "%s (%.0f %%)",
                                        part.feature().say(interval),
                                        100 * part.share()))
                        .collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "the last %d, in %.1f h, are unlike those of others: score %.2f, usual is %.2f,"
                        + " %.0f deviations above it. What counts most: %s",
                interval.size(),
                interval.hours(),
                verdict.score(),
                verdict.usual(),
                Math.min(99, verdict.above()),
                said);
    }
}
