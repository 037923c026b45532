package matchback.deliver.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
import matchback.model.signature.StandardWebhooks;

/// Tells a system of the user's own of conversions: a POST of a JSON document, signed by Standard
/// Webhooks version 1 (github.com/standard-webhooks/standard-webhooks, read on 2026-11-23).
///
/// The id of a message stays the same over all tries, its time is that of the try. While a key is
/// replaced, both the new and the former one sign.
public final class Webhook implements Adapter {
    static final String URL = "url";
    static final String SECRET = "secret";
    static final String FORMER_SECRET = "former-secret";
    static final String AUTHORIZATION = "authorization";
    static final String USER_DATA = "user-data";
    static final String PLAIN = "plain";

    /// As it is written; how many bytes it stands for is looked at when it is used.
    private static final String SECRET_FORM = "(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}";

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
        return List.of(
                Setting.required(URL, "URL", "Where the messages are posted to.")
                        .like("https?://\\S+"),
                Setting.secret(
                                SECRET,
                                "Secret",
                                "whsec_ and 24 to 64 bytes in base64, the same as on the other"
                                        + " side.")
                        .like(SECRET_FORM),
                Setting.optionalSecret(
                                FORMER_SECRET,
                                "Former secret",
                                "While the other side takes over a new secret, the one it still"
                                        + " knows: whsec_ and base64.")
                        .like(SECRET_FORM),
                Setting.optionalSecret(
                        AUTHORIZATION,
                        "Authorization",
                        "The header Authorization, for receivers behind a gateway, such as Bearer"
                                + " and a token."),
                Setting.optional(
                                USER_DATA,
                                "User data",
                                "Whether what the report says of the person goes along, as it came.")
                        .otherwise("none")
                        .oneOf("none", PLAIN));
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
                    problem(connection)
                            .<Preparation>map(Preparation.Parked::new)
                            .orElseGet(
                                    () -> ready(new Telling(connection, shipment, catalog, now)));
        };
    }

    private static Optional<String> problem(Connection connection) {
        return Stream.of(SECRET, FORMER_SECRET)
                .filter(name -> !connection.secret(name).isEmpty())
                .filter(name -> !StandardWebhooks.isSharedSecret(connection.secret(name)))
                .findFirst()
                .map(name ->
                        "The %s of the destination %s is no secret of Standard Webhooks: whsec_ and"
                                        .formatted(name, connection.destination().key())
                                + " 24 to 64 bytes in base64 are");
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
        var body = parcel.content().getBytes(StandardCharsets.UTF_8);
        var id = id(parcel.shipment());
        long sentAt = clock.instant().getEpochSecond();
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(sentAt));
        headers.put(
                "webhook-signature",
                Stream.of(SECRET, FORMER_SECRET)
                        .map(connection::secret)
                        .filter(secret -> !secret.isEmpty())
                        .map(secret -> StandardWebhooks.sign(secret, id, sentAt, body))
                        .collect(Collectors.joining(" ")));
        var authorization = connection.secret(AUTHORIZATION);
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        return new OutboundRequest(
                "POST", connection.setting(URL), headers, body, parcel.secrets());
    }

    /// One for each thing that is told of a conversion, however often it is sent.
    static String id(Shipment shipment) {
        var delivery = shipment.delivery();
        return "msg_" + delivery.conversionId() + '_' + delivery.number();
    }
}
