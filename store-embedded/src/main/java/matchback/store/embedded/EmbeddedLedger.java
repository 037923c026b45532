package matchback.store.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import matchback.ledger.Batch;
import matchback.ledger.Cabinet;
import matchback.ledger.Catalogs;
import matchback.ledger.Completion;
import matchback.ledger.Completion.LedgerFailure;
import matchback.ledger.Decider;
import matchback.ledger.Event;
import matchback.ledger.Keys;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Prepared;
import matchback.ledger.Snapshot;
import matchback.ledger.Table;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// [Ledger] on one machine: RocksDB in a data folder, one committing thread, each batch synced to
/// the disk before anyone hears of it.
public final class EmbeddedLedger implements Ledger, Cabinet {
    /// Whoever knows a click's id can report any number of conversions of it, so reading all there
    /// is would take ever longer; the first rows hold all of a usual subject.
    private static final int PREFETCHED_ROWS_MAX = 256;

    private final Engine engine;
    private final Catalogs catalogs;
    private final CommitQueue queue;
    private final Committer committer;
    private final Thread thread;
    private final Installation installation;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedLedger(
            Engine engine,
            EmbeddedConfig config,
            Decider decider,
            String reportCurrency,
            InstallationSeed seed) {
        this.engine = engine;
        this.installation = new Opening(engine.rocks()).check(decider, reportCurrency, seed);
        this.catalogs = new Catalogs(engine, reportCurrency);
        this.queue = new CommitQueue(config.queueEventsMax(), config.queueBytesMax());
        this.committer = new Committer(engine, decider, catalogs, queue, config, seed.clock());
        this.thread = Thread.ofPlatform().name("matchback-committer").daemon().unstarted(committer);
    }

    /// Opens a data folder, making it on the first start. Finishes a rebuild that was cut off.
    /// Throws [StoreFailure] with one sentence when the folder cannot be used.
    ///
    /// @param reportCurrency ISO 4217 code in which sums are shown
    /// @param seed what a new installation is made from
    public static EmbeddedLedger open(
            Path data,
            EmbeddedConfig config,
            Decider decider,
            String reportCurrency,
            InstallationSeed seed) {
        var folder = DataFolder.open(data);
        Engine engine;
        try {
            engine = Engine.open(folder, config);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        try {
            var ledger = new EmbeddedLedger(engine, config, decider, reportCurrency, seed);
            ledger.thread.start();
            return ledger;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /// What makes this installation itself.
    public Installation installation() {
        return installation;
    }

    @Override
    public Optional<byte[]> get(String name) {
        return Optional.ofNullable(engine.get(Table.META, Keys.kept(name)));
    }

    @Override
    public void change(Map<String, byte[]> put, Collection<String> removed) {
        var writes = new ArrayList<Batch.Write>();
        put.forEach(
                (name, value) -> writes.add(new Batch.Write(Table.META, Keys.kept(name), value)));
        removed.forEach(name -> writes.add(new Batch.Write(Table.META, Keys.kept(name), null)));
        var future = new CompletableFuture<Boolean>();
        enqueue(new Job.Put(List.copyOf(writes), future));
        try {
            future.join();
        } catch (CompletionException e) {
            throw new LedgerFailure(
                    String.join(", ", put.keySet()) + " could not be kept: " + e.getMessage(), e);
        }
    }

    @Override
    public void visit(String prefix, BiConsumer<String, byte[]> visitor) {
        engine.prefix(
                Table.META,
                Keys.kept(prefix),
                (key, value) -> {
                    visitor.accept(Keys.keptName(key), value);
                    return true;
                });
    }

    @Override
    public void submit(Event event, @Nullable PersonalBlock personal, Completion completion) {
        enqueue(new Job.Store(Prepared.of(event, personal), completion));
    }

    private void enqueue(Job job) {
        var failure = committer.failure();
        if (failure == null) {
            failure =
                    switch (queue.offer(job)) {
                        case TAKEN -> null;
                        case FULL -> new LedgerFailure("the queue is full");
                        case CLOSED -> new LedgerFailure("the ledger is closed");
                    };
        }
        if (failure != null) {
            var why = failure;
            job.executor().execute(() -> job.fail(why));
        }
    }

    @Override
    public void prefetch(Subject subject) {
        var state = Keys.state(subject.bucket(), Opening.subjectPrefix(subject));
        var rows = new int[1];
        engine.prefix(Table.STATE, state, (_, _) -> ++rows[0] < PREFETCHED_ROWS_MAX);
    }

    @Override
    public Catalog catalog() {
        return catalogs.newest();
    }

    @Override
    public Catalog catalog(long version) {
        return catalogs.version(version);
    }

    @Override
    public CompletionStage<Catalog> change(CatalogChange change) {
        var future = new CompletableFuture<Catalog>();
        enqueue(new Job.Change(change, future));
        return future;
    }

    @Override
    public Snapshot snapshot() {
        return engine.snapshot();
    }

    @Override
    public void onCommit(Runnable listener) {
        committer.onCommit(listener);
    }

    /// How the engine is doing. Costs nothing worth naming.
    public LedgerHealth health() {
        var totals = committer.totals();
        var failure = committer.failure();
        return new LedgerHealth(
                queue.events(),
                queue.bytes(),
                totals.batches(),
                totals.events(),
                totals.bytes(),
                totals.largestBatchEvents(),
                totals.commitNanos(),
                totals.failures(),
                totals.lastCommitAt(),
                totals.lastFailureAt(),
                queue.isClosing()
                        ? "the ledger is closed"
                        : failure == null ? null : failure.getMessage());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        queue.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                // What is queued was promised to be finished; the interrupt waits until it is.
                interrupted = true;
            }
        }
        engine.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
