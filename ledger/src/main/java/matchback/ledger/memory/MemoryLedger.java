package matchback.ledger.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import matchback.ledger.Accepted;
import matchback.ledger.Batch;
import matchback.ledger.Batch.Write;
import matchback.ledger.Cabinet;
import matchback.ledger.Catalogs;
import matchback.ledger.Completion;
import matchback.ledger.Completion.LedgerFailure;
import matchback.ledger.Decider;
import matchback.ledger.Event;
import matchback.ledger.Fold;
import matchback.ledger.Keys;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Snapshot;
import matchback.ledger.Table;
import matchback.ledger.TableSnapshot;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Ledger] in memory. Each event is a batch of its own, folded on the submitting thread.
public final class MemoryLedger implements Ledger, Cabinet {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryLedger.class);

    private final MemoryTables tables;
    private final Catalogs catalogs;
    private final Fold fold;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /// Guards tables, fold and closed.
    private final ReentrantLock lock = new ReentrantLock();

    private boolean closed;

    /// @param tables empty, or those of an earlier ledger: then it goes on where that one stopped
    public MemoryLedger(MemoryTables tables, Decider decider, String reportCurrency) {
        this.tables = tables;
        this.catalogs = new Catalogs(tables, reportCurrency);
        this.fold = new Fold(decider, catalogs, tables);
    }

    @Override
    public void submit(Event event, @Nullable PersonalBlock personal, Completion completion) {
        Accepted accepted;
        lock.lock();
        try {
            if (closed) {
                throw new LedgerFailure("the ledger is closed");
            }
            var batch = new Batch(tables);
            accepted = fold.accept(batch, event, personal);
            tables.apply(batch.writes());
        } catch (LedgerFailure failure) {
            completion.executor().execute(() -> completion.failed(failure));
            return;
        } catch (RuntimeException e) {
            var failure = new LedgerFailure("the event could not be folded", e);
            completion.executor().execute(() -> completion.failed(failure));
            return;
        } finally {
            lock.unlock();
        }
        listeners.forEach(MemoryLedger::signal);
        completion.executor().execute(() -> completion.accepted(accepted));
    }

    @Override
    public Catalog catalog() {
        return catalogs.newest();
    }

    @Override
    public Catalog catalog(long version) {
        lock.lock();
        try {
            return catalogs.version(version);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<Catalog> change(CatalogChange change) {
        Catalog next;
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.failedFuture(new LedgerFailure("the ledger is closed"));
            }
            var batch = new Batch(tables);
            next = catalogs.append(batch, change);
            tables.apply(batch.writes());
            catalogs.adopt(next);
        } finally {
            lock.unlock();
        }
        listeners.forEach(MemoryLedger::signal);
        return CompletableFuture.completedFuture(next);
    }

    @Override
    public Optional<byte[]> get(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(tables.get(Table.META, Keys.kept(name)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void change(Map<String, byte[]> put, Collection<String> removed) {
        var writes = new ArrayList<Write>();
        put.forEach((name, value) -> writes.add(new Write(Table.META, Keys.kept(name), value)));
        removed.forEach(name -> writes.add(new Write(Table.META, Keys.kept(name), null)));
        lock.lock();
        try {
            if (closed) {
                throw new LedgerFailure("the ledger is closed");
            }
            tables.apply(writes);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void visit(String prefix, BiConsumer<String, byte[]> visitor) {
        MemoryTables view;
        lock.lock();
        try {
            view = tables.copy();
        } finally {
            lock.unlock();
        }
        view.prefix(
                Table.META,
                Keys.kept(prefix),
                (key, value) -> {
                    visitor.accept(Keys.keptName(key), value);
                    return true;
                });
    }

    private static void signal(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("a listener failed", e);
        }
    }

    @Override
    public Snapshot snapshot() {
        lock.lock();
        try {
            return new TableSnapshot(tables.copy(), () -> {});
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
