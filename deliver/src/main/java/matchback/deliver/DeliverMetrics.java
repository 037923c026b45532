package matchback.deliver;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import matchback.ledger.Event.AttemptResult;

/// Counts since the start. Safe for use by many threads.
public final class DeliverMetrics {

    /// Durable attempts of a destination with one result.
    ///
    /// @param millis spent in them
    public record Attempts(String destination, AttemptResult result, long count, long millis) {}

    private record Key(String destination, AttemptResult result) {}

    private record Sums(LongAdder count, LongAdder millis) {}

    private final Map<Key, Sums> attempts = new ConcurrentHashMap<>();
    private final LongAdder unrecorded = new LongAdder();

    void attempted(String destination, AttemptResult result, long millis) {
        var sums =
                attempts.computeIfAbsent(
                        new Key(destination, result),
                        _ -> new Sums(new LongAdder(), new LongAdder()));
        sums.count().increment();
        sums.millis().add(millis);
    }

    void notRecorded() {
        unrecorded.increment();
    }

    /// By destination and result, in this order.
    public List<Attempts> attempts() {
        return attempts.entrySet().stream()
                .map(entry ->
                        new Attempts(
                                entry.getKey().destination(),
                                entry.getKey().result(),
                                entry.getValue().count().sum(),
                                entry.getValue().millis().sum()))
                .sorted(Comparator.comparing(Attempts::destination).thenComparing(Attempts::result))
                .toList();
    }

    /// All attempts with one result, over all destinations.
    public long total(AttemptResult result) {
        return attempts().stream()
                .filter(sum -> sum.result() == result)
                .mapToLong(Attempts::count)
                .sum();
    }

    /// How often the ledger did not take an attempt at first.
    public long unrecorded() {
        return unrecorded.sum();
    }
}
