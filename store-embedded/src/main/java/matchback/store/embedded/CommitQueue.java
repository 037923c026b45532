package matchback.store.embedded;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What waits for the committer. Bounded by events and by bytes; what is being written counts until
/// it is [#done].
///
/// Any thread offers, one thread takes. It takes what is there and lingers for nothing more: while
/// it writes one batch the next one gathers by itself. Offering wakes the taker only if it sleeps,
/// so under load nobody makes a system call here.
final class CommitQueue {
    private static final long CLOSING_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private final int eventsMax;
    private final long bytesMax;
    private volatile boolean closing;
    private volatile @Nullable Thread taker;

    CommitQueue(int eventsMax, long bytesMax) {
        this.eventsMax = eventsMax;
        this.bytesMax = bytesMax;
    }

    /// What became of an offer.
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    Offer offer(Job job) {
        // Counted before the look at `closing`: once that is set and the count is zero, nobody can
        // still be about to add.
        int eventsNow = events.incrementAndGet();
        long bytesNow = bytes.addAndGet(job.size());
        if (closing) {
            done(1, job.size());
            return Offer.CLOSED;
        }
        // One job is taken whatever its size, else it could never be.
        if (eventsNow > eventsMax || (bytesNow > bytesMax && eventsNow > 1)) {
            done(1, job.size());
            return Offer.FULL;
        }
        jobs.add(job);
        wake();
        return Offer.TAKEN;
    }

    /// Waits for jobs and takes them in order, within bounds. False: closed, and none is left.
    boolean take(Collection<Job> into, int eventsMax, long bytesMax) {
        taker = Thread.currentThread();
        while (true) {
            if (drain(into, eventsMax, bytesMax)) {
                return true;
            }
            if (closing && events.get() == 0) {
                return false;
            }
            sleeping.set(true);
            // Who added before the line above did not see it and wakes nobody, so look again.
            if (jobs.isEmpty()) {
                if (closing) {
                    LockSupport.parkNanos(this, CLOSING_PAUSE_NANOS);
                } else {
                    LockSupport.park(this);
                }
            }
            sleeping.set(false);
        }
    }

    boolean drain(Collection<Job> into, int eventsMax, long bytesMax) {
        long size = 0;
        while (into.size() < eventsMax) {
            var next = jobs.peek();
            if (next == null || (size > 0 && size + next.size() > bytesMax)) {
                break;
            }
            jobs.remove();
            into.add(next);
            size += next.size();
        }
        return !into.isEmpty();
    }

    /// Gives back the room of jobs that were taken and are finished.
    void done(int finishedEvents, long finishedBytes) {
        bytes.addAndGet(-finishedBytes);
        events.addAndGet(-finishedEvents);
    }

    /// No more offers; the taker gets what is left and then false.
    void close() {
        closing = true;
        wake();
    }

    boolean isClosing() {
        return closing;
    }

    private void wake() {
        if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            LockSupport.unpark(taker);
        }
    }

    int events() {
        return events.get();
    }

    long bytes() {
        return bytes.get();
    }
}
