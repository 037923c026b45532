package matchback.ledger.intake;

import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.PersonalBlock;
import matchback.ledger.intake.Intake.Entry;

/// Makes events of requests that were missed, with their own time, by the rules of the door. Safe
/// for use by many threads; does no input or output.
@FunctionalInterface
public interface Rescue {

    /// What a request would have been.
    sealed interface Rescued {
        record Postback(Entry entry) implements Rescued {}

        record Click(ClickRecorded event, PersonalBlock personal) implements Rescued {}

        /// A click on a link that leads to no campaign that takes any.
        record Nowhere() implements Rescued {}

        /// Neither a click nor a postback.
        record Other() implements Rescued {}
    }

    Rescued take(Missed missed);
}
