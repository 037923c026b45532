package matchback.server.recover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A line of JSON. nginx names its fields as its operator says, so the names of its variables and
/// what people usually call them are looked for; Caddy puts the request into an object of its own
/// (caddyserver.com/docs/logging).
final class JsonLine {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final List<String> TIMES =
            List.of("time_iso8601", "@timestamp", "timestamp", "time", "time_local", "msec", "ts");
    private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(100_000_000_000L);

    private JsonLine() {}

    static Optional<LogLine> parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
        var inner = root.path("request");
        var request = inner.isObject() ? inner : root;
        var line = LogLine.request(inner.asText(""));
        var method =
                first(request, "request_method", "method").or(() -> line.map(parts -> parts[0]));
        var target =
                first(request, "request_uri", "uri", "url").or(() -> line.map(parts -> parts[1]));
        var at = TIMES.stream().map(root::path).flatMap(JsonLine::time).findFirst();
        int status = root.path("status").asInt(root.path("response_status").asInt(-1));
        if (method.isEmpty() || target.isEmpty() || at.isEmpty() || status < 0) {
            return Optional.empty();
        }
        return Optional.of(
                new LogLine(
                        at.get(),
                        method.get(),
                        target.get(),
                        first(request, "host", "http_host", "server_name").orElse(""),
                        first(request, "remote_addr", "client_ip", "remote_ip", "clientip")
                                .orElse(""),
                        first(request, "http_user_agent", "user_agent", "agent")
                                .orElseGet(() -> agent(request)),
                        status));
    }

    private static Optional<String> first(JsonNode node, String... names) {
        return Stream.of(names)
                .map(name -> node.path(name).asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static String agent(JsonNode request) {
        return request.path("headers").path("User-Agent").path(0).asText("");
    }

    /// A time as text, or in seconds or milliseconds since 1970.
    private static Stream<Long> time(JsonNode node) {
        var text = node.isNumber() ? node.decimalValue().toPlainString() : node.asText("");
        if (text.isEmpty()) {
            return Stream.empty();
        }
        try {
            if (Character.isDigit(text.charAt(0)) && text.matches("\\d{9,14}(\\.\\d{1,9})?")) {
                var number = new BigDecimal(text);
                var millis = number.compareTo(SECONDS_MAX) < 0 ? number.movePointRight(3) : number;
                return Stream.of(millis.longValue());
            }
            var form = text.indexOf('/') < 0 ? DateTimeFormatter.ISO_OFFSET_DATE_TIME : LOCAL;
            return Stream.of(OffsetDateTime.parse(text, form).toInstant().toEpochMilli());
        } catch (DateTimeException _) {
            return Stream.empty();
        }
    }
}
