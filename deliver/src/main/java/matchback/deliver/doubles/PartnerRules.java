package matchback.deliver.doubles;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import matchback.deliver.doubles.LocalServer.Call;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.model.Money;
import matchback.model.Params;

/// What measurement partners ask of an event, as far as it is known; see docs/adapters for where it
/// was read.
public sealed interface PartnerRules {

    /// What becomes of one request.
    sealed interface Ruling {
        Reply reply();

        /// @param id by which the partner knows a repetition; empty when it does not look
        record Taken(JsonNode event, String id, Reply reply) implements Ruling {}

        record Refused(Reply reply) implements Ruling {}

        /// Answered as if it was taken, and taken by nobody.
        record Lost(Reply reply) implements Ruling {}
    }

    /// Up to the part that the adapter's setting `endpoint` names.
    String base();

    Ruling of(Call call);

    /// @param key what the header `authentication` must have
    record AppsFlyer(String appId, String key) implements PartnerRules {
        private static final int BYTES_MAX = 1024;
        private static final Pattern TIME =
                Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}");

        @Override
        public String base() {
            return "/inappevent";
        }

        @Override
        public Ruling of(Call call) {
            if (!call.path().startsWith(base() + '/') || !call.method().equals("POST")) {
                return refused(404, "not found");
            }
            if (!call.header("authentication").equals(key)) {
                return refused(401, "unauthorized");
            }
            var event = json(call.body());
            if (!call.header("content-type").startsWith("application/json")
                    || call.body().getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
                return refused(400, "bad payload");
            }
            for (var name : List.of("appsflyer_id", "eventName")) {
                if (event.path(name).asText().isBlank()) {
                    return refused(400, name + " is missing");
                }
            }
            var value = event.path("eventValue");
            if (!value.isTextual() || !(value.asText().isEmpty() || isObject(value.asText()))) {
                return refused(400, "eventValue must be stringified");
            }
            if (event.has("eventTime")
                    && !TIME.matcher(event.path("eventTime").asText()).matches()) {
                return refused(400, "eventTime");
            }
            var ok = Reply.json(200, "ok");
            return call.path().equals(base() + '/' + appId)
                    ? new Ruling.Taken(event, "", ok)
                    : new Ruling.Lost(ok);
        }

