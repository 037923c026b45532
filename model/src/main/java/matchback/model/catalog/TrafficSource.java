package matchback.model.catalog;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where clicks are bought.
///
/// @param parameters our name (`externalId`, `cost`, `creative`, `sub1` to `sub20`) to the name of
///   the source's query parameter in the tracking link
/// @param postbackUrl template of the source's own postback, called for counted conversions
public record TrafficSource(
        String key,
        String name,
        Map<String, String> parameters,
        @Nullable String postbackUrl,
        boolean archived)
        implements Entity {

    public static final String EXTERNAL_ID = "externalId";
    public static final String COST = "cost";
    public static final String CREATIVE = "creative";

    public TrafficSource {
        parameters = Map.copyOf(parameters);
    }

    /// The query parameter that carries one of our fields; the field's own name when not mapped.
    public String parameterOf(String field) {
        return parameters.getOrDefault(field, field);
    }

    /// The name of its own postback in the outbox and in deliveries.
    public String address() {
        return "source:" + key;
    }

    public Optional<String> postback() {
        return Optional.ofNullable(postbackUrl);
    }
}
