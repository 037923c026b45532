package matchback.deliver.google;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import matchback.deliver.Adapter;
import matchback.deliver.Afterwards;
import matchback.deliver.Answer;
import matchback.deliver.Judgement;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Shipment;
import matchback.deliver.TokenAnswer;
import matchback.deliver.Verdict;
import matchback.deliver.platform.Batch;
import matchback.deliver.platform.Connection;
import matchback.deliver.platform.Entry;
import matchback.deliver.platform.Envelope;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.Mapping;
import matchback.deliver.platform.Platform;
import matchback.deliver.platform.PlatformAdapter;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Percent;
import matchback.model.Secrets;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.DestinationType;

/// Google Ads through the Data Manager API: `events:ingest`.
public final class DataManager implements Adapter {
    public static final String KIND = "google";

    /// In one request, as Google says; destinations likewise.
    private static final int EVENTS_MAX = 2_000;

    static final int ACTIONS_MAX = 10;

    static final Platform PLATFORM =
            new Platform(
                    Form.TYPE,
                    EVENTS_MAX,
                    Events.RULES,
                    Events.MAPPING,
                    new Envelope(
                            connection -> endpoint(connection) + "/events:ingest",
                            DataManager::headers,
                            "events",
                            new Mapping<Batch>(
                                    List.of(
                                            Entry.node("destinations", DataManager::destinations),
                                            Entry.constant(
                                                    "encoding", Json.nodes().textNode("HEX")),
                                            Entry.node(
                                                    "validateOnly", DataManager::validateOnly)))),
                    Answers::judge);

    /// What was last read of a destination's secrets: reading a key takes its time.
    private record Known(Destination of, Credentials credentials) {}

    private final PlatformAdapter events;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// @param secrets that open what the operator entered
    public DataManager(Secrets secrets) {
        this.events = new PlatformAdapter(PLATFORM, secrets);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<DestinationType> type() {
        return Optional.of(Form.TYPE);
    }

    @Override
    public int batchMax() {
        return EVENTS_MAX;
    }

    @Override
    public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
        var prepared = events.prepare(key, shipment, catalog, now);
        if (!(prepared instanceof Preparation.Ready)) {
            return prepared;
        }
        return events.connection(key, catalog)
                .flatMap(this::objection)
                .<Preparation>map(what ->
                        new Preparation.Parked(
                                "The destination " + key + " cannot be used: " + what))
                .orElse(prepared);
    }

    /// What the settings lack beyond what each of them must be.
    private Optional<String> objection(Connection connection) {
        var actions = namedActions(connection.destination());
        if (actions.size() > ACTIONS_MAX) {
            return Optional.of(
                    "it names %d conversion actions; one destination takes at most %d"
                            .formatted(actions.size(), ACTIONS_MAX));
        }
        return actions.stream()
                .filter(action -> !action.matches(Form.NUMBER))
                .findFirst()
                .map(action ->
                        "eventNames has '"
                                + action
                                + "', which is no conversion action's id: those are digits")
                .or(() ->
                        credentials(connection) instanceof Credentials.Unusable(var what)
                                ? Optional.of(what)
                                : Optional.empty());
    }

    private static List<String> namedActions(Destination destination) {
        return Stream.concat(
                        destination.setting(Form.CONVERSION_ACTION_ID).stream(),
                        destination.eventNames().values().stream())
                .map(String::strip)
                .filter(action -> !action.isEmpty())
                .distinct()
                .toList();
    }

    private Credentials credentials(Connection connection) {
        var destination = connection.destination();
        var before = known.get(destination.key());
        if (before != null && before.of().equals(destination)) {
            return before.credentials();
        }
        var now = Credentials.of(connection);
        known.put(destination.key(), new Known(destination, now));
        return now;
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        return events.pack(key, parcels, catalog);
    }

    @Override
    public Judgement judge(List<Parcel> parcels, Answer.Answered answer, Verdict byStatus) {
        var judgement = events.judge(parcels, answer, byStatus);
        return judgement instanceof Judgement.Without(var refused)
                        && refused.size() == parcels.size()
                        && refused.values().stream().allMatch(DataManager::isWaiting)
                        && !isOneOfMany(parcels)
                ? new Judgement.All(parked(refused.values().iterator().next()))
                : judgement;
    }

