package matchback.ledger.state;

import java.util.List;
import java.util.Map;
import matchback.ledger.Event.AttemptResult;
import matchback.model.RecordId;
import matchback.model.catalog.Destination.Moment;

/// One conversion on its way to one destination, with its attempts.
///
/// @param number within its click, from 1
/// @param destination key of the destination: `source:` and the traffic source's key
/// @param cause the record whose decision made it
/// @param values of the macros, by name; what is sent is filled from these and the destination's
///   current settings
/// @param dueAt when it is sent next; 0 when it is done. One that waits for an earlier one to the
///   same destination about the same conversion is in no outbox until that is done
/// @param attemptsMade attempts since it was made, or last asked for again; also those no longer in
///   the list
/// @param attempts newest last
/// @param moment what happened to the conversion that the destination is told of
public record DeliveryState(
        int number,
        int conversion,
        String conversionId,
        String destination,
        RecordId cause,
        String eventId,
        Map<String, String> values,
        long createdAt,
        Progress progress,
        long dueAt,
        int attemptsMade,
        List<Attempt> attempts,
        Moment moment) {

    /// Where a delivery stands.
    public enum Progress {
        WAITING,
        DELIVERED,
        DEAD,
        /// A replay found that nobody is to hear of it; it had not been sent.
        CANCELLED,
        /// A replay found that nobody is to hear of it, but it had been sent.
        NOT_RETRACTABLE;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public record Attempt(
            int number,
            long at,
            AttemptResult result,
            String url,
            int httpStatus,
            String note,
            long durationMillis) {}

    /// Tells of a first approval.
    public DeliveryState(
            int number,
            int conversion,
            String conversionId,
            String destination,
            RecordId cause,
            String eventId,
            Map<String, String> values,
            long createdAt,
            Progress progress,
            long dueAt,
            int attemptsMade,
            List<Attempt> attempts) {
        this(
                number,
                conversion,
                conversionId,
                destination,
                cause,
                eventId,
                values,
                createdAt,
                progress,
                dueAt,
                attemptsMade,
                attempts,
                Moment.APPROVED);
    }

    /// The same after it had ended, its schedule from the beginning.
    public DeliveryState again(long at) {
        return new DeliveryState(
                number,
                conversion,
                conversionId,
                destination,
                cause,
                eventId,
                values,
                createdAt,
                Progress.WAITING,
                at,
                0,
                attempts,
                moment);
    }

    /// The same, due at another time.
    public DeliveryState dueAt(long at) {
        return new DeliveryState(
                number,
                conversion,
                conversionId,
                destination,
                cause,
                eventId,
                values,
                createdAt,
                progress,
                at,
                attemptsMade,
                attempts,
                moment);
    }

    public DeliveryState {
        values = Map.copyOf(values);
        attempts = List.copyOf(attempts);
    }
}
