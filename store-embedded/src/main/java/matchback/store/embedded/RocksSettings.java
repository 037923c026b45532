package matchback.store.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import matchback.ledger.Table;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;

/// How RocksDB is set up, and the native objects that takes: they must outlive the database.
final class RocksSettings implements AutoCloseable {
    private static final long MIB = 1 << 20;
    private static final int BLOOM_BITS = 10;

    private final Deque<AbstractNativeReference> natives = new ArrayDeque<>();
    private final EmbeddedConfig config;
    private final Cache cache;
    private final DBOptions database;

    RocksSettings(EmbeddedConfig config) throws RocksDBException {
        this.config = config;
        this.cache = kept(new LRUCache(config.blockCacheBytes()));
        this.database =
                kept(new DBOptions())
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        // Syncing into a file that is long enough already costs no journal entry.
                        .setRecycleLogFileNum(4)
                        .setMaxTotalWalSize(config.walBytesMax())
                        .setDbWriteBufferSize(config.memtableBytes())
                        .setMaxBackgroundJobs(2)
                        // Sorted files reach the disk bit by bit, so that no sync of the log waits
                        // behind a large one.
                        .setBytesPerSync(MIB)
                        .setMaxOpenFiles(512)
                        // Lets RocksDB go on by itself when a flush found the disk full.
                        .setSstFileManager(kept(new SstFileManager(Env.getDefault())))
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setMaxLogFileSize(8 * MIB)
                        .setKeepLogFileNum(3)
                        .setStatsDumpPeriodSec(0);
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions forTable(Table table) {
        return switch (table) {
            // Appended to at 64 places, read in order.
            case LEDGER, FACTS -> family(32, 16 << 10, CompressionType.ZSTD_COMPRESSION, false);
            // Written once by id, read rarely, large.
            case PERSONAL -> family(32, 16 << 10, CompressionType.ZSTD_COMPRESSION, true);
            // Looked up by key, mostly for keys that are not there yet.
            case STATE -> family(32, 8 << 10, CompressionType.LZ4_COMPRESSION, true);
            // Written once by id, in the order of time, read rarely.
            case RECORDS -> family(8, 4 << 10, CompressionType.LZ4_COMPRESSION, true);
            case OUTBOX, CATALOG, META ->
                    family(8, 4 << 10, CompressionType.LZ4_COMPRESSION, false);
        };
    }

    ColumnFamilyOptions forNothing() {
        return family(1, 4 << 10, CompressionType.NO_COMPRESSION, false);
    }

    /// @param bottommost compression of the last level, which holds nearly everything; the levels
    ///   above change often and take LZ4
    private ColumnFamilyOptions family(
            int memtableMib, int blockBytes, CompressionType bottommost, boolean looksUpKeys) {
        var format =
                new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(blockBytes)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setWholeKeyFiltering(true);
        if (looksUpKeys) {
            format.setFilterPolicy(kept(new BloomFilter(BLOOM_BITS)));
        }
        return kept(new ColumnFamilyOptions())
                .setTableFormatConfig(format)
                .setWriteBufferSize(Math.min(memtableMib * MIB, config.memtableBytes()))
                .setMaxWriteBufferNumber(3)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(bottommost);
    }

    private <T extends AbstractNativeReference> T kept(T reference) {
        natives.push(reference);
        return reference;
    }

    @Override
    public void close() {
        while (!natives.isEmpty()) {
            natives.pop().close();
        }
    }
}
