package matchback.store.embedded;

/// Bounds of the embedded engine.
///
/// @param blockCacheBytes memory for blocks read from disk, their indexes and filters
/// @param memtableBytes memory for what is not yet in sorted files, all tables together
/// @param walBytesMax write-ahead log that a start after a crash has to read at most
/// @param queueEventsMax events that may wait; beyond them submissions fail at once
/// @param queueBytesMax the same in bytes
/// @param batchEventsMax events written and synced together at most
/// @param batchBytesMax the same in bytes; an event that is larger alone is a batch of its own
/// @param isSynced whether a batch is on the disk before anybody is told; off only where a test
///   shows that it notices
public record EmbeddedConfig(
        long blockCacheBytes,
        long memtableBytes,
        long walBytesMax,
        int queueEventsMax,
        long queueBytesMax,
        int batchEventsMax,
        long batchBytesMax,
        boolean isSynced) {
    private static final long MIB = 1 << 20;

    public static final EmbeddedConfig DEFAULT =
            new EmbeddedConfig(
                    96 * MIB, 96 * MIB, 256 * MIB, 32_768, 64 * MIB, 4096, 8 * MIB, true);

    public EmbeddedConfig {
        requireAtLeast("blockCacheBytes", blockCacheBytes, MIB);
        requireAtLeast("memtableBytes", memtableBytes, MIB);
        requireAtLeast("walBytesMax", walBytesMax, MIB);
        requireAtLeast("queueEventsMax", queueEventsMax, 1);
        requireAtLeast("queueBytesMax", queueBytesMax, 1);
        requireAtLeast("batchEventsMax", batchEventsMax, 1);
        requireAtLeast("batchBytesMax", batchBytesMax, 1);
    }

    public EmbeddedConfig withBlockCacheBytes(long bytes) {
        return new EmbeddedConfig(
                bytes,
                memtableBytes,
                walBytesMax,
                queueEventsMax,
                queueBytesMax,
                batchEventsMax,
                batchBytesMax,
                isSynced);
    }

    public EmbeddedConfig withQueueEventsMax(int events) {
        return new EmbeddedConfig(
                blockCacheBytes,
                memtableBytes,
                walBytesMax,
                events,
                queueBytesMax,
                batchEventsMax,
                batchBytesMax,
                isSynced);
    }

    public EmbeddedConfig withoutSync() {
        return new EmbeddedConfig(
                blockCacheBytes,
                memtableBytes,
                walBytesMax,
                queueEventsMax,
                queueBytesMax,
                batchEventsMax,
                batchBytesMax,
                false);
    }

    private static void requireAtLeast(String name, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(name + " of " + value + "; at least " + min);
        }
    }
}
