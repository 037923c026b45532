package matchback.validate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What is kept of one publisher of a source: its last conversions, its clicks by the hour, and its
/// own part of what others are compared with. Bounded.
final class Cohort {
    /// Conversions kept.
    static final int KEPT_MAX = 256;

    private static final long KEPT_MILLIS_MAX = 14 * 24 * 3_600_000L;
    static final long HOUR_MILLIS = 3_600_000L;
    private static final int HOURS = 72;

    private final Deque<Seen> kept = new ArrayDeque<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final long[] clicks = new long[HOURS];
    private long clicksHour;
    private long clicksTotal;
    private long conversions;
    private long firstAt;

    /// How the conversions of one offer and type are spread.
    static final class Shape {
        final LogHistogram delays = new LogHistogram();
        final LogHistogram payouts = new LogHistogram();
        final LogHistogram values = new LogHistogram();

        void add(Converted conversion) {
            if (!conversion.isFurther()) {
                delays.add(LogHistogram.classOf((double) conversion.delayMillis()));
            }
            if (conversion.payoutMicros() > 0) {
                payouts.add(Amounts.classOf(conversion.payoutMicros()));
            }
            if (conversion.valueMicros() > 0) {
                values.add(Amounts.classOf(conversion.valueMicros()));
            }
        }

        void halve() {
            delays.halve();
            payouts.halve();
            values.halve();
        }
    }

    void clicked(long at, int count) {
        begin(at);
        long hour = at / HOUR_MILLIS;
        if (hour > clicksHour) {
            long stale = Math.min(HOURS, hour - clicksHour);
            for (long i = 1; i <= stale; i++) {
                clicks[(int) ((clicksHour + i) % HOURS)] = 0;
            }
            clicksHour = hour;
        }
        if (hour > clicksHour - HOURS) {
            clicks[(int) (hour % HOURS)] += count;
        }
        clicksTotal += count;
    }

    private void begin(long at) {
        firstAt = firstAt == 0 ? at : Math.min(firstAt, at);
    }

    Seen add(Converted conversion) {
        begin(conversion.receivedAt());
        conversions++;
        shape(conversion.kind()).add(conversion);
        var seen = new Seen(conversion);
        kept.addLast(seen);
        while (kept.size() > KEPT_MAX
                || kept.getFirst().conversion().receivedAt()
                        < conversion.receivedAt() - KEPT_MILLIS_MAX) {
            kept.removeFirst();
        }
        return seen;
    }

    Shape shape(String kind) {
        return shapes.computeIfAbsent(kind, _ -> new Shape());
    }

    void halve() {
        shapes.values().forEach(Shape::halve);
        clicksTotal /= 2;
        conversions /= 2;
    }

    /// The last conversions, newest first.
    Iterator<Seen> newestFirst() {
        return kept.descendingIterator();
    }

    List<Seen> kept() {
        return new ArrayList<>(kept);
    }

    long clicks() {
        return clicksTotal;
    }

    long conversions() {
        return conversions;
    }

    /// Clicks of the last hours, the one under way included.
    long clicksSince(long at, int hours) {
        long last = at / HOUR_MILLIS;
        long sum = 0;
        for (long hour = last - Math.min(hours, HOURS) + 1; hour <= last; hour++) {
            if (hour > clicksHour - HOURS && hour <= clicksHour && hour >= 0) {
                sum += clicks[(int) (hour % HOURS)];
            }
        }
        return sum;
    }

    /// Clicks of the hour of a time; empty for an hour that is past what is kept.
    OptionalLong clicksOf(long at) {
        long hour = at / HOUR_MILLIS;
        return hour > clicksHour - HOURS && hour <= clicksHour
                ? OptionalLong.of(clicks[(int) (hour % HOURS)])
                : OptionalLong.empty();
    }

    /// So many clicks make an hour one of the heavy ones: a third of what the fullest had, the few
    /// highest left out.
    long heavyHour() {
        var sorted = clicks.clone();
        Arrays.sort(sorted);
        return sorted[HOURS - HOURS / 12] / 3;
    }

    /// How long it is known, in milliseconds.
    long age(long at) {
        return at - firstAt;
    }
}
