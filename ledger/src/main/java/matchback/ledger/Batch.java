package matchback.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The writes of one batch, laid over the committed tables: what was written before in the batch is
/// seen by what comes after. An event's writes can be taken back alone.
///
/// Only [Table#STATE] is read back while folding, so only its writes are looked up; the others are
/// collected. Used by the folding thread alone.
public final class Batch {
    /// One put, or one delete when the value is null.
    public record Write(Table table, byte[] key, byte @Nullable [] value) {}

    /// Where to go back to.
    public record Mark(int writes, int undos) {}

    private record Undo(byte[] key, boolean wasThere, byte @Nullable [] value) {}

    private final Tables committed;
    private final TreeMap<byte[], byte @Nullable []> state = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Write> writes = new ArrayList<>();
    private final List<Undo> undos = new ArrayList<>();

    public Batch(Tables committed) {
        this.committed = committed;
    }

    /// All writes so far, in order.
    public List<Write> writes() {
        return writes;
    }

    void put(Table table, byte[] key, byte[] value) {
        write(table, key, value);
    }

    void delete(Table table, byte[] key) {
        write(table, key, null);
    }

    private void write(Table table, byte[] key, byte @Nullable [] value) {
        if (table == Table.STATE) {
            undos.add(new Undo(key, state.containsKey(key), state.get(key)));
            state.put(key, value);
        }
        writes.add(new Write(table, key, value));
    }

    Mark mark() {
        return new Mark(writes.size(), undos.size());
    }

    void backTo(Mark mark) {
        for (int i = undos.size() - 1; i >= mark.undos(); i--) {
            var undo = undos.remove(i);
            if (undo.wasThere()) {
                state.put(undo.key(), undo.value());
            } else {
                state.remove(undo.key());
            }
        }
        writes.subList(mark.writes(), writes.size()).clear();
    }

    /// The state of a bucket as of this point of the batch.
    State state(int bucket) {
        return new BucketState(bucket);
    }

    private final class BucketState implements State {
        private final int bucket;

        BucketState(int bucket) {
            this.bucket = bucket;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            var full = Keys.state(bucket, key);
            return state.containsKey(full) ? state.get(full) : committed.get(Table.STATE, full);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            write(Table.STATE, Keys.state(bucket, key), value);
        }

        @Override
        public void delete(byte[] key) {
            write(Table.STATE, Keys.state(bucket, key), null);
        }

        @Override
        public void range(byte[] prefix, Visitor visitor) {
            var from = Keys.state(bucket, prefix);
            var merge = new Merge(state.subMap(from, Keys.after(from)), visitor);
            committed.prefix(Table.STATE, from, merge);
            merge.finish();
        }
    }

    /// Lays the batch's writes over the committed rows while these go by, so that a visitor who has
    /// seen enough ends the reading.
    private static final class Merge implements State.Visitor {
        private final Iterator<Map.Entry<byte[], byte @Nullable []>> written;
        private final State.Visitor visitor;
        private Map.@Nullable Entry<byte[], byte @Nullable []> next;
        private boolean isWanted = true;

        Merge(SortedMap<byte[], byte @Nullable []> written, State.Visitor visitor) {
            this.written = written.entrySet().iterator();
            this.visitor = visitor;
            advance();
        }

        private void advance() {
            next = written.hasNext() ? written.next() : null;
        }

        @Override
        public boolean visit(byte[] key, byte[] value) {
            while (isWanted && next != null) {
                int order = Arrays.compareUnsigned(next.getKey(), key);
                if (order > 0) {
                    break;
                }
                giveWritten();
                if (order == 0) {
                    return isWanted;
                }
            }
            return give(key, value);
        }

        void finish() {
            while (isWanted && next != null) {
                giveWritten();
            }
        }

        private void giveWritten() {
            var entry = Objects.requireNonNull(next);
            advance();
            give(entry.getKey(), entry.getValue());
        }

        /// @param value null when the batch deletes the row
        private boolean give(byte[] key, byte @Nullable [] value) {
            isWanted = isWanted && (value == null || visitor.visit(withoutBucket(key), value));
            return isWanted;
        }
    }

    static byte[] withoutBucket(byte[] key) {
        return Arrays.copyOfRange(key, 1, key.length);
    }
}
