package matchback.deliver.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import matchback.deliver.doubles.LocalServer.Call;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.platform.Json;

/// Google's Data Manager API with its token endpoint: refuses whole requests for one bad event,
/// counts quotas by the minute and by the day, tells half an hour later what became of a request,
/// and keeps one conversion for each conversion action and transaction id. Safe for use by many
/// threads.
public final class DataManagerDouble implements AutoCloseable {
    /// What Google allows, from its page of limits.
    public static final int REQUESTS_A_MINUTE_MAX = 300;

    public static final int REQUESTS_A_DAY_MAX = 100_000;

    private static final Duration PROCESSING = Duration.ofMinutes(30);
    private static final Duration EVENT_AGE_MAX = Duration.ofDays(90);

    /// One request that was taken.
    ///
    /// @param events in their order
    /// @param errors by conversion action: reason to count
    private record Taken(Instant at, JsonNode events, Map<String, Map<String, Integer>> errors) {}

    private final Object lock = new Object();
    private final InstantSource clock;
    private final Set<String> actions;
    private final LocalServer server;
    private final TokenDesk tokens;
    private final Map<String, Taken> taken = new LinkedHashMap<>();
    private final Map<String, JsonNode> conversions = new LinkedHashMap<>();
    private final Map<String, String> clicks = new HashMap<>();
    private final Deque<Instant> lastMinute = new ArrayDeque<>();
    private int aMinuteMax = REQUESTS_A_MINUTE_MAX;
    private int aDayMax = REQUESTS_A_DAY_MAX;
    private Duration processing = PROCESSING;
    private long day;
    private int today;
    private final Set<String> refusedClicks = new HashSet<>();
    private int passed;
    private int rejected;

    /// @param actions ids of the conversion actions that exist
    public DataManagerDouble(Vertx vertx, InstantSource clock, Set<String> actions) {
        this.clock = clock;
        this.actions = Set.copyOf(actions);
        this.tokens = new TokenDesk(clock);
        this.server = new LocalServer(vertx, this::answer);
    }

    /// What goes into the setting `endpoint`.
    public String endpoint() {
        return server.url() + "/v1";
    }

    /// What goes into the setting `tokenUrl`.
    public String tokenUrl() {
        return server.url() + "/token";
    }

    public TokenDesk tokens() {
        return tokens;
    }

    /// For what came in, and for misbehaving.
    public LocalServer server() {
        return server;
    }

    /// Changes the quotas.
    public void quotas(int aMinute, int aDay) {
        synchronized (lock) {
            aMinuteMax = aMinute;
            aDayMax = aDay;
        }
    }

    /// Takes no event of this click from now on, for reasons of its own.
    public void refuses(String gclid) {
        synchronized (lock) {
            refusedClicks.add(gclid);
        }
    }

    /// Changes how long it takes until a request can be told about; half an hour at first.
    public void processes(Duration within) {
        synchronized (lock) {
            processing = within;
        }
    }

    /// What counts in the end: the last event of each conversion action and transaction id.
    public Collection<JsonNode> conversions() {
        synchronized (lock) {
            return List.copyOf(conversions.values());
        }
    }

    /// All events that were taken, repetitions too.
    public List<JsonNode> events() {
        synchronized (lock) {
            var all = new ArrayList<JsonNode>();
            taken.values().forEach(request -> request.events().forEach(all::add));
            return all;
        }
    }

    /// How many requests were refused for what stood in them.
    public int rejected() {
        synchronized (lock) {
            return rejected;
        }
    }

    private Reply answer(Call call) {
        if (call.method().equals("POST") && call.path().equals("/token")) {
            return tokens.answer(call, tokenUrl());
        }
        if (!tokens.isValid(call.header("authorization"))) {
            return error(401, "UNAUTHENTICATED", "no valid access token", "", Map.of());
        }
        synchronized (lock) {
            return switch (call.method() + " " + call.path()) {
                case "POST /v1/events:ingest" -> ingest(call);
                case "GET /v1/requestStatus:retrieve" ->
                        status(call.query().getOrDefault("requestId", ""));
                default -> error(404, "NOT_FOUND", "no such method", "", Map.of());
            };
        }
    }

    private Reply ingest(Call call) {
        var now = clock.instant();
        var quota = usedUp(now);
        if (!quota.isEmpty()) {
            return error(
                    429,
                    "RESOURCE_EXHAUSTED",
                    "quota used up",
                    "RATE_LIMIT_EXCEEDED",
                    Map.of("quota_limit", quota));
        }
        var request = Json.lenient(call.body());
        if (!request.isObject()) {
            return error(400, "INVALID_ARGUMENT", "no JSON object", "", Map.of());
        }
        var check = new IngestCheck(request, actions, refusedClicks);
        var violations = check.violations();
        if (check.unknownName().isPresent()) {
            rejected++;
            return error(
                    400,
                    "INVALID_ARGUMENT",
                    "unknown name " + check.unknownName().get(),
                    "",
                    Map.of());
        }
        if (!violations.isEmpty()) {
            rejected++;
            return refusal(violations);
        }
        var id = "request-" + ++passed;
        if (!request.path("validateOnly").asBoolean()) {
            take(id, request, now);
        }
        return Reply.json(200, Json.text(Json.object().put("requestId", id)));
    }

