package matchback.ledger.replay;

import java.util.List;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.Redecided;
import matchback.ledger.State;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;

/// The rules, as far as a replay tries them out before anything is written. Pure.
public interface Rehearser {

    /// What a redecision comes to.
    ///
    /// @param isStale whether the subject has another version than the event is based on; then
    ///   nothing is decided
    /// @param asked whose values the inputs asked for, in their order
    record Rehearsal(boolean isStale, Effects effects, List<Asked> asked) {
        public Rehearsal {
            asked = List.copyOf(asked);
        }
    }

    /// A value that belongs to one subject, asked for by a postback.
    ///
    /// @param at when, in epoch milliseconds: who asks first owns it
    record Asked(Subject value, RecordId recordId, long at) {}

    /// Decides the event on a state that may be thrown away. A value whose owner the event does not
    /// name is taken to be the subject's own.
    Rehearsal rehearse(Redecided event, Catalog catalog, State state);
}
