package matchback.ingest.http;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;

/// Ends what waits too long. All wait equally long, so a queue is in order by itself and one timer
/// serves any number of them. Touched by one event loop alone.
final class Deadlines {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;
    private final long waitNanos;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean armed;

    Deadlines(Vertx vertx, Duration wait) {
        this.vertx = vertx;
        this.waitNanos = wait.toNanos();
    }

    void add(Waiting one) {
        one.waitUntil(System.nanoTime() + waitNanos);
        waiting.addLast(one);
        arm();
    }

    /// Lets go of what is settled; most is settled in order.
    void tidy() {
        while (!waiting.isEmpty() && waiting.getFirst().isSettled()) {
            waiting.removeFirst();
        }
    }

    private void arm() {
        if (armed || waiting.isEmpty()) {
            return;
        }
        armed = true;
        long left = waiting.getFirst().deadlineNanos() - System.nanoTime();
        vertx.setTimer(
                Math.max(1, left / NANOS_PER_MILLI + 1),
                _ -> {
                    armed = false;
                    expire();
                    arm();
                });
    }

    private void expire() {
        long now = System.nanoTime();
        tidy();
        while (!waiting.isEmpty() && waiting.getFirst().deadlineNanos() - now <= 0) {
            var one = waiting.removeFirst();
            if (one.settle()) {
                one.expired();
            }
            tidy();
        }
    }
}
