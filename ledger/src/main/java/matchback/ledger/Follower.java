package matchback.ledger;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does work beside the ledger, in rounds, on one daemon thread of its own that commits wake. A
/// round that fails is tried again for ever and logged once per streak; nobody who commits waits.
public final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final Ledger ledger;
    private final Round round;
    private final Pace pace;
    private final Thread thread;

    /// Guards all fields below.
    private final ReentrantLock progressLock = new ReentrantLock();

    private final Condition changed = progressLock.newCondition();
    private boolean woken = true;
    private boolean closed;
    private long failures;
    private long wakes = 1;
    private long wakesSeen;
    private long wakesDone;

    /// A piece of the work.
    @FunctionalInterface
    public interface Round {
        /// @return whether there is more to do at once
        boolean work();
    }

    /// @param pause after a round that left nothing, to let commits gather
    /// @param retryAfter a round that failed
    public record Pace(Duration pause, Duration retryAfter) {}

    /// @param name of the thread, also in the log
    public Follower(String name, Ledger ledger, Round round, Pace pace) {
        this.ledger = ledger;
        this.round = round;
        this.pace = pace;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /// Begins, with a round that waits for no commit. To be called once.
    public void start() {
        ledger.onCommit(this::wake);
        thread.start();
    }

    private void wake() {
        progressLock.lock();
        try {
            woken = true;
            wakes++;
            changed.signalAll();
        } finally {
            progressLock.unlock();
        }
    }

    private void run() {
        boolean isFailing = false;
        while (awaitWork()) {
            Duration rest;
            try {
                boolean isMore = round.work();
                worked(isMore);
                rest = isMore ? Duration.ZERO : pace.pause();
                isFailing = false;
            } catch (RuntimeException e) {
                if (!isFailing) {
                    LOG.error(
                            "{} failed, trying again every={}",
                            thread.getName(),
                            pace.retryAfter(),
                            e);
                }
                isFailing = true;
                failed();
                rest = pace.retryAfter();
            }
            awaitClose(rest);
        }
    }

    /// Waits for a commit; false when closed.
    private boolean awaitWork() {
        progressLock.lock();
        try {
            while (!woken && !closed) {
                changed.awaitUninterruptibly();
            }
            woken = false;
            wakesSeen = wakes;
            return !closed;
        } finally {
            progressLock.unlock();
        }
    }

    private void worked(boolean isMore) {
        progressLock.lock();
        try {
            woken |= isMore;
            if (!isMore) {
                wakesDone = wakesSeen;
            }
            changed.signalAll();
        } finally {
            progressLock.unlock();
        }
    }

    private void failed() {
        progressLock.lock();
        try {
            failures++;
            woken = true;
        } finally {
            progressLock.unlock();
        }
    }

    /// Lets commits gather, unless closed meanwhile.
    private void awaitClose(Duration rest) {
        progressLock.lock();
        try {
            long nanos = rest.toNanos();
            while (nanos > 0 && !closed) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException _) {
            closed = true;
        } finally {
            progressLock.unlock();
        }
    }

    /// Rounds that failed since the start.
    public long failures() {
        progressLock.lock();
        try {
            return failures;
        } finally {
            progressLock.unlock();
        }
    }

    /// Waits until a condition holds, which is asked now and after each round.
    ///
    /// @return whether it does; false when the time was too short
    public boolean awaitUntil(BooleanSupplier condition, Duration patience)
            throws InterruptedException {
        long nanos = patience.toNanos();
        progressLock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (nanos <= 0 || closed) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            progressLock.unlock();
        }
    }

    /// Has it work now, and waits until a round that began after this call left nothing to do.
    ///
    /// @return whether it did; false when the time was too short
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        progressLock.lock();
        try {
            wake();
            long wanted = wakes;
            return awaitUntil(() -> wakesDone >= wanted, patience);
        } finally {
            progressLock.unlock();
        }
    }

    /// Stops after the round at hand.
    @Override
    public void close() {
        progressLock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            progressLock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
