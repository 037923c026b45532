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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import matchback.deliver.doubles.LocalServer.Call;
import matchback.deliver.doubles.LocalServer.Reply;

/// Reddit's Conversions API 3, as far as its rules are known: one event that breaks one refuses the
/// whole request with 400.
public final class RedditDouble implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String VERSION = "/api/v3";
    private static final int BATCH_MAX = 1_000;
    private static final Duration AGE_MAX = Duration.ofDays(7);
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> SOURCES = Set.of("WEBSITE", "APP", "PHYSICAL_STORE", "OTHER");
    private static final Set<String> TYPES =
            Set.of(
                    "PAGE_VISIT",
                    "VIEW_CONTENT",
                    "SEARCH",
                    "ADD_TO_CART",
                    "ADD_TO_WISHLIST",
                    "PURCHASE",
                    "LEAD",
                    "SIGN_UP",
                    "CUSTOM");
    private static final List<String> HASHED = List.of("email", "phone_number", "external_id");

    private final InstantSource clock;
    private final String pixelId;
    private final LocalServer server;
    private final Set<String> known = new HashSet<>();
    private final List<JsonNode> taken = new ArrayList<>();
    private final List<JsonNode> tests = new ArrayList<>();
    private String token;
    private String poison = "";

    /// @param token the access token it takes
    public RedditDouble(Vertx vertx, InstantSource clock, String pixelId, String token) {
        this.clock = clock;
        this.pixelId = pixelId;
        this.token = token;
        this.server = new LocalServer(vertx, this::answer);
    }

    /// What the adapter's setting `endpoint` must be.
    public String endpoint() {
        return server.url() + VERSION;
    }

    /// To tell it to misbehave, and to see all that came in.
    public LocalServer server() {
        return server;
    }

    /// Takes another access token from now on.
    public synchronized void takeToken(String other) {
        token = other;
    }

    /// Refuses an event with this click id, and so every request that it is in.
    public synchronized void refuse(String clickId) {
        poison = clickId;
    }

    /// What it counts: each type and conversion id once.
    public synchronized List<JsonNode> taken() {
        return List.copyOf(taken);
    }

    /// What came as a test.
    public synchronized List<JsonNode> tests() {
        return List.copyOf(tests);
    }

    private synchronized Reply answer(Call call) {
        if (!call.path().equals(VERSION + "/pixels/" + pixelId + "/conversion_events")) {
            return refused(404, "not found");
        }
        if (!call.method().equals("POST")
                || !call.header("authorization").equals("Bearer " + token)) {
            return refused(401, "unauthorized");
        }
        var data = json(call.body()).path("data");
        var events = data.path("events");
        if (!events.isArray() || events.isEmpty() || events.size() > BATCH_MAX) {
            return refused(400, "data.events: from 1 to " + BATCH_MAX);
        }
        int index = 0;
        for (var event : events) {
            var wrong = wrong(event);
            if (wrong.isPresent()) {
                return refused(400, "data.events[" + index + "]." + wrong.get());
            }
            index++;
        }
        events.forEach(event -> take(event, data.has("test_id")));
        return Reply.json(200, "{\"data\":{\"message\":\"Successfully processed\"}}");
    }

    private Optional<String> wrong(JsonNode event) {
        if (!event.path("event_at").isIntegralNumber()) {
            return Optional.of("event_at: milliseconds expected");
        }
        var now = clock.instant();
        var at = Instant.ofEpochMilli(event.path("event_at").asLong());
        if (at.isBefore(now.minus(AGE_MAX)) || at.isAfter(now.plus(AHEAD_MAX))) {
            return Optional.of("event_at: out of range");
        }
        if (!SOURCES.contains(event.path("action_source").asText())) {
            return Optional.of("action_source: not known");
        }
        var type = event.at("/type/tracking_type").asText();
        if (!TYPES.contains(type)
                || type.equals("CUSTOM") != event.at("/type").has("custom_event_name")) {
            return Optional.of("type: not known");
        }
        var user = event.path("user");
        for (var name : HASHED) {
            if (user.has(name) && !HASH.matcher(user.path(name).asText()).matches()) {
                return Optional.of("user." + name + ": " + user.path(name).asText());
            }
        }
        if (user.isEmpty() && !event.has("click_id")) {
            return Optional.of("user: nothing to match by");
        }
        var value = event.at("/metadata/value");
        if (!value.isMissingNode() && !value.isNumber()) {
            return Optional.of("metadata.value: a number expected");
        }
        return !poison.isEmpty() && event.path("click_id").asText().equals(poison)
                ? Optional.of("click_id: not valid")
                : Optional.empty();
    }

    private void take(JsonNode event, boolean isTest) {
        if (isTest) {
            tests.add(event);
        } else if (known.add(
                event.at("/type/tracking_type").asText()
                        + '\n'
                        + event.at("/metadata/conversion_id").asText())) {
            taken.add(event);
        }
    }

    private static Reply refused(int status, String message) {
        var body = JSON.createObjectNode();
        body.putObject("error").put("code", status).put("message", message);
        return Reply.json(status, body.toString());
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
