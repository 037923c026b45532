package matchback.deliver.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.model.Percent;

/// A POST of one event, which is the whole body.
///
/// @param url of a destination and an event; must hold no secret
/// @param headers beside `Content-Type`
/// @param around what stands beside the event's own values, such as a key of the account
public record Letter(
        BiFunction<Connection, JsonNode, String> url,
        Function<Connection, Map<String, String>> headers,
        Body body,
        Mapping<Batch> around)
        implements Packing {

    public enum Body {
        JSON("application/json"),
        /// Names and values as a form has them; what is no text is written as JSON.
        FORM("application/x-www-form-urlencoded");

        private final String contentType;

        Body(String contentType) {
            this.contentType = contentType;
        }
    }

    @Override
    public OutboundRequest pack(Connection connection, List<Parcel> parcels, List<String> secrets) {
        if (parcels.size() != 1) {
            throw new IllegalArgumentException(parcels.size() + " events in a letter; it has one");
        }
        var event = Json.exact(parcels.getFirst().content());
        var whole = Packing.around(around, new Batch(connection, parcels));
        event.properties().forEach(value -> whole.set(value.getKey(), value.getValue()));
        var all = new HashMap<>(headers.apply(connection));
        all.put("Content-Type", body.contentType);
        return new OutboundRequest(
                "POST",
                url.apply(connection, event),
                all,
                written(whole).getBytes(StandardCharsets.UTF_8),
                secrets);
    }

    private String written(ObjectNode whole) {
        return switch (body) {
            case JSON -> Json.text(whole);
            case FORM ->
                    whole.properties().stream()
                            .map(value -> value.getKey() + '=' + formed(value.getValue()))
                            .collect(Collectors.joining("&"));
        };
    }

    private static String formed(JsonNode value) {
        return Percent.encode(value.isTextual() ? value.asText() : Json.text(value));
    }
}
