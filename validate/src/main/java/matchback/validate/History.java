package matchback.validate;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import matchback.ledger.Snapshot;
import matchback.ledger.Snapshot.Entry;
import matchback.model.Subject;

/// Entries of all buckets in the order of their times, as far as each bucket is in order itself.
/// Keeps its place from one snapshot to the next. Used by one thread.
final class History {
    private static final int AT_ONCE = 64;

    private final long[] places = new long[Subject.BUCKETS];

    /// Begins at a time: what came earlier is passed over.
    ///
    /// @param from epoch milliseconds
    static History since(Snapshot snapshot, long from) {
        var history = new History();
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            long low = 0;
            long high = snapshot.head(bucket).offset();
            while (low < high) {
                long middle = (low + high + 1) / 2;
                boolean isBefore =
                        snapshot.entry(bucket, middle)
                                .map(entry -> entry.event().receivedAt() < from)
                                .orElse(true);
                if (isBefore) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            history.places[bucket] = low;
        }
        return history;
    }

    /// Reads on, at most so many.
    ///
    /// @return whether there is more
    boolean read(Snapshot snapshot, int max, Consumer<Entry> reader) {
        var queue =
                new PriorityQueue<Bucket>(
                        Comparator.comparingLong((Bucket bucket) -> bucket.at())
                                .thenComparingInt(bucket -> bucket.number));
        for (int i = 0; i < Subject.BUCKETS; i++) {
            var bucket = new Bucket(snapshot, i);
            if (bucket.fill()) {
                queue.add(bucket);
            }
        }
        for (int i = 0; i < max && !queue.isEmpty(); i++) {
            var bucket = queue.remove();
            var entry = bucket.waiting.removeFirst();
            places[bucket.number] = entry.offset();
            reader.accept(entry);
            if (bucket.fill()) {
                queue.add(bucket);
            }
        }
        return !queue.isEmpty();
    }

    private final class Bucket {
        private final Snapshot snapshot;
        private final int number;
        private final Deque<Entry> waiting = new ArrayDeque<>();

        Bucket(Snapshot snapshot, int number) {
            this.snapshot = snapshot;
            this.number = number;
        }

        boolean fill() {
            if (waiting.isEmpty()) {
                waiting.addAll(snapshot.entries(number, places[number], AT_ONCE));
            }
            return !waiting.isEmpty();
        }

        long at() {
            return waiting.getFirst().event().receivedAt();
        }
    }
}
