package matchback.store.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.ledger.Batch;
import matchback.ledger.State;
import matchback.ledger.Table;
import matchback.ledger.Tables;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// An open RocksDB with one column family for each table.
///
/// Native memory is freed when the last lease is given back: whoever opened it holds one, and so
/// does each snapshot; a read after that would crash the process, not throw. Reading is safe for
/// many threads, writing and clearing for one.
final class Rocks implements Tables {

    /// The disk did not take a write; nothing of it is acknowledged.
    static final class WriteFailure extends Exception {
        private static final long serialVersionUID = 1;

        WriteFailure(RocksDBException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final RocksSettings settings;
    private final RocksDB database;
    private final ColumnFamilyHandle unused;
    private final Map<Table, ColumnFamilyHandle> families = new EnumMap<>(Table.class);
    private final ReadOptions newest = new ReadOptions();
    private final WriteOptions synced;
    private final WriteOptions unsynced = new WriteOptions();
    private final AtomicInteger leases = new AtomicInteger(1);

    private Rocks(
            RocksSettings settings,
            RocksDB database,
            List<ColumnFamilyHandle> handles,
            boolean isSynced) {
        this.settings = settings;
        this.synced = new WriteOptions().setSync(isSynced);
        this.database = database;
        this.unused = handles.getFirst();
        var tables = Table.values();
        for (int i = 0; i < tables.length; i++) {
            families.put(tables[i], handles.get(1 + i));
        }
    }

    static Rocks open(Path path, EmbeddedConfig config) throws RocksDBException {
        RocksDB.loadLibrary();
        var settings = new RocksSettings(config);
        try {
            var descriptors = new ArrayList<ColumnFamilyDescriptor>();
            descriptors.add(
                    new ColumnFamilyDescriptor(
                            RocksDB.DEFAULT_COLUMN_FAMILY, settings.forNothing()));
            for (var table : Table.values()) {
                descriptors.add(descriptor(table, settings));
            }
            var handles = new ArrayList<ColumnFamilyHandle>();
            var database = RocksDB.open(settings.database(), path.toString(), descriptors, handles);
            return new Rocks(settings, database, handles, config.isSynced());
        } catch (RocksDBException | RuntimeException e) {
            settings.close();
            throw e;
        }
    }

    private static ColumnFamilyDescriptor descriptor(Table table, RocksSettings settings) {
        return new ColumnFamilyDescriptor(
                table.word().getBytes(StandardCharsets.US_ASCII), settings.forTable(table));
    }

    /// Takes a lease; false when the database is closed.
    boolean retain() {
        int before = leases.get();
        while (before > 0 && !leases.compareAndSet(before, before + 1)) {
            before = leases.get();
        }
        return before > 0;
    }

    /// Gives a lease back; the last one closes the database.
    void release() {
        if (leases.decrementAndGet() == 0) {
            free();
        }
    }

    /// Closes the database if nobody but the owner holds a lease.
    boolean closeIfUnused() {
        if (!leases.compareAndSet(1, 0)) {
            return false;
        }
        free();
        return true;
    }

    boolean isClosed() {
        return leases.get() == 0;
    }

    private void free() {
        families.values().forEach(ColumnFamilyHandle::close);
        unused.close();
        newest.close();
        synced.close();
        unsynced.close();
        database.close();
        settings.close();
    }

    /// Writes a batch and waits until it is on the disk.
    void write(List<Batch.Write> writes) throws WriteFailure {
        write(writes, synced);
    }

    /// Writes a batch that a crash may lose, until [#flush].
    void writeUnsynced(List<Batch.Write> writes) throws WriteFailure {
        write(writes, unsynced);
    }

    private void write(List<Batch.Write> writes, WriteOptions options) throws WriteFailure {
        // Each event of a batch moves its bucket's head, and only the last move counts.
        var heads = new LinkedHashMap<ByteBuffer, Batch.Write>();
        try (var batch = new WriteBatch()) {
            for (var write : writes) {
                if (write.table() == Table.META) {
                    heads.put(ByteBuffer.wrap(write.key()), write);
                } else {
                    add(write, batch);
                }
            }
            for (var write : heads.values()) {
                add(write, batch);
            }
            database.write(options, batch);
        } catch (RocksDBException e) {
            throw new WriteFailure(e);
        }
    }

    private void add(Batch.Write write, WriteBatch batch) throws RocksDBException {
        var value = write.value();
        if (value == null) {
            batch.delete(family(write.table()), write.key());
        } else {
            batch.put(family(write.table()), write.key(), value);
        }
    }

    /// Brings everything in memory into sorted files.
    void flush() throws WriteFailure {
        try (var options = new FlushOptions().setWaitForFlush(true)) {
            database.flush(options, List.copyOf(families.values()));
        } catch (RocksDBException e) {
            throw new WriteFailure(e);
        }
    }

    /// Empties a table at once. A crash in between may leave it full or empty.
    void clear(Table table) throws WriteFailure {
        try {
            var old = family(table);
            database.dropColumnFamily(old);
            families.put(table, database.createColumnFamily(descriptor(table, settings)));
            old.close();
        } catch (RocksDBException e) {
            throw new WriteFailure(e);
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        return get(table, key, newest);
    }

    @Override
    public void range(Table table, byte[] from, byte[] to, State.Visitor visitor) {
        try (var options = new ReadOptions()) {
            range(table, from, to, visitor, options);
        }
    }

    private byte @Nullable [] get(Table table, byte[] key, ReadOptions options) {
        try {
            return database.get(family(table), options, key);
        } catch (RocksDBException e) {
            throw new ReadFailure(table.word() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void range(
            Table table, byte[] from, byte[] to, State.Visitor visitor, ReadOptions options) {
        try (var end = new Slice(to)) {
            if (to.length > 0) {
                options.setIterateUpperBound(end);
            }
            try (var rows = database.newIterator(family(table), options)) {
                for (rows.seek(from); rows.isValid(); rows.next()) {
                    if (!visitor.visit(rows.key(), rows.value())) {
                        return;
                    }
                }
                rows.status();
            }
        } catch (RocksDBException e) {
            throw new ReadFailure(table.word() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private ColumnFamilyHandle family(Table table) {
        var family = families.get(table);
        if (family == null) {
            throw new IllegalStateException("no table " + table);
        }
        return family;
    }

    /// The tables as of now, until closed. The caller has taken a lease for it and gives it back.
    View view() {
        return new View();
    }

    /// Tables that later writes do not reach.
    final class View implements Tables, AutoCloseable {
        private final org.rocksdb.Snapshot snapshot = database.getSnapshot();
        private final ReadOptions asOf = new ReadOptions().setSnapshot(snapshot);
        private volatile boolean closed;

        @Override
        public byte @Nullable [] get(Table table, byte[] key) {
            requireOpen();
            return Rocks.this.get(table, key, asOf);
        }

        @Override
        public void range(Table table, byte[] from, byte[] to, State.Visitor visitor) {
            requireOpen();
            try (var options = new ReadOptions().setSnapshot(snapshot)) {
                Rocks.this.range(table, from, to, visitor, options);
            }
        }

        private void requireOpen() {
            if (closed) {
                throw new IllegalStateException("this snapshot is closed");
            }
        }

        @Override
        public void close() {
            closed = true;
            asOf.close();
            database.releaseSnapshot(snapshot);
            snapshot.close();
        }
    }
}
