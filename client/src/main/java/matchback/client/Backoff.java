package matchback.client;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// How long to wait between attempts: soon at first, hourly in the end.
final class Backoff {
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1));

    static final Duration LONGEST = PAUSES.get(PAUSES.size() - 1);

    /// Largest part of a pause that chance adds, so that many shops do not come at once.
    private static final double JITTER_MAX = 0.2;

    private Backoff() {}

    /// @param attempts how many were made, from 1
    /// @param longest shortens the pause; chance may add to it
    static long millisAfter(int attempts, Duration longest, RandomGenerator random) {
        long pause =
                Math.min(
                        PAUSES.get(Math.min(attempts, PAUSES.size()) - 1).toMillis(),
                        longest.toMillis());
        return pause + (long) (pause * JITTER_MAX * random.nextDouble());
    }
}
