/// Replay: what was taken in is decided again by the rules of now.
///
/// In comes a question ([matchback.ledger.replay.ReplayRequest]: a period, senders); out comes a
/// [matchback.ledger.replay.ReplayPreview] of all that would change, and, when it is applied,
/// events in the ledger. [matchback.ledger.replay.Replay] is the way in; it works on the thread
/// that calls it. The rules take part as a [matchback.ledger.replay.Rehearser], the door as a
/// [matchback.ledger.replay.Rereader].
///
/// What always holds: a preview writes nothing; what is written is what was previewed, or is tried
/// out again first; a replay that is cut off is finished by running it again.
@NullMarked
package matchback.ledger.replay;

import org.jspecify.annotations.NullMarked;
