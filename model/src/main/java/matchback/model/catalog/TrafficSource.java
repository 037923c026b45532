package matchback.model.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where clicks are bought.
///
/// @param parameters our name (`externalId`, `cost`, `creative`, `sub1` to `sub20`) to the name of
///   the source's query parameter in the tracking link
/// @param postbackUrl template of the source's own postback, called for counted conversions
/// @param template key of the template it was made from
public record TrafficSource(
        String key,
        String name,
        Map<String, String> parameters,
        @Nullable String postbackUrl,
        boolean archived,
        @Nullable String template)
        implements Entity {

    public static final String EXTERNAL_ID = "externalId";
    public static final String COST = "cost";
    public static final String CREATIVE = "creative";

    /// The order in which the fields are shown: the source's click id, cost, creative, then `sub1`
    /// to `sub20`.
    public static final Comparator<String> FIELD_ORDER =
            Comparator.comparingInt(TrafficSource::rank).thenComparing(Comparator.naturalOrder());

    private static final List<String> FIRST = List.of(EXTERNAL_ID, COST, CREATIVE);

    public TrafficSource {
        parameters = Map.copyOf(parameters);
    }

    /// One that was made by hand.
    public TrafficSource(
            String key,
            String name,
            Map<String, String> parameters,
            @Nullable String postbackUrl,
            boolean archived) {
        this(key, name, parameters, postbackUrl, archived, null);
    }

    private static int rank(String field) {
        int first = FIRST.indexOf(field);
        return first >= 0 ? first : FIRST.size() + field.length();
    }

    /// The query parameter that carries one of our fields; the field's own name when not mapped.
    public String parameterOf(String field) {
        return parameters.getOrDefault(field, field);
    }

    /// The name of its own postback in the outbox and in deliveries.
    public String address() {
        return "source:" + key;
    }

    /// Key of the template it was made from.
    public Optional<String> madeFrom() {
        return Optional.ofNullable(template);
    }

    public Optional<String> postback() {
        return Optional.ofNullable(postbackUrl);
    }
}
