package matchback.deliver;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Time and chance, handed in.
///
/// @param random used by one thread
public record Surroundings(InstantSource clock, Timer timer, RandomGenerator random) {}
