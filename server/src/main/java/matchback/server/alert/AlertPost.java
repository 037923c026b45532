package matchback.server.alert;

import java.time.Duration;

/// A message that a destination is to hear.
///
/// @param destination its key
/// @param id of the message, the same over all tries
/// @param madeAt epoch milliseconds
/// @param tries made so far
/// @param nextAt epoch milliseconds
record AlertPost(String destination, String id, String json, long madeAt, int tries, long nextAt) {
    private static final Duration GIVEN_UP_AFTER = Duration.ofDays(3);
    private static final Duration WAIT_MAX = Duration.ofHours(1);
    private static final int DOUBLINGS_MAX = 6;

    /// The same after a try that failed: after 1, 2, 4 ... 60 minutes.
    AlertPost failed(long now) {
        var wait = Duration.ofMinutes(1L << Math.min(tries, DOUBLINGS_MAX));
        var next = wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
        return new AlertPost(destination, id, json, madeAt, tries + 1, now + next.toMillis());
    }

    boolean isGivenUp(long now) {
        return now - madeAt >= GIVEN_UP_AFTER.toMillis();
    }
}
