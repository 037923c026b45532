package matchback.deliver.webhook;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import matchback.deliver.Adapter;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Shipment;
import matchback.deliver.platform.Connection;
import matchback.model.Secrets;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.DestinationType;

/// Tells a system of the user's own of alerts, signed as a [Webhook] is. It hears of no
/// conversions: what the dispatcher has it prepare is only ever a test.
public final class AlertHook implements Adapter {
    public static final DestinationType TYPE =
            new DestinationType(
                    "alert",
                    "Alerts",
                    "Posts alerts as signed JSON to a system of your own. It hears of no"
                            + " conversions.",
                    SignedPost.SETTINGS,
                    Map.of(),
                    Set.of(),
                    "alerts.md");

    private static final String TEST =
            "{\"type\":\"alert.test\",\"text\":\"A test: this system hears of alerts.\"}";

    private final Secrets secrets;
    private final InstantSource clock;

    public AlertHook(Secrets secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /// A message to one destination.
    public sealed interface Message {
        record Ready(OutboundRequest request) implements Message {}

        /// @param why a sentence
        record Impossible(String why) implements Message {}
    }

    /// Whoever hears of alerts now.
    public static List<Destination> listeners(Catalog catalog) {
        return catalog.destinationsInOrder().stream()
                .filter(destination -> destination.type().equals(TYPE.type()))
                .filter(destination -> !destination.archived() && !destination.paused())
                .toList();
    }

    /// @param key of the destination
    /// @param id of the message, the same over all tries
    public Message message(String key, Catalog catalog, String id, String json) {
        return switch (Connection.open(key, TYPE, catalog, secrets)) {
            case Connection.Opened.Unusable(var why) -> new Message.Impossible(why);
            case Connection.Opened.Usable(var connection) ->
                    SignedPost.problem(connection)
                            .<Message>map(Message.Impossible::new)
                            .orElseGet(() ->
                                    new Message.Ready(
                                            SignedPost.of(
                                                    connection,
                                                    id,
                                                    clock.instant().getEpochSecond(),
                                                    json,
                                                    connection.concealed())));
        };
    }

    @Override
    public String kind() {
        return TYPE.type();
    }

    @Override
    public Optional<DestinationType> type() {
        return Optional.of(TYPE);
    }

    @Override
    public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
        return switch (message(key, catalog, Webhook.id(shipment), TEST)) {
            case Message.Impossible(var why) -> new Preparation.Parked(why);
            case Message.Ready(var request) ->
                    new Preparation.Ready(new Parcel(shipment, TEST, request.secrets()));
        };
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        var parcel = parcels.getFirst();
        return switch (message(key, catalog, Webhook.id(parcel.shipment()), parcel.content())) {
            case Message.Ready(var request) -> request;
            case Message.Impossible(var why) -> throw new IllegalStateException(why);
        };
    }
}
