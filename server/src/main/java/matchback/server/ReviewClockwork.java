package matchback.server;

import io.vertx.core.Vertx;
import java.util.concurrent.locks.ReentrantLock;
import matchback.console.api.RuleReview;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the rules for held postbacks looked at from time to time, on a worker thread and one time
/// after the other. A run that fails is logged and made up for by the next.
final class ReviewClockwork {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewClockwork.class);

    private final Vertx vertx;
    private final RuleReview reviews;
    private final long everyMillis;

    /// Held by the run under way; guards isStopped.
    private final ReentrantLock runLock = new ReentrantLock();

    private long timer = -1;
    private boolean isStopped;

    ReviewClockwork(Vertx vertx, RuleReview reviews, long everyMillis) {
        this.vertx = vertx;
        this.reviews = reviews;
        this.everyMillis = everyMillis;
    }

    void start() {
        timer = vertx.setPeriodic(everyMillis, everyMillis, _ -> vertx.executeBlocking(this::run));
    }

    private int run() {
        runLock.lock();
        try {
            return isStopped ? 0 : reviews.run();
        } catch (RuntimeException e) {
            LOG.warn("held postbacks not looked at cause=\"{}\"", Trouble.oneLine(e));
            return 0;
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