        private static Ruling refused(int status, String message) {
            return new Ruling.Refused(Reply.json(status, message));
        }
    }

    /// @param token of S2S security; empty when it is switched off
    /// @param events tokens of events; each is unique: a device has it once
    /// @param devices ids it knows
    /// @param optedOut ids it may not be told of any more
    record Adjust(
            String appToken,
            String token,
            Set<String> events,
            Set<String> devices,
            Set<String> optedOut)
            implements PartnerRules {
        private static final BigDecimal REVENUE_MAX = new BigDecimal("100000000000");
        private static final List<String> IDS =
                List.of("idfa", "gps_adid", "idfv", "android_id", "adid");

        public Adjust {
            events = Set.copyOf(events);
            devices = Set.copyOf(devices);
            optedOut = Set.copyOf(optedOut);
        }

        @Override
        public String base() {
            return "/event";
        }

        @Override
        public Ruling of(Call call) {
            var form = Params.ofQuery(call.body());
            if (!call.path().equals(base())
                    || !call.header("content-type").equals("application/x-www-form-urlencoded")) {
                return refused(404, "Not found");
            }
            if (!token.isEmpty() && !call.header("authorization").equals("Bearer " + token)) {
                return refused(401, "Failed to authorize request");
            }
            if (!form.first("app_token").equals(appToken)) {
                return refused(400, "Invalid app token");
            }
            if (!events.contains(form.first("event_token"))) {
                return refused(400, "Invalid event token");
            }
            var ids = IDS.stream().map(form::first).filter(id -> !id.isEmpty()).toList();
            if (!form.first("s2s").equals("1") || ids.isEmpty() || !isWellFormed(form)) {
                return refused(400, "Bad event state");
            }
            if (!isGoodRevenue(form)) {
                return refused(400, "Invalid revenue");
            }
            if (ids.stream().anyMatch(optedOut::contains)) {
                return refused(451, "Device is opted out");
            }
            if (ids.stream().noneMatch(devices::contains)) {
                return refused(404, "Device not found");
            }
            return new Ruling.Taken(
                    fields(form),
                    form.first("event_token") + ids + form.first("created_at_unix"),
                    Reply.json(200, "{\"status\":\"OK\"}"));
        }

        private static boolean isWellFormed(Params form) {
            var environment = form.first("environment");
            return form.first("created_at_unix").matches("\\d{10}")
                    && form.first("ip_address").indexOf(':') < 0
                    && (environment.equals("production") || environment.equals("sandbox"));
        }

        private static boolean isGoodRevenue(Params form) {
            var revenue = form.first("revenue");
            if (revenue.isEmpty()) {
                return form.first("currency").isEmpty();
            }
            return revenue.matches("\\d+(\\.\\d+)?")
                    && new BigDecimal(revenue).compareTo(REVENUE_MAX) <= 0
                    && Money.currency(form.first("currency")).isPresent();
        }

        private static Ruling refused(int status, String message) {
            return new Ruling.Refused(
                    Reply.json(status, "{\"error\":\"Event request failed (" + message + ")\"}"));
        }
    }

    /// @param keys the one for tests as well
    record Branch(Set<String> keys) implements PartnerRules {
        private static final Set<String> STANDARD =
                Set.of(
                        ("ADD_TO_CART ADD_TO_WISHLIST VIEW_CART INITIATE_PURCHASE ADD_PAYMENT_INFO"
                                        + " CLICK_AD PURCHASE SPEND_CREDITS VIEW_AD SEARCH VIEW_ITEM"
                                        + " VIEW_ITEMS RATE SHARE INITIATE_STREAM COMPLETE_STREAM"
                                        + " COMPLETE_REGISTRATION COMPLETE_TUTORIAL ACHIEVE_LEVEL"
                                        + " UNLOCK_ACHIEVEMENT INVITE LOGIN START_TRIAL SUBSCRIBE")
                                .split(" ", -1));
        private static final List<String> IDS =
                List.of("developer_identity", "idfa", "idfv", "android_id", "aaid");

        public Branch {
            keys = Set.copyOf(keys);
        }

        @Override
        public String base() {
            return "/v2/event";
        }

        @Override
        public Ruling of(Call call) {
            var event = json(call.body());
            if (!keys.contains(event.path("branch_key").asText())) {
                return refused(400, "Invalid or missing branch_key");
            }
            var name = event.path("name").asText();
            boolean isStandard = STANDARD.contains(name);
            if (name.isBlank()
                    || !call.path().equals(base() + (isStandard ? "/standard" : "/custom"))) {
                return refused(400, "Invalid event name");
            }
            var user = event.path("user_data");
            if (IDS.stream().noneMatch(id -> !user.path(id).asText().isBlank())) {
                return refused(400, "user_data needs an id");
            }
            if (user.has("dma_eea")
                    && !(user.path("dma_ad_user_data").isBoolean()
                            && user.path("dma_ad_personalization").isBoolean())) {
                return refused(400, "dma_eea needs both answers");
            }
            var revenue = event.at("/event_data/revenue");
            if (!revenue.isMissingNode() && !revenue.isNumber()) {
                return refused(400, "revenue must be a number");
            }
            return new Ruling.Taken(event, "", Reply.json(200, "{\"branch_view_enabled\":false}"));
        }

        private static Ruling refused(int status, String message) {
            var body = JSON.createObjectNode();
            body.putObject("error").put("code", status).put("message", message);
            return new Ruling.Refused(Reply.json(status, body.toString()));
        }
    }

    /// It answers 200 to everything, and counts what is repeated.
    ///
    /// @param version `v1`, or `v2` for an account that knows devices by its own ids
    record Singular(String sdkKey, String version) implements PartnerRules {
        private static final Set<String> PLATFORMS =
                Set.of(
                        "Android",
                        "iOS",
                        "Web",
                        "PC",
                        "Xbox",
                        "Playstation",
                        "Nintendo",
                        "MetaQuest",
                        "CTV");

        @Override
        public String base() {
            return "/api";
        }

        @Override
        public Ruling of(Call call) {
            var form = Params.ofQuery(call.body());
            if (!call.path().equals(base() + '/' + version + "/evt")) {
                return new Ruling.Refused(Reply.json(404, ""));
            }
            if (!form.first("a").equals(sdkKey)) {
                return refused("invalid SDK key");
            }
            if (!PLATFORMS.contains(form.first("p")) || form.first("i").isEmpty()) {
                return refused("unknown platform or app");
            }
            if (!form.first("n").matches("[ -~]{1,32}")) {
                return refused("event name");
            }
            boolean hasAddress = form.first("ip").matches("[0-9]+(\\.[0-9]+){3}");
            if (hasAddress == form.first("use_ip").equals("true")
                    || hasAddress == form.first("ip").isEmpty()) {
                return refused("ip or use_ip");
            }
            var ids = version.equals("v2") ? List.of("sdid") : List.of("idfa", "idfv", "aifa");
            if (ids.stream().allMatch(id -> form.first(id).isEmpty())) {
                return refused("no device id");
            }
            if (!form.first("utime").matches("\\d{10}") || !isObject(form.first("e"))) {
                return refused("utime or e");
            }
            boolean isRevenue = form.first("is_revenue_event").equals("true");
            if (isRevenue != form.first("amt").matches("\\d+(\\.\\d+)?")
                    || isRevenue != Money.currency(form.first("cur")).isPresent()) {
                return refused("amt and cur");
            }
            return new Ruling.Taken(fields(form), "", Reply.json(200, "{\"status\":\"ok\"}"));
        }

        private static Ruling refused(String reason) {
            return new Ruling.Refused(
                    Reply.json(200, "{\"status\":\"error\",\"reason\":\"" + reason + "\"}"));
        }
    }

    JsonMapper JSON = JsonMapper.builder().build();

    private static boolean isObject(String text) {
        return json(text).isObject();
    }

    private static ObjectNode fields(Params form) {
        var node = JSON.createObjectNode();
        form.list().forEach(param -> node.put(param.name(), param.value()));
        return node;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    /// For example `appsflyer`.
    default String partner() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
