package matchback.ledger.state;

import matchback.model.RecordId;

/// The last replay that decided a subject again.
///
/// @param recordId of the event that did
/// @param by who asked for it
/// @param note why; may be empty
public record ReplayState(
        RecordId recordId, RecordId replay, long at, long catalogVersion, String by, String note) {}
