package matchback.report;

import java.util.Optional;
import matchback.model.RecordId;

/// The record ids that begin with the same digits.
///
/// @param from and
/// @param to both included
public record RecordIdRange(RecordId from, RecordId to) {
    private static final int DIGITS = 32;

    /// Empty for what is no beginning of an id, or shorter than [ListQuery#PREFIX_CHARS_MIN].
    public static Optional<RecordIdRange> ofPrefix(String text) {
        if (text.length() < ListQuery.PREFIX_CHARS_MIN || text.length() > DIGITS) {
            return Optional.empty();
        }
        int open = DIGITS - text.length();
        var from = RecordId.parse(text + "0".repeat(open));
        var to = RecordId.parse(text + "f".repeat(open));
        return from.flatMap(first -> to.map(last -> new RecordIdRange(first, last)));
    }
}
