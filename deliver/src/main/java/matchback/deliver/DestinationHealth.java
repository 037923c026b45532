package matchback.deliver;

import matchback.ledger.Event.AttemptResult;
import org.jspecify.annotations.Nullable;

/// How one destination is doing.
///
/// @param destination key, for example `source:push-network`
/// @param nextAt epoch milliseconds at which it is tried again when it is not flowing; else 0
/// @param underWay requests
/// @param waiting deliveries in its outbox, at most [#WAITING_MAX]: then there may be more
/// @param oldestAt when the oldest of these was made, epoch milliseconds; 0 when none waits
/// @param tokenUntil until when its access token is used, epoch milliseconds; 0 where there is none
/// @param last the last attempt since the start; null when there was none
/// @param aftermath what became of what it took
public record DestinationHealth(
        String destination,
        Standing standing,
        long nextAt,
        int underWay,
        int waiting,
        long oldestAt,
        long tokenUntil,
        @Nullable LastAttempt last,
        Aftermath aftermath) {

    /// Waiting deliveries are counted up to here.
    public static final int WAITING_MAX = 1_000;

    /// Whether a destination is sent anything.
    public enum Standing {
        FLOWING,
        /// The breaker is open after failures in a row.
        BROKEN,
        /// It asked for a pause.
        THROTTLED,
        /// It refuses us, or its settings cannot be used; waits for the operator.
        PARKED,
        /// The operator stopped it, or archived it.
        PAUSED
    }

    /// @param httpStatus 0 when there was no answer
    public record LastAttempt(long at, AttemptResult result, int httpStatus, String note) {}

    /// Whether there may be more waiting than were counted.
    public boolean hasMoreWaiting() {
        return waiting == WAITING_MAX;
    }
}
