package matchback.ingest;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// A histogram of durations with fixed bounds, cheap enough for every request.
public final class Latency {
    /// Upper bounds in microseconds, inclusive; what is longer is in one more bucket.
    private static final long[] BOUNDS_MICROS = {
        250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000,
        5_000_000
    };

    private final LongAdder[] buckets =
            Stream.generate(LongAdder::new)
                    .limit(BOUNDS_MICROS.length + 1)
                    .toArray(LongAdder[]::new);
    private final LongAdder nanos = new LongAdder();

    Latency() {}

    void record(long duration) {
        int bucket = 0;
        while (bucket < BOUNDS_MICROS.length && duration > BOUNDS_MICROS[bucket] * 1_000) {
            bucket++;
        }
        buckets[bucket].increment();
        nanos.add(duration);
    }

    /// Upper bounds in seconds, rising.
    public double[] boundsSeconds() {
        var bounds = new double[BOUNDS_MICROS.length];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = BOUNDS_MICROS[i] / 1e6;
        }
        return bounds;
    }

    /// Durations up to each bound, all shorter ones included, and last those of any length.
    public long[] cumulative() {
        var counts = new long[buckets.length];
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += buckets[i].sum();
            counts[i] = sum;
        }
        return counts;
    }

    public double sumSeconds() {
        return nanos.sum() / 1e9;
    }
}
