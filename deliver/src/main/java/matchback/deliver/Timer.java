package matchback.deliver;

import io.vertx.core.Vertx;
import java.time.Duration;

/// Calls back after a while. The one way to wait, so that a test can drive it.
public interface Timer {

    /// Runs the task once, on any thread; it must only signal.
    Cancellation after(Duration pause, Runnable task);

    /// Takes the call back; does nothing when it has been made.
    interface Cancellation {
        void cancel();
    }

    /// Real time, by the event loops.
    static Timer of(Vertx vertx) {
        return (pause, task) -> {
            long id = vertx.setTimer(Math.max(1, pause.toMillis()), _ -> task.run());
            return () -> vertx.cancelTimer(id);
        };
    }
}
