package matchback.ledger.replay;

import matchback.ledger.Outcome;
import matchback.model.RecordId;

/// One postback whose decision becomes another one.
///
/// @param before and
/// @param after what is decided of it; the click ids in them may differ
public record ReplayChange(RecordId recordId, long receivedAt, Outcome before, Outcome after) {}
