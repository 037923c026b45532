package matchback.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.ledger.Keys;
import matchback.ledger.Scratch;
import matchback.ledger.State;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;
import org.rocksdb.WriteOptions;

/// [Scratch] on disk, so that a dry run over any number of rows takes little memory. Its folder is
/// removed with it; [#clear] removes those that a crash has left.
public final class RocksScratch implements Scratch {
    private static final long BUFFER_BYTES = 8L << 20;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Path folder;
    private final Options options;
    private final WriteOptions writing;
    private final RocksDB database;

    private RocksScratch(Path folder, Options options, RocksDB database) {
        this.folder = folder;
        this.options = options;
        this.writing = new WriteOptions().setDisableWAL(true);
        this.database = database;
    }

    /// Throws [StoreFailure] when the disk does not take it.
    public static RocksScratch open(Path data) {
        RocksDB.loadLibrary();
        var folder = parent(data).resolve(Integer.toString(NUMBERS.incrementAndGet()));
        var options =
                new Options()
                        .setCreateIfMissing(true)
                        .setWriteBufferSize(BUFFER_BYTES)
                        .setInfoLogLevel(org.rocksdb.InfoLogLevel.FATAL_LEVEL)
                        .setKeepLogFileNum(1);
        try {
            Files.createDirectories(folder);
            return new RocksScratch(folder, options, RocksDB.open(options, folder.toString()));
        } catch (IOException | RocksDBException e) {
            options.close();
            throw new StoreFailure("no room to try things out: " + e.getMessage(), e);
        }
    }

    /// Removes what earlier processes have left in a data folder.
    public static void clear(Path data) {
        delete(parent(data));
    }

    private static Path parent(Path data) {
        return data.resolve("scratch");
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new StoreFailure(folder + " cannot be removed: " + e.getMessage(), e);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        try {
            return database.get(key);
        } catch (RocksDBException e) {
            throw new StoreFailure("a row cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        try {
            database.put(writing, key, value);
        } catch (RocksDBException e) {
            throw new StoreFailure("no room to try things out: " + e.getMessage(), e);
        }
    }

    @Override
    public void range(byte[] prefix, State.Visitor visitor) {
        var after = Keys.after(prefix);
        try (var end = new Slice(after);
                var reading = new ReadOptions()) {
            if (after.length > 0) {
                reading.setIterateUpperBound(end);
            }
            try (var rows = database.newIterator(reading)) {
                for (rows.seek(prefix); rows.isValid(); rows.next()) {
                    if (!visitor.visit(rows.key(), rows.value())) {
                        return;
                    }
                }
                rows.status();
            }
        } catch (RocksDBException e) {
            throw new StoreFailure("rows cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        writing.close();
        database.close();
        options.close();
        delete(folder);
    }
}
