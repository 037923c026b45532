package matchback.store.embedded;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import matchback.ledger.Accepted;
import matchback.ledger.Batch;
import matchback.ledger.Catalogs;
import matchback.ledger.Completion;
import matchback.ledger.Completion.LedgerFailure;
import matchback.ledger.Decider;
import matchback.ledger.Fold;
import matchback.ledger.Keys;
import matchback.ledger.Ledger;
import matchback.ledger.Prepared;
import matchback.ledger.Table;
import matchback.ledger.Wordless;
import matchback.store.embedded.Rocks.WriteFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. It takes what is queued, folds it event by event, writes all of it
/// with one synced write, and only then tells those who wait.
///
/// ```
/// queue ──take──▶ fold ──▶ write + sync ──▶ complete ──▶ listeners
///                            │ fails
///                            ▼
///                 fail the batch and all that waits, refuse new ones,
///                 probe the disk until it writes again, fold anew from what is committed
/// ```
final class Committer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final long PROBE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final byte[] PROBE = {1};

    private final Engine engine;
    private final Decider decider;
    private final Catalogs catalogs;
    private final CommitQueue queue;
    private final EmbeddedConfig config;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Fold fold;
    private volatile Totals totals = Totals.NONE;
    private volatile @Nullable LedgerFailure failure;

    Committer(
            Engine engine,
            Decider decider,
            Catalogs catalogs,
            CommitQueue queue,
            EmbeddedConfig config,
            InstantSource clock) {
        this.engine = engine;
        this.decider = decider;
        this.catalogs = catalogs;
        this.queue = queue;
        this.config = config;
        this.clock = clock;
        this.fold = new Fold(decider, catalogs, engine);
    }

    void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    /// Why nothing can be written now; null when all is well.
    @Nullable LedgerFailure failure() {
        return failure;
    }

    Totals totals() {
        return totals;
    }

    @Override
    public void run() {
        var jobs = new ArrayList<Job>();
        while (queue.take(jobs, config.batchEventsMax(), config.batchBytesMax())) {
            int from = 0;
            while (from < jobs.size()) {
                int to = endOfUnit(jobs, from);
                doUnit(jobs.subList(from, to));
                from = to;
            }
            jobs.clear();
        }
    }

    /// Events that follow each other are written together; a change of the catalog stands alone, so
    /// that what comes after it is decided with it.
    private static int endOfUnit(List<Job> jobs, int from) {
        int to = from + 1;
        if (jobs.get(from) instanceof Job.Store) {
            while (to < jobs.size() && jobs.get(to) instanceof Job.Store) {
                to++;
            }
        }
        return to;
    }

    /// The thread's root: whatever a unit throws, its jobs hear of it and the thread goes on.
    private void doUnit(List<Job> unit) {
        long bytes = 0;
        for (var job : unit) {
            bytes += job.size();
        }
        try {
            if (failure != null) {
                refuse(unit);
            } else {
                commit(unit, bytes);
            }
        } catch (WriteFailure e) {
            breakOff(unit, "the disk did not take the record: " + e.getMessage(), e);
        } catch (Throwable e) {
            breakOff(unit, "the record could not be written: " + e, e);
        } finally {
            queue.done(unit.size(), bytes);
        }
        if (failure != null) {
            recover();
        }
    }

    private void commit(List<Job> unit, long bytes) throws WriteFailure {
        switch (unit.getFirst()) {
            case Job.Store _ -> store(unit, bytes);
            case Job.Change(var change, var future) -> {
                var batch = new Batch(engine.rocks());
                var next = catalogs.append(batch, change);
                write(batch.writes(), 0, bytes);
                catalogs.adopt(next);
                Ledger.FUTURES.execute(() -> future.complete(next));
            }
            case Job.Put(var writes, var future) -> {
                write(writes, 0, bytes);
                Ledger.FUTURES.execute(() -> future.complete(true));
            }
        }
        listeners.forEach(Answers::run);
    }

    private void store(List<Job> unit, long bytes) throws WriteFailure {
        var batch = new Batch(engine.rocks());
        var answers = new Answers();
        for (var job : unit) {
            if (job instanceof Job.Store(var event, var completion)) {
                answers.add(completion.executor(), folded(batch, event, completion));
            }
        }
        if (!batch.writes().isEmpty()) {
            write(batch.writes(), unit.size(), bytes);
        }
        answers.give();
    }

    /// Folds one event into the batch; the result is what to tell its submitter after the sync.
    private Runnable folded(Batch batch, Prepared event, Completion completion) {
        Accepted accepted;
        try {
            accepted = fold.accept(batch, event);
        } catch (RuntimeException e) {
            // The fold has taken the event back; its neighbours go on.
            LOG.error("fold failed record={}", event.event().recordId(), Wordless.of(e));
            var failed = new LedgerFailure("the record could not be folded", e);
            return () -> completion.failed(failed);
        }
        return () -> completion.accepted(accepted);
    }

    private void write(List<Batch.Write> writes, int events, long bytes) throws WriteFailure {
        long from = System.nanoTime();
        engine.write(writes);
        totals = totals.written(events, bytes, System.nanoTime() - from, clock.millis());
    }

    private void breakOff(List<Job> unit, String message, Throwable cause) {
        LOG.error("commit failed jobs={} error={}", unit.size(), message, cause);
        totals = totals.failed(clock.millis());
        failure = new LedgerFailure(message, cause);
        refuse(unit);
    }

    private void refuse(List<Job> jobs) {
        var why = failure == null ? new LedgerFailure("the ledger is closed") : failure;
        var answers = new Answers();
        for (var job : jobs) {
            answers.add(job.executor(), () -> job.fail(why));
        }
        answers.give();
    }

    /// Waits until the disk writes again, refusing what came in meanwhile. Ends early when the
    /// ledger is being closed; what is then left is refused.
    private void recover() {
        boolean writes = writesAgain();
        while (!writes && !queue.isClosing()) {
            LockSupport.parkNanos(this, PROBE_PAUSE_NANOS);
            refuseQueued();
            writes = engine.hasRoom() && (writesAgain() || (engine.reopen() && writesAgain()));
        }
        if (writes) {
            fold = new Fold(decider, catalogs, engine);
            failure = null;
            LOG.info("the ledger takes records again");
        }
    }

    private boolean writesAgain() {
        if (engine.rocks().isClosed()) {
            return false;
        }
        try {
            engine.write(List.of(new Batch.Write(Table.META, Keys.meta("probe"), PROBE)));
            return true;
        } catch (WriteFailure e) {
            LOG.debug("still no write", e);
            return false;
        }
    }

    private void refuseQueued() {
        var jobs = new ArrayList<Job>();
        queue.drain(jobs, Integer.MAX_VALUE, Long.MAX_VALUE);
        long bytes = 0;
        for (var job : jobs) {
            bytes += job.size();
        }
        refuse(jobs);
        queue.done(jobs.size(), bytes);
    }

    /// What was done since the start. Replaced whole by the committing thread.
    record Totals(
            long batches,
            long events,
            long bytes,
            int largestBatchEvents,
            long commitNanos,
            long failures,
            long lastCommitAt,
            long lastFailureAt) {
        static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

        Totals written(int moreEvents, long moreBytes, long nanos, long at) {
            return new Totals(
                    batches + 1,
                    events + moreEvents,
                    bytes + moreBytes,
                    Math.max(largestBatchEvents, moreEvents),
                    commitNanos + nanos,
                    failures,
                    at,
                    lastFailureAt);
        }

        Totals failed(long at) {
            return new Totals(
                    batches,
                    events,
                    bytes,
                    largestBatchEvents,
                    commitNanos,
                    failures + 1,
                    lastCommitAt,
                    at);
        }
    }
}
