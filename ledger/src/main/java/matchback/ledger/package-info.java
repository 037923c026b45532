/// The ledger: what happened, in order, append-only, and the state folded from it.
///
/// In come [matchback.ledger.Event]s from the door and from delivery; out go facts (for reports),
/// intents (for delivery) and outcomes (for whoever waits for an answer). Stages meet only here.
///
/// An engine hosts [matchback.ledger.Fold] on an ordered key-value store. One thread folds; reading
/// is free for all. What always holds: an event is acknowledged only after it, its state, its facts
/// and its intents are durable together; folding the same ledger again gives the same bytes.
@NullMarked
package matchback.ledger;

import org.jspecify.annotations.NullMarked;
