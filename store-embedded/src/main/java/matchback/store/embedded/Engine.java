package matchback.store.embedded;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import matchback.ledger.Batch;
import matchback.ledger.Snapshot;
import matchback.ledger.State;
import matchback.ledger.Table;
import matchback.ledger.TableSnapshot;
import matchback.ledger.Tables;
import matchback.store.embedded.Rocks.WriteFailure;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database of a data folder, opened again when it broke.
///
/// Reading is safe for many threads; while the database is being opened again, readers wait. What
/// changes it (writing, opening again, closing) belongs to one thread.
final class Engine implements Tables, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long REOPENING_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final DataFolder folder;
    private final EmbeddedConfig config;
    private volatile Rocks rocks;
    private volatile boolean closed;

    private Engine(DataFolder folder, EmbeddedConfig config, Rocks rocks) {
        this.folder = folder;
        this.config = config;
        this.rocks = rocks;
    }

    /// Opens the folder's database, making it if it is not there. Throws [StoreFailure].
    static Engine open(DataFolder folder, EmbeddedConfig config) {
        try {
            return new Engine(folder, config, Rocks.open(folder.ledger(), config));
        } catch (RocksDBException e) {
            throw new StoreFailure(
                    "the ledger in " + folder.ledger() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /// The open database, for the thread that writes.
    Rocks rocks() {
        return rocks;
    }

    void write(List<Batch.Write> writes) throws WriteFailure {
        rocks.write(writes);
    }

    /// Closes the database and opens it again: the way out of an error that RocksDB does not leave
    /// by itself. False when it did not work this time, be it that snapshots are still open.
    boolean reopen() {
        if (!rocks.isClosed() && !rocks.closeIfUnused()) {
            LOG.warn("opening the ledger again waits for open snapshots");
            return false;
        }
        try {
            rocks = Rocks.open(folder.ledger(), config);
            LOG.info("opened the ledger again folder={}", folder.ledger());
            return true;
        } catch (RocksDBException e) {
            LOG.warn("the ledger cannot be opened again error={}", e.getMessage());
            return false;
        }
    }

    /// The disk has room for more, as far as can be told from outside.
    boolean hasRoom() {
        return folder.hasRoom();
    }

    Snapshot snapshot() {
        var leased = leased();
        Rocks.View view;
        try {
            view = leased.view();
        } catch (RuntimeException e) {
            leased.release();
            throw e;
        }
        var open = new AtomicBoolean(true);
        return new TableSnapshot(
                view,
                () -> {
                    if (open.compareAndSet(true, false)) {
                        view.close();
                        leased.release();
                    }
                });
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        var leased = leased();
        try {
            return leased.get(table, key);
        } finally {
            leased.release();
        }
    }

    @Override
    public void range(Table table, byte[] from, byte[] to, State.Visitor visitor) {
        var leased = leased();
        try {
            leased.range(table, from, to, visitor);
        } finally {
            leased.release();
        }
    }

    private Rocks leased() {
        long from = System.nanoTime();
        while (true) {
            var now = rocks;
            if (!closed && now.retain()) {
                return now;
            }
            if (closed || System.nanoTime() - from > REOPENING_NANOS_MAX) {
                throw new IllegalStateException("the ledger is closed");
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    /// Flushes and closes. A snapshot that is still open keeps the database and the folder's lock
    /// until it is closed, for a few seconds; a later end of the process gives both back.
    @Override
    public void close() {
        closed = true;
        if (!rocks.isClosed()) {
            try {
                rocks.flush();
            } catch (WriteFailure e) {
                LOG.warn("the ledger was closed without a flush error={}", e.getMessage());
            }
            rocks.release();
        }
        long from = System.nanoTime();
        while (!rocks.isClosed() && System.nanoTime() - from < REOPENING_NANOS_MAX) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        if (rocks.isClosed()) {
            folder.close();
        } else {
            LOG.error("the ledger stays open: a snapshot of it was not closed");
        }
    }
}
