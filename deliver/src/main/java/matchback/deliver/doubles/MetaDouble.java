package matchback.deliver.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import matchback.deliver.doubles.LocalServer.Call;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.platform.Json;

/// A stand-in for the Conversions API at `/{version}/{dataset}/events`: one bad event refuses its
/// whole call, a repeat of event id and event name within two days is dropped, and a wrong token is
/// repeated in the message that complains of it. Safe for use by many threads.
public final class MetaDouble implements AutoCloseable {
    public static final String DATASET = "1234567890123456";
    public static final String TOKEN = "EAAdouble0123456789abcdefghij";

    private static final int BATCH_MAX = 1_000;
    private static final Duration REPEATS_WITHIN = Duration.ofDays(2);

    /// An event that was taken and was no repeat.
    ///
    /// @param testCode empty for none
    public record Taken(JsonNode event, String testCode, Instant at) {
        public String eventId() {
            return event.path("event_id").asText();
        }
    }

    private final InstantSource clock;
    private final LocalServer server;
    private final Object takenLock = new Object();
    private final List<Taken> taken = new ArrayList<>();
    private final Map<String, Instant> firstSeen = new HashMap<>();
    private volatile String token = TOKEN;
    private volatile int minutesToRegain;
    private volatile Predicate<JsonNode> isPoison = _ -> false;
    private int repeats;
    private int answers;

    public MetaDouble(Vertx vertx, InstantSource clock) {
        this.clock = clock;
        this.server = new LocalServer(vertx, this::answer);
    }

    /// For the setting `endpoint`.
    public String url() {
        return server.url();
    }

    /// To see what came in, and to let requests go wrong.
    public LocalServer server() {
        return server;
    }

    /// Only this token is good from now on.
    public void expects(String other) {
        token = other;
    }

    /// Answers everything with code 80004 and so many minutes to wait; 0: no longer.
    public void limits(int minutes) {
        minutesToRegain = minutes;
    }

    /// Refuses such events from now on, and with each its whole call, in words that repeat it.
    public void refuses(Predicate<JsonNode> events) {
        isPoison = events;
    }

    /// Events that were taken, repeats left out, in the order in which they came.
    public List<Taken> taken() {
        synchronized (takenLock) {
            return List.copyOf(taken);
        }
    }

    /// Events that were dropped as repeats.
    public int repeats() {
        synchronized (takenLock) {
            return repeats;
        }
    }

    private Reply answer(Call call) {
        var parts = call.path().split("/", -1);
        boolean isEvents = parts.length == 4 && parts[3].equals("events");
        if (!isEvents || !parts[1].matches("v[0-9]+\\.[0-9]")) {
            return error(2500, 0, "", "Unknown path components: " + call.path());
        }
        var given = given(call);
        if (!given.equals(token)) {
            return given.isEmpty()
                    ? error(190, 0, "", "An access token is required to request this resource.")
                    : error(190, 463, "", "Error validating access token: " + given);
        }
        if (!parts[2].equals(DATASET)) {
            return error(
                    100,
                    33,
                    "",
                    "Unsupported post request. Object with ID '"
                            + parts[2]
                            + "' does not exist or cannot be loaded due to missing permissions");
        }
        return minutesToRegain > 0 ? limited() : events(Json.lenient(call.body()));
    }

    private static String given(Call call) {
        var header = call.header("authorization");
        return header.startsWith("Bearer ")
                ? header.substring("Bearer ".length())
                : call.query().getOrDefault("access_token", "");
    }

    private Reply limited() {
        var usage =
                "{\"%s\":[{\"type\":\"ads_management\",\"estimated_time_to_regain_access\":%d}]}"
                        .formatted(DATASET, minutesToRegain);
        var refusal = error(80_004, 2_446_079, "", "There have been too many calls");
        return new Reply(
                refusal.status(), Map.of("X-Business-Use-Case-Usage", usage), refusal.body());
    }

    private Reply events(JsonNode body) {
        var data = body.path("data");
        if (!data.isArray() || data.isEmpty() || data.size() > BATCH_MAX) {
            return error(100, 0, "", "data must be a list of 1 to 1000 events");
        }
        var now = clock.instant();
        for (var event : data) {
            var refusal =
                    isPoison.test(event)
                            ? MetaRules.invalid("Invalid parameter in " + Json.text(event))
                            : MetaRules.refusal(event, now);
            if (refusal.isPresent()) {
                var why = refusal.get();
                return error(100, why.subcode(), why.title(), why.message());
            }
        }
        var testCode = body.path("test_event_code").asText();
        synchronized (takenLock) {
            data.forEach(event -> take(event, testCode, now));
        }
        var answer = Json.object();
        answer.put("events_received", data.size());
        answer.putArray("messages");
        return Reply.json(200, traced(answer));
    }

    private void take(JsonNode event, String testCode, Instant now) {
        var id = event.path("event_id").asText();
        var key = event.path("event_name").asText() + " " + id;
        var first = Optional.ofNullable(firstSeen.get(key));
        if (!id.isEmpty() && first.isPresent() && now.isBefore(first.get().plus(REPEATS_WITHIN))) {
            repeats++;
            return;
        }
        firstSeen.put(key, now);
        taken.add(new Taken(event, testCode, now));
    }

    private Reply error(int code, int subcode, String title, String message) {
        var answer = Json.object();
        var error = answer.putObject("error");
        error.put("message", message);
        error.put("type", "OAuthException");
        error.put("code", code);
        if (subcode != 0) {
            error.put("error_subcode", subcode);
        }
        error.put("is_transient", false);
        if (!title.isEmpty()) {
            error.put("error_user_title", title);
            error.put("error_user_msg", message);
        }
        return Reply.json(400, traced(answer));
    }

    /// With a trace id, and with slashes escaped as the platform does.
    private String traced(ObjectNode answer) {
        int number;
        synchronized (takenLock) {
            number = ++answers;
        }
        var at = answer.path("error") instanceof ObjectNode error ? error : answer;
        at.put("fbtrace_id", "Double%06d".formatted(number));
        return Json.text(answer).replace("/", "\\/");
    }

    @Override
    public void close() {
        server.close();
    }
}
