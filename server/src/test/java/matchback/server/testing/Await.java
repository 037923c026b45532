package matchback.server.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for a condition instead of a time.
public final class Await {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Await() {}

    /// Throws AssertionError when the condition does not hold within 90 seconds: what takes a tenth
    /// of one anywhere may meet a machine that is busy elsewhere.
    public static void until(String what, BooleanSupplier condition) {
        until(what, Duration.ofSeconds(90), condition);
    }

    public static void until(String what, Duration max, BooleanSupplier condition) {
        long deadline = System.nanoTime() + max.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + max + ": " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /// Lets a load run on: the one thing here that is a time and no condition.
    public static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
