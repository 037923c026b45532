package matchback.ledger;

import java.util.List;
import java.util.Optional;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// The rules: event, catalog and state in; state writes, facts, intents and an outcome out.
///
/// Pure: no clock, no chance, no input or output. The same event on the same state always gives the
/// same result; that is what makes rebuild and replay possible. Reads and writes only the keys of
/// the event's subject.
public interface Decider {

    /// @param facts rows for the reports
    /// @param intents in the order they are to be done
    /// @param outcome for a postback and for what completes one
    record Effects(List<Fact> facts, List<Intent> intents, @Nullable Outcome outcome) {
        public static final Effects NONE = new Effects(List.of(), List.of(), null);

        public Effects {
            facts = List.copyOf(facts);
            intents = List.copyOf(intents);
        }
    }

    /// What was made of this event before, if it is a resend of a record that is already folded.
    Optional<Effects> earlier(Event event, State state);

    /// Decides an event that is new.
    ///
    /// @param offset the event's position in its bucket
    Effects decide(Event event, long offset, Catalog catalog, State state);

    /// Takes an event whose deciding threw: it is kept as held, with the reason `internal_error`.
    Effects poisoned(Event event, long offset, State state);
}
