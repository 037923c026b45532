package matchback.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import matchback.ledger.Fact;
import matchback.ledger.Ledger;
import matchback.ledger.Snapshot;
import matchback.model.Subject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries facts from the ledger into the columns: reads each bucket after the stored positions and
/// appends facts and new positions together, so that it can be stopped and killed at any moment.
///
/// One thread of its own does the work, woken by commits. A failing store is tried again for ever
/// and reported once per failure streak; nothing a visitor waits for depends on it. Columns that
/// are ahead of the ledger (it was restored from an older copy) belong to another history: they are
/// cleared and filled again.
public final class Projector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);

    private final Ledger ledger;
    private final FactStore store;
    private final ProjectorConfig config;
    private final Thread thread;

    /// Guards all fields below.
    private final ReentrantLock progressLock = new ReentrantLock();

    private final Condition changed = progressLock.newCondition();
    private boolean woken = true;
    private boolean closed;
    private long facts;
    private long failures;

    /// Where the columns stand.
    ///
    /// @param entriesBehind entries of the ledger that are not in the columns yet
    /// @param facts written since the start
    /// @param failures attempts to write that failed since the start
    public record Lag(long entriesBehind, long facts, long failures) {}

    private record Step(List<Fact> facts, Positions positions, boolean isLast) {}

    public Projector(Ledger ledger, FactStore store, ProjectorConfig config) {
        this.ledger = ledger;
        this.store = store;
        this.config = config;
        this.thread = Thread.ofPlatform().name("projector").daemon().unstarted(this::run);
    }

    /// Begins. To be called once.
    public void start() {
        ledger.onCommit(this::wake);
        thread.start();
    }

    private void wake() {
        progressLock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            progressLock.unlock();
        }
    }

    private void run() {
        boolean checked = false;
        boolean failing = false;
        while (awaitWork()) {
            Duration rest;
            try {
                if (!checked) {
                    clearIfAhead();
                    checked = true;
                }
                rest = catchUp() ? Duration.ZERO : config.pause();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.error("columns not written, trying again every={}", config.retryAfter(), e);
                }
                failing = true;
                failed();
                rest = config.retryAfter();
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
            return !closed;
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

    private void failed() {
        progressLock.lock();
        try {
            failures++;
            woken = true;
        } finally {
            progressLock.unlock();
        }
    }

    private void clearIfAhead() {
        var positions = store.positions();
        try (var snapshot = ledger.snapshot()) {
            for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
                if (positions.of(bucket) > snapshot.head(bucket).offset()) {
                    LOG.warn(
                            "columns are ahead of the ledger, filling them again bucket={}",
                            bucket);
                    store.clear();
                    return;
                }
            }
        }
    }

    /// Writes one batch.
    ///
    /// @return whether there is more to write
    private boolean catchUp() {
        Step step;
        try (var snapshot = ledger.snapshot()) {
            step = step(snapshot, store.positions());
        }
        if (!step.positions().equals(store.positions())) {
            store.append(step.facts(), step.positions());
        }
        progressLock.lock();
        try {
            facts += step.facts().size();
            woken |= !step.isLast();
            changed.signalAll();
        } finally {
            progressLock.unlock();
        }
        return !step.isLast();
    }

    /// A slice of every bucket, so that the columns are filled about in the order of time also when
    /// they are filled again: engines skip what is outside a report's period by blocks.
    private Step step(Snapshot snapshot, Positions from) {
        var found = new ArrayList<Fact>();
        var offsets = new ArrayList<>(from.offsets());
        int slice = config.entriesMax() / Subject.BUCKETS;
        boolean isLast = true;
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            var entries = snapshot.entries(bucket, from.of(bucket), slice);
            for (var entry : entries) {
                found.addAll(snapshot.facts(entry));
                offsets.set(bucket, entry.offset());
            }
            isLast &= entries.size() < slice;
        }
        return new Step(found, new Positions(offsets), isLast);
    }

    /// How far the columns are behind the ledger.
    public Lag lag() {
        long behind = behind();
        progressLock.lock();
        try {
            return new Lag(behind, facts, failures);
        } finally {
            progressLock.unlock();
        }
    }

    private long behind() {
        var positions = store.positions();
        long behind = 0;
        try (var snapshot = ledger.snapshot()) {
            for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
                behind += Math.max(0, snapshot.head(bucket).offset() - positions.of(bucket));
            }
        }
        return behind;
    }

    /// Waits until everything committed before this call is in the columns.
    ///
    /// @return whether it is; false when the time was too short
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        List<Long> heads = new ArrayList<>();
        try (var snapshot = ledger.snapshot()) {
            for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
                heads.add(snapshot.head(bucket).offset());
            }
        }
        long nanos = patience.toNanos();
        progressLock.lock();
        try {
            while (!reached(heads)) {
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

    private boolean reached(List<Long> heads) {
        var positions = store.positions();
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            if (positions.of(bucket) < heads.get(bucket)) {
                return false;
            }
        }
        return true;
    }

    /// Stops after the batch at hand.
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
