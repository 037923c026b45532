package matchback.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// When a delivery is tried again: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20
/// h and 24 h, about 75 hours in all (the example schedule of the Standard Webhooks specification,
/// github.com/standard-webhooks/standard-webhooks).
public final class RetrySchedule {
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14),
                    Duration.ofHours(20),
                    Duration.ofHours(24));

    /// Attempts in all, the first included.
    public static final int ATTEMPTS_MAX = PAUSES.size() + 1;

    /// Largest part of a pause that jitter may add.
    public static final double JITTER_MAX = 0.1;

    private RetrySchedule() {}

    /// The pause after an attempt, or empty when there is no further one.
    ///
    /// @param attempts how many were made, from 1
    /// @param jitter from 0 to 1; only lengthens the pause
    /// @param retryAfter what the destination asked for; taken when it is longer
    public static Optional<Duration> pauseAfter(int attempts, double jitter, Duration retryAfter) {
        if (attempts >= ATTEMPTS_MAX) {
            return Optional.empty();
        }
        var pause = PAUSES.get(attempts - 1);
        var longer = pause.plusMillis((long) (pause.toMillis() * JITTER_MAX * jitter));
        return Optional.of(retryAfter.compareTo(longer) > 0 ? retryAfter : longer);
    }
}
