package matchback.ledger.state;

import java.util.Optional;
import matchback.ledger.state.DeliveryState.Progress;

/// Deliveries that ended without having arrived.
public final class DeadLetters {
    private DeadLetters() {}

    /// A dead letter that may be sent again: unless its destination was told since what became of
    /// the conversion, because it must not hear the old news last.
    public static Optional<DeliveryState> resendable(SubjectState state, int number) {
        return state.delivery(number)
                .filter(delivery -> delivery.progress() == Progress.DEAD)
                .filter(dead ->
                        state.deliveries(dead.conversion(), dead.destination()).stream()
                                .noneMatch(later ->
                                        later.number() > number
                                                && later.progress() == Progress.DELIVERED));
    }
}
