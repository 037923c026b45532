package matchback.console.templates;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import matchback.model.Percent;
import matchback.model.catalog.TrafficSource;

/// How one traffic source names what it knows in tracking links, and how it is told of conversions.
///
/// @param checked ISO date on which the sources were read
/// @param confidence `A`: read on the vendor's own page or code; `B`: in a third party's; `A/B`:
///   partly
/// @param sources where it was read
/// @param parameters our field to its place in the tracking link
/// @param postbackUrl with our macros, and in angle brackets what differs between accounts; empty
///   when none is known
/// @param values what stands in angle brackets
/// @param unconfirmed what stands in the sources without a proof; nothing here relies on it unless
///   it is named here
/// @param note for whoever sets it up; may be empty
public record SourceTemplate(
        String key,
        String name,
        String checked,
        String confidence,
        List<String> sources,
        Map<String, Slot> parameters,
        String postbackUrl,
        Map<String, Value> values,
        List<String> unconfirmed,
        String note,
        Vector vector) {

    /// A parameter of the tracking link.
    ///
    /// @param macro that the source fills; empty where it adds the parameter by itself
    public record Slot(String name, String macro) {}

    /// Something to be copied from one's account.
    ///
    /// @param hint what it is, or where it stands
    public record Value(String hint, String example) {}

    /// One conversion and the call that must come of it.
    ///
    /// @param filled value by the source's macro
    /// @param expect the postback of a conversion of 12.50 USD with the txid `T-1`, when the values
    ///   are those of the examples; empty without a postback
    public record Vector(Map<String, String> filled, String expect) {}

    public SourceTemplate {
        LocalDate.parse(checked);
        sources = List.copyOf(sources);
        parameters = Map.copyOf(parameters);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        unconfirmed = List.copyOf(unconfirmed);
    }

    /// Our field to the name of the parameter, as a traffic source has them.
    public Map<String, String> parameterNames() {
        var names = new LinkedHashMap<String, String>();
        parameters.forEach((field, slot) -> names.put(field, slot.name()));
        return names;
    }

    /// What is appended to the tracking link: `cid={cid}&cost={cost}`. Empty when the source adds
    /// all by itself.
    ///
    /// @param parameterOf the parameter by which the operator reads one of our fields
    public String trackingQuery(UnaryOperator<String> parameterOf) {
        return parameters.entrySet().stream()
                .filter(entry -> !entry.getValue().macro().isEmpty())
                .sorted(Map.Entry.comparingByKey(TrafficSource.FIELD_ORDER))
                .map(entry -> parameterOf.apply(entry.getKey()) + '=' + entry.getValue().macro())
                .collect(Collectors.joining("&"));
    }

    /// The same with its own parameters.
    public String trackingQuery() {
        return trackingQuery(field -> slot(field).name());
    }

    /// The same as the source calls it for one visitor.
    public String filledQuery() {
        var query = trackingQuery();
        for (var entry : vector.filled().entrySet()) {
            query = query.replace(entry.getKey(), Percent.encode(entry.getValue()));
        }
        return query;
    }

    private Slot slot(String field) {
        return Objects.requireNonNull(parameters.get(field));
    }

    /// The postback's template with the account's values in place of the angle brackets; one that
    /// is not given stays.
    public String postback(Map<String, String> given) {
        return filled(postbackUrl, given);
    }

    static String filled(String url, Map<String, String> given) {
        var filled = url;
        for (var entry : given.entrySet()) {
            filled = filled.replace('<' + entry.getKey() + '>', Percent.encode(entry.getValue()));
        }
        return filled;
    }

    /// The values of the examples.
    public Map<String, String> examples() {
        return examples(values);
    }

    static Map<String, String> examples(Map<String, Value> values) {
        var examples = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> examples.put(name, value.example()));
        return examples;
    }

    @Override
    public String toString() {
        return key;
    }
}
