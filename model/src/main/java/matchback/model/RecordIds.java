package matchback.model;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// The one source of record ids. Safe for use by many threads when the generator is.
public final class RecordIds {
    private final InstantSource clock;
    private final RandomGenerator random;

    public RecordIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public RecordId next() {
        return RecordId.of(clock.millis(), random.nextInt(), random.nextLong());
    }
}
