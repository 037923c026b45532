package matchback.server;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Chance for many threads without waiting for each other: each thread draws from a generator of
/// its own, started from the system's. Its numbers do not repeat, but whoever saw enough of them
/// could guess the next; for what must not be guessed take a [SecureRandom].
final class Chance implements RandomGenerator {
    private static final int SEED_BYTES = 32;

    private final ThreadLocal<RandomGenerator> generators;

    Chance(SecureRandom seeds) {
        var factory = RandomGeneratorFactory.<RandomGenerator>of("L128X256MixRandom");
        generators = ThreadLocal.withInitial(() -> factory.create(seeds.generateSeed(SEED_BYTES)));
    }

    @Override
    public long nextLong() {
        return generators.get().nextLong();
    }
}
