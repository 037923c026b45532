package matchback.ledger.state;

import matchback.ledger.Outcome;
import matchback.model.Reason;
import matchback.model.Subject;

/// A postback that a replay gave to another subject.
///
/// @param outcome what was last decided of it here: the answer to whoever sends it again
/// @param bucket and
/// @param offset where its record is
/// @param first the reason of its very first decision
public record MovedState(Subject to, Outcome outcome, int bucket, long offset, Reason first) {}
