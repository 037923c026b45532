package matchback.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import matchback.ledger.Snapshot;
import matchback.model.Subject;
import matchback.model.catalog.Destination;
import matchback.model.catalog.DestinationType;
import org.jspecify.annotations.Nullable;

/// What the console can see and make of deliveries that are under way. The server implements it,
/// because it alone knows the delivery stage.
///
/// An address is what stands in a delivery's destination: `meta:fb-main`, or `source:push-network`
/// for a traffic source's own postback.
public interface DeliveryDesk {

    /// Kinds of destinations that can be made, in the order in which they are offered.
    List<DestinationType> types();

    default Optional<DestinationType> type(String named) {
        return types().stream().filter(type -> type.type().equals(named)).findFirst();
    }

    /// How an address is doing, also one that nothing was sent to yet. Reads the outbox: for pages,
    /// not for every request.
    Flow flow(String address);

    /// All addresses that something was sent to, or waits for.
    List<Flow> flows();

    /// Tries an address again that is left alone for now; does nothing to one that flows.
    void resume(String address);

    /// Sends a made-up event now, in the destination's test mode, whatever waits for it.
    CompletableFuture<Trial> test(Destination destination);

    /// Why a destination would never take a conversion as it is now, for example because it is too
    /// old; empty when it may. Nothing is sent.
    ///
    /// @param conversion number within its click
    Optional<String> hopeless(
            Destination destination, Snapshot snapshot, Subject subject, int conversion);

    /// How an address is doing.
    ///
    /// @param standing `flowing`, `paused`, `throttled`, `broken` or `parked`
    /// @param nextAt epoch milliseconds at which it is tried again; 0 when it flows or is paused
    /// @param underWay requests
    /// @param waiting deliveries in its outbox; with `hasMore` there may be more
    /// @param oldestAt when the oldest of these was made, epoch milliseconds; 0 when none waits
    /// @param tokenUntil until when its access token is used, epoch milliseconds; 0 where there is
    ///   none
    /// @param last the last attempt since the start; null when there was none
    /// @param aftermath what became of what it took; null for one that is not asked afterwards, or
    ///   has not been yet
    record Flow(
            String address,
            String standing,
            long nextAt,
            int underWay,
            int waiting,
            boolean hasMore,
            long oldestAt,
            long tokenUntil,
            @Nullable LastAttempt last,
            @Nullable Aftermath aftermath) {}

    /// What became of deliveries by the destination's own word, counted since the start.
    ///
    /// @param open it has not told of these yet
    /// @param failed reason to number of those that do not count
    /// @param untold nothing could be learned of these
    record Aftermath(long open, long succeeded, Map<String, Long> failed, long untold) {
        public Aftermath {
            failed = Map.copyOf(failed);
        }
    }

    /// @param result `delivered`, `retry`, `dead` or `parked`
    /// @param httpStatus 0 when there was no answer
    record LastAttempt(long at, String result, int httpStatus, String note) {}

    /// What came of a test event. Secrets are masked everywhere.
    ///
    /// @param result as that of an attempt
    /// @param note what it means, or why nothing was sent
    /// @param request as it was sent; null when nothing was
    /// @param answer null when there was none
    record Trial(
            String result,
            String note,
            @Nullable Message request,
            @Nullable Message answer,
            long millis) {}

    /// One side of an exchange.
    ///
    /// @param line `POST https://…` or the status
    /// @param headers as `name: value`
    record Message(String line, List<String> headers, String body) {
        public Message {
            headers = List.copyOf(headers);
        }
    }
}
