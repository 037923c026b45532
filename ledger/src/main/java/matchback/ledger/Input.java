package matchback.ledger;

import matchback.model.Reason;
import org.jspecify.annotations.Nullable;

/// Something to be decided again.
///
/// @param event a postback as it reads now, or a person's word
/// @param bucket and
/// @param offset of a postback's record; 0 for anything else
/// @param first the reason of a postback's first decision; null for anything else
public record Input(Event event, int bucket, long offset, @Nullable Reason first) {}
