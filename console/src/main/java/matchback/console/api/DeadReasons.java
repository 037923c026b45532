package matchback.console.api;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import matchback.report.Item.DeliveryItem;

/// Counts why deliveries are dead. Platforms put ids, times and the event itself into what they
/// say: with those left out, equal reasons are counted as one.
public final class DeadReasons {
    private static final String LEFT_OUT = "…";

    /// What was sent, repeated behind some words.
    private static final Pattern REPEATED = Pattern.compile("(?<=[^\\s,:]\\s)\\{(?:.*}|.*$)");

    /// A word of at least eight characters with a digit in it: an id, a time, a number of an order.
    private static final Pattern OWN_WORD =
            Pattern.compile("(?<![\\w-])(?=[\\w-]{8})[\\w-]*+(?<=\\d[\\w-]{0,64})(?![\\w-])");

    /// Shorter pieces find anything.
    private static final int PIECE_CHARS_MIN = 4;

    private final Map<Map.Entry<Long, String>, Integer> counts = new HashMap<>();

    /// @param httpStatus 0 without an answer
    /// @param note what was said, with … for what each delivery has of its own
    public record Reason(long httpStatus, String note, int count) {}

    void add(DeliveryItem letter) {
        counts.merge(Map.entry(letter.httpStatus(), shared(letter.detail())), 1, Integer::sum);
    }

    /// The most frequent first.
    List<Reason> frequent(int max) {
        return counts.entrySet().stream()
                .map(entry ->
                        new Reason(
                                entry.getKey().getKey(),
                                entry.getKey().getValue(),
                                entry.getValue()))
                .sorted(
                        Comparator.comparingInt(Reason::count)
                                .reversed()
                                .thenComparing(Reason::note))
                .limit(max)
                .toList();
    }

    static String shared(String note) {
        var words = REPEATED.matcher(note).replaceAll(LEFT_OUT);
        return OWN_WORD.matcher(words).replaceAll(LEFT_OUT);
    }

    /// The longest piece of a reason that stands in every delivery's answer as it is; empty when
    /// there is none worth searching for.
    public static String searchable(String note) {
        return Arrays.stream(note.split(LEFT_OUT, -1))
                .map(String::strip)
                .filter(piece -> piece.length() >= PIECE_CHARS_MIN)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }
}
