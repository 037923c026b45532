package matchback.ledger.state;

import matchback.ledger.Event.Reviewed;
import matchback.model.Reason;

/// What a person last said of a postback that was held.
///
/// @param heldAs why it was held
public record ReviewState(Reviewed review, Reason heldAs) {}
