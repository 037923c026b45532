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

    /// The first delivery of the report's own subject.
    static DeliveryState delivery(PostbackReceived postback, OldTracker tracker) {
        return new DeliveryState(
                1,
                0,
                "",
                tracker.address(),
                postback.recordId(),
                postback.recordId().toString(),
                Map.of(),
                postback.receivedAt(),
                Progress.WAITING,
                postback.receivedAt(),
                0,
                List.of());
    }
}
