package matchback.console.cost;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What became of the rows of a file with costs, or would.
///
/// @param rows looked at
/// @param refused rows that cannot be taken
/// @param statements that the others make: rows of one slice and period are one
/// @param known statements that were in force already, word for word
/// @param replaced earlier statements whose place they take
/// @param amounts of the rows that are taken or known, in millionths, by currency
/// @param reportMicros the same in the report currency
/// @param unread headings of columns that nothing was read from
/// @param samples the first rows of each kind, in the order of the file
public record CostTally(
        long rows,
        long refused,
        long statements,
        long known,
        long replaced,
        Map<String, Long> amounts,
        long reportMicros,
        List<String> unread,
        List<Sample> samples) {
    public static final int SAMPLES_EACH = 20;

    /// What became of a row.
    public enum Fate {
        STATED,
        REPLACED,
        KNOWN,
        REFUSED
    }

    /// @param line in the file
    /// @param slice whose cost it is; empty for a row that is refused
    public record Sample(long line, Fate fate, String slice, String message) {}

    public CostTally {
        amounts = new TreeMap<>(amounts);
        unread = List.copyOf(unread);
        samples = List.copyOf(samples);
    }

    /// Statements that are new.
    public long taken() {
        return statements - known;
    }
}
