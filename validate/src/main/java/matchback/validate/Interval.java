package matchback.validate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/// Some conversions of one cohort in a row, with what others of their kinds would be like: what the
/// model makes its figures of.
final class Interval {
    private static final int OTHERS_MIN = 40;
    private static final int HOURS = 72;
    private static final int DAY = 24;

    private final List<Seen> members;
    private final Cohort cohort;
    private final Pool pool;
    private final Hours day;
    private final double[] ranks;

    /// @param members in the order they came in, at least two
    /// @param day when in the day all conversions come
    Interval(List<Seen> members, Cohort cohort, Pool pool, Hours day) {
        this.members = List.copyOf(members);
        this.cohort = cohort;
        this.pool = pool;
        this.day = day;
        this.ranks = members.stream().mapToDouble(this::rank).toArray();
    }

    /// The share of others' delays below its own; the middle where others are too few.
    private double rank(Seen seen) {
        var kind = seen.conversion().kind();
        var all = pool.shape(kind).delays;
        var own = cohort.shape(kind).delays;
        int others = all.total() - own.total();
        if (others < OTHERS_MIN) {
            return 0.5;
        }
        int at = LogHistogram.classOf((double) seen.conversion().delayMillis());
        double below = (double) all.between(0, at - 1) - own.between(0, at - 1);
        double equal = (double) all.between(at, at) - own.between(at, at);
        return (below + equal / 2) / others;
    }

    /// Others' share of delays in an interval; a few are taken for granted where nothing is known.
    double shareOfOthers(Seen seen, long fromMillis, long toMillis) {
        var kind = seen.conversion().kind();
        var all = pool.shape(kind).delays;
        var own = cohort.shape(kind).delays;
        int first = LogHistogram.classOf((double) fromMillis);
        int last = LogHistogram.classOf((double) toMillis);
        double hits = (double) all.between(first, last) - own.between(first, last);
        return (hits + 1) / (all.total() - own.total() + 25.0);
    }

    /// The logarithm of an amount over the middle of others'; 0 where there is none to compare
    /// with.
    double aboveOthers(
            int member,
            ToLongFunction<Converted> amount,
            Function<Cohort.Shape, LogHistogram> histogram) {
        var conversion = members.get(member).conversion();
        var all = histogram.apply(pool.shape(conversion.kind()));
        int others = all.total() - histogram.apply(cohort.shape(conversion.kind())).total();
        long micros = amount.applyAsLong(conversion);
        return others < OTHERS_MIN || micros <= 0
                ? 0
                : (Amounts.classOf(micros) - all.quantile(0.5)) / LogHistogram.PER_E;
    }

    int size() {
        return members.size();
    }

    List<Seen> members() {
        return members;
    }

    Converted conversion(int member) {
        return members.get(member).conversion();
    }

    double rank(int member) {
        return ranks[member];
    }

    double meanRank() {
        return Arrays.stream(ranks).average().orElse(0.5);
    }

    int count(IntPredicate sign) {
        return (int) IntStream.range(0, size()).filter(sign).count();
    }

    boolean isNight(int member) {
        return day.isQuiet(conversion(member).receivedAt());
    }

    /// The share of all conversions that come in the quiet hours, 0 to 1.
    double nightShare() {
        return day.quietShare();
    }

    /// From the first to the last, in hours; at least a minute.
    double hours() {
        long millis =
                members.getLast().conversion().receivedAt()
                        - members.getFirst().conversion().receivedAt();
        return Math.max(1.0 / 60, (double) millis / Cohort.HOUR_MILLIS);
    }

    /// Whether an earlier one has its network.
    boolean isAgain(int member) {
        var network = conversion(member).network();
        return !network.isEmpty()
                && IntStream.range(0, member)
                        .anyMatch(i -> conversion(i).network().equals(network));
    }

    /// Whether another one has its network.
    boolean isShared(int member) {
        var network = conversion(member).network();
        return !network.isEmpty() && count(i -> conversion(i).network().equals(network)) > 1;
    }

    /// Whether its address converted for the cohort before the interval.
    boolean isKnownAddress(int member) {
        var address = conversion(member).address();
        var first = members.getFirst();
        return !address.isEmpty()
                && cohort.kept().stream()
                        .takeWhile(seen -> seen != first)
                        .anyMatch(seen -> seen.conversion().address().equals(address));
    }

    /// The conversions of the cohort in the last 72 hours.
    int converted() {
        long since = last() - HOURS * Cohort.HOUR_MILLIS;
        return (int)
                cohort.kept().stream()
                        .filter(seen -> seen.conversion().receivedAt() >= since)
                        .count();
    }

    /// The conversions that the clicks of that time would have brought others.
    double expected() {
        return cohort.clicksSince(last(), HOURS) * pool.rateOfOthers(cohort);
    }

    /// Whether clicks still come in about as before.
    boolean isUnderWay() {
        return cohort.clicksSince(last(), DAY) * 2L * HOURS / DAY
                >= cohort.clicksSince(last(), HOURS);
    }

    private long last() {
        return members.getLast().conversion().receivedAt();
    }

    /// Conversions in an hour, by all that is known of the cohort; at least one in four days.
    double usualPace() {
        double hours = Math.max(hours(), (double) cohort.age(last()) / Cohort.HOUR_MILLIS);
        return Math.max(0.01, cohort.conversions() / hours);
    }

    /// How much gaps between them differ: 1 for those of people, 0 for equal ones.
    double gapVariation() {
        double sum = 0;
        double squares = 0;
        int gaps = size() - 1;
        for (int i = 0; i < gaps; i++) {
            double gap = Math.max(1, conversion(i + 1).receivedAt() - conversion(i).receivedAt());
            sum += gap;
            squares += gap * gap;
        }
        double mean = sum / gaps;
        return Math.sqrt(Math.max(0, squares / gaps - mean * mean)) / mean;
    }
}
