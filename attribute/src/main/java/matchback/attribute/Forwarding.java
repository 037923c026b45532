package matchback.attribute;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Reason;
import matchback.model.catalog.OldTracker;

/// Hands on what is about a click of the tracker that was used before.
final class Forwarding {
    /// What the door says of an id that is none of ours.
    private static final Set<Reason> STRANGE =
            EnumSet.of(
                    Reason.FOREIGN_CLICK_ID, Reason.MALFORMED_CLICK_ID, Reason.TRUNCATED_CLICK_ID);

    private Forwarding() {}

    /// Who gets a report that the door refused. In a replay only what was handed on when it came
    /// counts as handed on, and is not sent again.
    static Optional<OldTracker> to(Case of) {
        var postback = of.postback();
        var refusal = postback.refusal();
        boolean isCandidate =
                refusal != null
                        && STRANGE.contains(refusal)
                        && (of.first() == null || of.first() == Reason.FORWARDED_FOREIGN);
        return isCandidate
                ? of.catalog().oldTrackerFor(postback.sender(), postback.receivedAt())
                : Optional.empty();
    }

    /// A delivery of the report itself, whatever was decided of it.
    ///
    /// @param address of who gets it, as the outbox has it
    /// @param number of the delivery within the report's subject
    /// @param at epoch milliseconds
    static DeliveryState delivery(PostbackReceived postback, String address, int number, long at) {
        return new DeliveryState(
                number,
                0,
                "",
                address,
                postback.recordId(),
                postback.recordId().toString(),
                Map.of(),
                at,
                Progress.WAITING,
                at,
                0,
                List.of());
    }
}
