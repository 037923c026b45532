package matchback.server;

import io.vertx.core.Vertx;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has something done from time to time, on a worker thread and one time after the other. A run
/// that fails is logged and made up for by the next.
final class Clockwork {
    private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);

    private final Vertx vertx;
    private final String what;
    private final Runnable work;
    private final long everyMillis;

    /// Held by the run under way; guards isStopped.
    private final ReentrantLock runLock = new ReentrantLock();

    private long timer = -1;
    private boolean isStopped;

    /// @param what is done, for the log
    Clockwork(Vertx vertx, String what, Runnable work, long everyMillis) {
        this.vertx = vertx;
        this.what = what;
        this.work = work;
        this.everyMillis = everyMillis;
    }

    void start() {
        timer =
                vertx.setPeriodic(
                        everyMillis,
                        everyMillis,
                        _ ->
                                vertx.executeBlocking(() -> {
                                    run();
                                    return true;
                                }));
    }

    private void run() {
        runLock.lock();
        try {
            if (!isStopped) {
                work.run();
            }
        } catch (RuntimeException e) {
            LOG.warn("{} not done cause=\"{}\"", what, Trouble.oneLine(e));
        } finally {
            runLock.unlock();
        }
    }

    /// Waits for the run under way.
    void stop() {
        vertx.cancelTimer(timer);
        runLock.lock();
        try {
            isStopped = true;
        } finally {
            runLock.unlock();
        }
    }
}
