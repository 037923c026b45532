package matchback.deliver.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what real threads do, however slow the machine is they do it on.
public final class Await {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private Await() {}

    /// Throws AssertionError when it does not become so in time.
    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new AssertionError("still not so after 90 s: " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
