package matchback.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.LongFunction;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// A dry run: events are decided by the real rules upon what is stored, each upon what those before
/// it changed, and nothing of it is ever stored. Used by one thread.
public final class Sandbox implements AutoCloseable {
    private static final byte GONE = 0;
    private static final byte THERE = 1;

    private final Snapshot base;
    private final Scratch scratch;
    private final Tables layered = new Layered();
    private final Fold fold;

    /// @param base as of when it is tried; closed with it
    /// @param catalogs all versions
    /// @param scratch where the changes are kept; closed with it
    public Sandbox(
            Snapshot base, Decider decider, LongFunction<Catalog> catalogs, Scratch scratch) {
        this.base = base;
        this.scratch = scratch;
        this.fold = new Fold(decider, catalogs, layered);
    }

    /// What would be told of the event.
    public Accepted accept(Event event) {
        var batch = new Batch(layered);
        var accepted = fold.accept(batch, event, null);
        for (var write : batch.writes()) {
            if (write.table() == Table.STATE) {
                scratch.put(write.key(), kept(write.value()));
            }
        }
        return accepted;
    }

    /// What was stored before it began.
    public Snapshot base() {
        return base;
    }

    /// The state of a bucket as it would be by now; writing to it is lost.
    public State state(int bucket) {
        return new Batch(layered).state(bucket);
    }

    private static byte[] kept(byte @Nullable [] value) {
        return value == null
                ? new byte[] {GONE}
                : ByteBuffer.allocate(value.length + 1).put(THERE).put(value).array();
    }

    private static byte @Nullable [] opened(byte[] kept) {
        return kept[0] == GONE ? null : Arrays.copyOfRange(kept, 1, kept.length);
    }

    @Override
    public void close() {
        try (base) {
            scratch.close();
        }
    }

    /// The scratch over the state of the base. Other tables are empty: their writes are not kept.
    private final class Layered implements Tables {

        @Override
        public byte @Nullable [] get(Table table, byte[] key) {
            if (table != Table.STATE) {
                return null;
            }
            var kept = scratch.get(key);
            return kept == null ? base.state(key[0]).get(Batch.withoutBucket(key)) : opened(kept);
        }

        @Override
        public void range(Table table, byte[] from, byte[] to, State.Visitor visitor) {
            throw new UnsupportedOperationException("a fold reads by prefix");
        }

        @Override
        public void prefix(Table table, byte[] prefix, State.Visitor visitor) {
            if (table != Table.STATE) {
                return;
            }
            var rows = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
            int bucket = prefix[0];
            base.state(bucket)
                    .range(
                            Batch.withoutBucket(prefix),
                            (key, value) -> {
                                rows.put(Keys.state(bucket, key), value);
                                return true;
                            });
            scratch.range(
                    prefix,
                    (key, kept) -> {
                        var value = opened(kept);
                        if (value == null) {
                            rows.remove(key);
                        } else {
                            rows.put(key, value);
                        }
                        return true;
                    });
            for (var row : rows.entrySet()) {
                if (!visitor.visit(row.getKey(), row.getValue())) {
                    return;
                }
            }
        }
    }
}