    /// The quota that is used up; empty when there is room.
    private String usedUp(Instant now) {
        while (!lastMinute.isEmpty() && lastMinute.peek().isBefore(now.minusSeconds(60))) {
            lastMinute.poll();
        }
        long present = now.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
        if (present != day) {
            day = present;
            today = 0;
        }
        if (today >= aDayMax) {
            return "IngestionMutateRequestsPerDayPerProject";
        }
        if (lastMinute.size() >= aMinuteMax) {
            return "IngestionMutateRequestsPerMinutePerProject";
        }
        lastMinute.add(now);
        today++;
        return "";
    }

    private void take(String id, JsonNode request, Instant now) {
        var errors = new HashMap<String, Map<String, Integer>>();
        for (var event : request.path("events")) {
            for (var reference : event.path("destinationReferences")) {
                var reason = processing(event, reference.asText(), now);
                if (!reason.isEmpty()) {
                    errors.computeIfAbsent(reference.asText(), _ -> new TreeMap<>())
                            .merge(reason, 1, Integer::sum);
                }
            }
        }
        taken.put(id, new Taken(now, request.path("events"), errors));
    }

    /// What is found wrong afterwards; empty when it counts.
    private String processing(JsonNode event, String action, Instant now) {
        var at = Instant.parse(event.path("eventTimestamp").asText());
        if (at.isBefore(now.minus(EVENT_AGE_MAX))) {
            return "PROCESSING_ERROR_REASON_EVENT_TOO_OLD";
        }
        if (event.path("consent").path("adUserData").asText().equals("CONSENT_DENIED")) {
            return "PROCESSING_ERROR_REASON_DENIED_CONSENT";
        }
        var gclid = event.path("adIdentifiers").path("gclid").asText();
        if (!gclid.isEmpty() && !gclid.matches("[A-Za-z0-9_-]{5,}")) {
            return "PROCESSING_ERROR_REASON_INVALID_GCLID";
        }
        var transaction = action + "/" + event.path("transactionId").asText();
        var click = action + "/" + gclid + "/" + at;
        var before = gclid.isEmpty() ? null : clicks.putIfAbsent(click, transaction);
        if (before != null && !before.equals(transaction)) {
            return "PROCESSING_ERROR_REASON_DUPLICATE_GCLID";
        }
        conversions.put(transaction, event);
        return "";
    }

    private Reply status(String requestId) {
        var request = taken.get(requestId);
        if (request == null) {
            return error(
                    400, "INVALID_ARGUMENT", "no such request", "INVALID_REQUEST_ID", Map.of());
        }
        var isProcessed = !clock.instant().isBefore(request.at().plus(processing));
        var counts = new TreeMap<String, Integer>();
        request.events()
                .forEach(event ->
                        event.path("destinationReferences")
                                .forEach(action -> counts.merge(action.asText(), 1, Integer::sum)));
        var answer = Json.object();
        var statuses = answer.putArray("requestStatusPerDestination");
        counts.forEach((action, count) -> {
            var status = statuses.addObject();
            status.putObject("destination").put("productDestinationId", action);
            var errors = request.errors().getOrDefault(action, Map.of());
            int failed = errors.values().stream().mapToInt(Integer::intValue).sum();
            status.put("requestStatus", isProcessed ? word(failed, count) : "PROCESSING");
            status.putObject("eventsIngestionStatus").put("recordCount", String.valueOf(count));
            if (isProcessed && failed > 0) {
                var list = status.putObject("errorInfo").putArray("errorCounts");
                errors.forEach((reason, number) ->
                        list.addObject()
                                .put("recordCount", String.valueOf(number))
                                .put("reason", reason));
            }
        });
        return Reply.json(200, Json.text(answer));
    }

    private static String word(int failed, int count) {
        return failed == 0 ? "SUCCESS" : failed < count ? "PARTIAL_SUCCESS" : "FAILED";
    }

    static Reply refusal(ArrayNode violations) {
        var error = Json.object();
        var status = error.putObject("error");
        status.put("code", 400)
                .put("message", "There was a problem with the request.")
                .put("status", "INVALID_ARGUMENT");
        var details = status.putArray("details");
        details.addObject()
                .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                .put("reason", violations.get(0).path("reason").asText())
                .put("domain", "datamanager.googleapis.com");
        details.addObject()
                .put("@type", "type.googleapis.com/google.rpc.BadRequest")
                .set("fieldViolations", violations);
        return Reply.json(400, Json.text(error));
    }

    private static Reply error(
            int code, String status, String message, String reason, Map<String, String> metadata) {
        var error = Json.object();
        var node = error.putObject("error");
        node.put("code", code).put("message", message).put("status", status);
        if (!reason.isEmpty()) {
            var info =
                    node.putArray("details")
                            .addObject()
                            .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                            .put("reason", reason);
            var named = info.putObject("metadata");
            metadata.forEach(named::put);
        }
        return Reply.json(code, Json.text(error));
    }

    @Override
    public void close() {
        server.close();
    }
}
