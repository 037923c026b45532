package matchback.ledger.state;

import matchback.model.RecordId;

/// A signature's nonce that was taken.
///
/// @param recordId of the postback that brought it
/// @param until epoch milliseconds; later than this nobody may show it any more, because its
///   signature is too old by then
public record NonceState(RecordId recordId, long until) {}
