package matchback.ledger;

import matchback.model.RecordId;
import org.jspecify.annotations.Nullable;

/// The receipt of a durable record.
///
/// @param recordHash SHA-256 of the record's bytes in the ledger
/// @param outcome what was decided, for a postback
public record Accepted(RecordId recordId, byte[] recordHash, @Nullable Outcome outcome) {}
