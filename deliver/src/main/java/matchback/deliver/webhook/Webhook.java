package matchback.deliver.webhook;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import matchback.deliver.Adapter;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Shipment;
import matchback.deliver.platform.Concealed;
import matchback.deliver.platform.Connection;
import matchback.deliver.platform.Telling;
import matchback.model.Secrets;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;

/// Tells a system of the user's own of conversions: a POST of a JSON document, signed by Standard
/// Webhooks version 1 (github.com/standard-webhooks/standard-webhooks, read on 2026-11-23).
///
/// The id of a message stays the same over all tries, its time is that of the try. While a key is
/// replaced, both the new and the former one sign.
public final class Webhook implements Adapter {
    static final String USER_DATA = "user-data";
    static final String PLAIN = "plain";

    public static final DestinationType TYPE =
            new DestinationType(
                    "webhook",
                    "Signed webhook",
                    "Posts each conversion as signed JSON to a system of your own.",
                    settings(),
                    Map.of(),
                    EnumSet.allOf(Moment.class),
                    "adapters/webhook.md");

    private final Secrets secrets;
    private final InstantSource clock;

    public Webhook(Secrets secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    private static List<Setting> settings() {
        return Stream.concat(
                        SignedPost.SETTINGS.stream(),
                        Stream.of(
                                Setting.optional(
                                                USER_DATA,
                                                "User data",
                                                "Whether what the report says of the person goes"
                                                        + " along, as it came.")
                                        .otherwise("none")
                                        .oneOf("none", PLAIN)))
                .toList();
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
        return switch (Connection.open(key, TYPE, catalog, secrets)) {
            case Connection.Opened.Unusable(var why) -> new Preparation.Parked(why);
            case Connection.Opened.Usable(var connection) ->
                    SignedPost.problem(connection)
                            .<Preparation>map(Preparation.Parked::new)
                            .orElseGet(
                                    () -> ready(new Telling(connection, shipment, catalog, now)));
        };
    }

    private static Preparation ready(Telling telling) {
        boolean isTellingAll = telling.setting(USER_DATA).equals(PLAIN);
        var person = isTellingAll ? Payload.person(telling) : Map.<String, String>of();
        var kept = new ArrayList<>(telling.connection().concealed());
        person.values().forEach(text -> Concealed.add(text, kept));
        return new Preparation.Ready(
                new Parcel(telling.shipment(), Payload.of(telling, person), kept));
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        var parcel = parcels.getFirst();
        var connection = Connection.usable(key, TYPE, catalog, secrets);
        return SignedPost.of(
                connection,
                id(parcel.shipment()),
                clock.instant().getEpochSecond(),
                parcel.content(),
                parcel.secrets());
    }

    /// One for each thing that is told of a conversion, however often it is sent.
    static String id(Shipment shipment) {
        var delivery = shipment.delivery();
        return "msg_" + delivery.conversionId() + '_' + delivery.number();
    }
}
