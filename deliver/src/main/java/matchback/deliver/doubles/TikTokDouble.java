package matchback.deliver.doubles;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import matchback.deliver.doubles.LocalServer.Call;
import matchback.deliver.doubles.LocalServer.Reply;

/// TikTok's Events API 2.0, as far as its rules are known: one event that breaks one refuses the
/// whole request, and everything is answered with the status 200.
public final class TikTokDouble implements AutoCloseable {
    public static final String PATH = "/open_api/v1.3/event/track/";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BATCH_MAX = 1_000;
    private static final Duration AGE_MAX = Duration.ofDays(7);
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);
    private static final Duration REMEMBERED = Duration.ofDays(2);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Set<String> SOURCES = Set.of("web", "app", "offline", "crm");
    private static final Set<String> WITH_AMOUNT =
            Set.of("CompletePayment", "Purchase", "PlaceAnOrder");
    private static final List<String> HASHED = List.of("email", "phone", "external_id");
    private static final List<String> IDENTIFIERS =
            List.of("email", "phone", "external_id", "ttclid", "ttp", "ip", "idfa", "gaid");

    /// An event that was taken.
    ///
    /// @param testCode empty for one that counts
    public record Taken(String testCode, JsonNode event) {
        public String eventId() {
            return event.path("event_id").asText();
        }
    }

    private record Refusal(int code, String message) {}

    private final InstantSource clock;
    private final String pixelCode;
    private final LocalServer server;
    private final Map<String, Instant> known = new HashMap<>();
    private final List<Taken> taken = new ArrayList<>();
    private final List<Taken> repeats = new ArrayList<>();
    private String token;
    private String poison = "";
    private int requestsLeft = Integer.MAX_VALUE;

    /// @param token the access token it takes
    public TikTokDouble(Vertx vertx, InstantSource clock, String pixelCode, String token) {
        this.clock = clock;
        this.pixelCode = pixelCode;
        this.token = token;
        this.server = new LocalServer(vertx, this::answer);
    }

    /// What the adapter's setting `endpoint` must be.
    public String endpoint() {
        return server.url() + PATH;
    }

    /// To tell it to misbehave, and to see all that came in.
    public LocalServer server() {
        return server;
    }

    /// Takes another access token from now on.
    public synchronized void takeToken(String other) {
        token = other;
    }

    /// Refuses an event of this order id, and so every request that it is in.
    public synchronized void refuse(String orderId) {
        poison = orderId;
    }

    /// Takes so many requests more, and then none before [#refill].
    public synchronized void quota(int requests) {
        requestsLeft = requests;
    }

    public synchronized void refill() {
        requestsLeft = Integer.MAX_VALUE;
    }

    /// What it counts: each event name and id once in two days.
    public synchronized List<Taken> taken() {
        return List.copyOf(taken);
    }

    /// What it took and did not count again.
    public synchronized List<Taken> repeats() {
        return List.copyOf(repeats);
    }

    private synchronized Reply answer(Call request) {
        if (!request.method().equals("POST") || !request.path().equals(PATH)) {
            return Reply.json(404, "{}");
        }
        if (requestsLeft == 0) {
            return said(new Refusal(40100, "Too many requests. Please retry in some time."));
        }
        requestsLeft--;
        var body = json(request.body());
        var refusal = ofTheRequest(request, body);
        if (refusal.isPresent()) {
            return said(refusal.get());
        }
        int index = 0;
        for (var event : body.path("data")) {
            var wrong = wrong(event);
            if (wrong.isPresent()) {
                return said(new Refusal(40002, "data." + index + '.' + wrong.get()));
            }
            index++;
        }
        for (var event : body.path("data")) {
            take(new Taken(body.path("test_event_code").asText(""), event));
        }
        return said(new Refusal(0, "OK"));
    }

    private Optional<Refusal> ofTheRequest(Call request, JsonNode body) {
        if (!request.header("access-token").equals(token)) {
            return refusal(40105, "Access token is incorrect or has been revoked.");
        }
        if (!request.header("content-type").startsWith("application/json")) {
            return refusal(40002, "Content-Type must be application/json");
        }
        if (!body.isObject()) {
            return refusal(40002, "The body is not JSON");
        }
        if (!SOURCES.contains(body.path("event_source").asText())) {
            return refusal(40002, "event_source: Not a valid choice");
        }
        if (!body.path("event_source_id").asText().equals(pixelCode)) {
            return refusal(40001, "No permission to operate pixel_code");
        }
        int events = body.path("data").size();
        return !body.path("data").isArray() || events == 0 || events > BATCH_MAX
                ? refusal(40002, "data: from 1 to " + BATCH_MAX + " events")
                : Optional.empty();
    }

    private Optional<String> wrong(JsonNode event) {
        var name = event.path("event");
        if (!name.isTextual() || name.asText().isEmpty()) {
            return Optional.of("event: Missing data for required field.");
        }
        if (event.has("event_id") && !event.path("event_id").isTextual()) {
            return Optional.of("event_id: Not a valid string.");
        }
        if (!poison.isEmpty() && event.at("/properties/order_id").asText().equals(poison)) {
            return Optional.of("properties: Not a valid order.");
        }
        return wrongTime(event.path("event_time"))
                .or(() -> wrongUser(event.path("user")))
                .or(() -> wrongAmount(name.asText(), event.path("properties")));
    }

    private Optional<String> wrongTime(JsonNode time) {
        if (!time.isIntegralNumber()) {
            return Optional.of("event_time: Not a valid integer.");
        }
        var now = clock.instant();
        var at = Instant.ofEpochSecond(Math.min(time.asLong(), Integer.MAX_VALUE * 1_000L));
        if (at.isAfter(now.plus(AHEAD_MAX))) {
            return Optional.of("event_time: in the future; seconds are expected.");
        }
        return at.isBefore(now.minus(AGE_MAX))
                ? Optional.of("event_time: more than 7 days ago.")
                : Optional.empty();
    }

    private static Optional<String> wrongUser(JsonNode user) {
        if (IDENTIFIERS.stream().noneMatch(name -> user.path(name).isTextual())) {
            return Optional.of("user: at least one identifier is required.");
        }
        return HASHED.stream()
                .filter(user::has)
                .filter(name -> !HASH.matcher(user.path(name).asText()).matches())
                .findFirst()
                // It repeats what it was sent, as platforms do.
                .map(name -> "user." + name + ": Invalid SHA-256 hash " + user.path(name).asText());
    }

    private static Optional<String> wrongAmount(String name, JsonNode properties) {
        var value = properties.path("value");
        var currency = properties.path("currency");
        if (!value.isMissingNode() && !value.isNumber()) {
            return Optional.of("properties.value: Not a valid number.");
        }
        if (!currency.isMissingNode() && !CURRENCY.matcher(currency.asText()).matches()) {
            return Optional.of("properties.currency: Not a valid choice.");
        }
        return WITH_AMOUNT.contains(name) && (value.isMissingNode() || currency.isMissingNode())
                ? Optional.of("properties: value and currency are required for " + name)
                : Optional.empty();
    }

    private void take(Taken one) {
        var key = one.event().path("event").asText() + '\n' + one.eventId();
        var now = clock.instant();
        var first = known.get(key);
        if (!one.eventId().isEmpty() && first != null && first.plus(REMEMBERED).isAfter(now)) {
            repeats.add(one);
        } else {
            known.put(key, now);
            taken.add(one);
        }
    }

    private static Optional<Refusal> refusal(int code, String message) {
        return Optional.of(new Refusal(code, message));
    }

    private static Reply said(Refusal refusal) {
        var body =
                JSON.createObjectNode()
                        .put("code", refusal.code())
                        .put("message", refusal.message())
                        .put("request_id", "202611230000000000000000000000");
        body.putObject("data");
        return Reply.json(200, body.toString());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
