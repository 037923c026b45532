package matchback.ledger.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another thread or process does, with a deadline; nothing sleeps for a fixed time.
public final class Await {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Await() {}

    /// Returns once the condition holds; fails after half a minute.
    public static void until(String what, BooleanSupplier condition) {
        long from = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - from > LONGEST.toNanos()) {
                throw new AssertionError("after " + LONGEST + " still not: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