    private static boolean isWaiting(Verdict verdict) {
        return verdict.result() == AttemptResult.PARKED;
    }

    private static Verdict parked(Verdict verdict) {
        return new Verdict(
                AttemptResult.PARKED,
                Verdict.Sign.PARKED,
                verdict.httpStatus(),
                verdict.note(),
                Duration.ZERO);
    }

    /// Whether the destination has conversion actions beside the one that is refused: these must
    /// not stand still for it.
    private boolean isOneOfMany(List<Parcel> parcels) {
        var address = parcels.getFirst().shipment().delivery().destination();
        var before = known.get(address.substring(address.indexOf(':') + 1));
        return before != null && namedActions(before.of()).size() > 1;
    }

    @Override
    public Optional<OutboundRequest> tokenRequest(String key, Catalog catalog, Instant now) {
        return events.connection(key, catalog).flatMap(connection -> tokenRequest(connection, now));
    }

    private Optional<OutboundRequest> tokenRequest(Connection connection, Instant now) {
        var url = connection.setting(Form.TOKEN_URL);
        return switch (credentials(connection)) {
            case Credentials.User user -> Optional.of(AccessTokens.request(user, url));
            case Credentials.ServiceAccount account ->
                    Optional.of(AccessTokens.request(account, url, now));
            // Preparing an event says what is wrong.
            case Credentials.Unusable _ -> Optional.empty();
        };
    }

    @Override
    public TokenAnswer token(Answer.Answered answer, Verdict byStatus) {
        return AccessTokens.read(answer, byStatus);
    }

    @Override
    public Optional<String> receipt(Answer.Answered answer) {
        return Optional.of(Json.lenient(answer.body()).path("requestId").asText())
                .filter(id -> !id.isEmpty());
    }

    @Override
    public Optional<OutboundRequest> inquiry(String key, String receipt, Catalog catalog) {
        return events.connection(key, catalog)
                .map(connection ->
                        new OutboundRequest(
                                "GET",
                                endpoint(connection)
                                        + "/requestStatus:retrieve?requestId="
                                        + Percent.encode(receipt),
                                headers(connection),
                                new byte[0],
                                List.of()));
    }

    @Override
    public Afterwards afterwards(Answer.Answered answer) {
        return RequestStatus.read(Json.lenient(answer.body()));
    }

    private static Map<String, String> headers(Connection connection) {
        var project = connection.setting(Form.USER_PROJECT);
        return project.isEmpty() ? Map.of() : Map.of("x-goog-user-project", project);
    }

    private static String endpoint(Connection connection) {
        return connection.setting(Form.ENDPOINT).replaceAll("/+$", "");
    }

    /// A test is looked at and counts for nothing.
    private static Optional<JsonNode> validateOnly(Batch batch) {
        boolean isTest = batch.parcels().stream().anyMatch(parcel -> parcel.shipment().isTest());
        return isTest ? Optional.of(Json.nodes().booleanNode(true)) : Optional.empty();
    }

    /// Those that the events name, in the order in which they first do.
    private static Optional<JsonNode> destinations(Batch batch) {
        var destinations = Json.nodes().arrayNode();
        for (var action : actions(batch.parcels()).stream().distinct().toList()) {
            var destination = destinations.addObject().put("reference", action);
            destination.set("operatingAccount", account(batch, Form.CUSTOMER_ID));
            if (!batch.setting(Form.LOGIN_CUSTOMER_ID).isEmpty()) {
                destination.set("loginAccount", account(batch, Form.LOGIN_CUSTOMER_ID));
            }
            destination.put("productDestinationId", action);
        }
        return Optional.of(destinations);
    }

    private static JsonNode account(Batch batch, String setting) {
        return Json.object()
                .put("accountType", batch.setting(Form.ACCOUNT_TYPE))
                .put("accountId", batch.setting(setting).replace("-", ""));
    }

    /// The conversion action of each event, in their order.
    static List<String> actions(List<Parcel> parcels) {
        return parcels.stream()
                .map(parcel ->
                        Json.lenient(parcel.content()).at("/" + Events.REFERENCES + "/0").asText())
                .toList();
    }
}
