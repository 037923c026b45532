package matchback.ledger.state;

import matchback.ledger.Outcome;
import matchback.model.Feed;
import matchback.model.RecordId;

/// A postback with its current decision.
///
/// @param number within its subject, from 1
/// @param offset of its record in the subject's bucket
/// @param sender key in the path, or of the click's offer; empty when unknown
public record ReportState(
        int number,
        RecordId recordId,
        long offset,
        long receivedAt,
        Feed feed,
        String sender,
        Outcome outcome) {}
