package matchback.ledger.state;

import matchback.ledger.Outcome;
import matchback.model.Feed;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// A postback with its current decision.
///
/// @param number within its subject, from 1
/// @param offset of its record in its bucket
/// @param sender key in the path, or of the click's offer; empty when unknown
/// @param past what a replay changed; null when none did
public record ReportState(
        int number,
        RecordId recordId,
        long offset,
        long receivedAt,
        Feed feed,
        String sender,
        Outcome outcome,
        @Nullable Past past) {

    /// What a replay made of a postback.
    ///
    /// @param replay the last replay that changed its decision or its place
    /// @param at when it did
    /// @param first the reason of the very first decision
    /// @param bucket of its record, which is another than that of its subject when it was moved
    public record Past(RecordId replay, long at, Reason first, int bucket) {}

    /// A postback that no replay has touched.
    public ReportState(
            int number,
            RecordId recordId,
            long offset,
            long receivedAt,
            Feed feed,
            String sender,
            Outcome outcome) {
        this(number, recordId, offset, receivedAt, feed, sender, outcome, null);
    }

    /// The reason of its first decision.
    public Reason first() {
        return past == null ? outcome.reason() : past.first();
    }

    /// The bucket its record is in.
    ///
    /// @param subject the one it belongs to now
    public int bucket(Subject subject) {
        return past == null ? subject.bucket() : past.bucket();
    }
}
