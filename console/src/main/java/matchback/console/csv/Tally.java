package matchback.console.csv;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import matchback.ledger.Outcome;
import matchback.model.Decision;
import matchback.model.Money;
import matchback.model.Reason;
import org.jspecify.annotations.Nullable;

/// What became of the rows of a file, or would.
///
/// @param rows looked at
/// @param before rows that were taken earlier; they are in no other figure
/// @param unread rows that are none, such as ones with more cells than columns
/// @param reasons how many rows ended so
/// @param payouts sum of the payouts that were counted, in millionths, by currency
/// @param samples the first rows of each kind, in the order of the file
public record Tally(
        long rows,
        long before,
        long unread,
        Map<Reason, Long> reasons,
        Map<String, Long> payouts,
        List<Sample> samples) {
    public static final Tally NONE = new Tally(0, 0, 0, Map.of(), Map.of(), List.of());

    /// Rows shown of each reason.
    static final int SAMPLES_EACH = 20;

    /// @param line in the file
    /// @param outcome null for a row that could not be read
    /// @param isBefore whether it was taken earlier, with this outcome
    /// @param trouble why it could not be read; empty otherwise
    public record Sample(long line, @Nullable Outcome outcome, boolean isBefore, String trouble) {}

    public Tally {
        // Not copyOf: the order of an EnumMap is that of the reasons.
        reasons = reasons.isEmpty() ? Map.of() : new EnumMap<>(reasons);
        payouts = new TreeMap<>(payouts);
        samples = List.copyOf(samples);
    }

    public long of(Decision decision) {
        return reasons.entrySet().stream()
                .filter(entry -> entry.getKey().decision() == decision)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// Rows that are new and that anything comes of.
    public long taken() {
        return rows - before - unread;
    }

    /// Counts row by row. Used by one thread.
    static final class Counter {
        private long rows;
        private long before;
        private long unread;
        private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
        private final Map<String, Long> payouts = new TreeMap<>();
        private final List<Sample> samples = new ArrayList<>();

        void unread(long line, String trouble) {
            rows++;
            unread++;
            if (unread <= SAMPLES_EACH) {
                samples.add(new Sample(line, null, false, trouble));
            }
        }

        void before(long line, Outcome outcome) {
            rows++;
            before++;
            if (before <= SAMPLES_EACH) {
                samples.add(new Sample(line, outcome, true, ""));
            }
        }

        void decided(long line, Outcome outcome) {
            rows++;
            long same = reasons.merge(outcome.reason(), 1L, Long::sum);
            if (same <= SAMPLES_EACH) {
                samples.add(new Sample(line, outcome, false, ""));
            }
            var payout = outcome.payout();
            if (outcome.reason().decision() == Decision.COUNTED && payout != null) {
                add(payout);
            }
        }

        private void add(Money payout) {
            payouts.merge(payout.currency(), payout.micros(), Math::addExact);
        }

        Tally tally() {
            return new Tally(rows, before, unread, reasons, payouts, samples);
        }
    }
}
