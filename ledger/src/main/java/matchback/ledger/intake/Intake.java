package matchback.ledger.intake;

import java.util.function.Function;
import matchback.ledger.Accepted;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.PersonalBlock;

/// Makes events of rows, by the rules of the door. Safe for use by many threads; does no input or
/// output.
@FunctionalInterface
public interface Intake {

    /// A report on its way into the ledger.
    ///
    /// @param answer what its sender is told once it is decided, as a JSON object
    record Entry(
            PostbackReceived event, PersonalBlock personal, Function<Accepted, String> answer) {}

    Entry take(Row row);
}
