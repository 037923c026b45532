package matchback.deliver.postback;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import matchback.deliver.platform.Json;
import matchback.model.Cut;
import matchback.model.Macros;
import matchback.model.Percent;
import matchback.model.UrlTemplate;

/// A body with macros, such as `{"id":"{clickid}","sum":{payout}}` or `id={clickid}`. A value is
/// written so that it cannot end its place: in JSON as the inside of a string, in a form
/// percent-encoded.
record BodyTemplate(String text, boolean isJson) {
    /// What else stands in braces is JSON.
    private static final Pattern MACRO = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    /// One sentence; empty when all its macros are known.
    Optional<String> problem() {
        return MACRO.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !Macros.CONVERSION.contains(name))
                .findFirst()
                .map(name -> "unknown macro {" + name + "}");
    }

    String fill(Function<String, String> values) {
        return MACRO.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                written(
                                        Cut.atMost(
                                                UrlTemplate.VALUE_CHARS_MAX,
                                                values.apply(found.group(1))))));
    }

    private String written(String value) {
        if (!isJson) {
            return Percent.encode(value);
        }
        var quoted = Json.text(Json.nodes().textNode(value));
        return quoted.substring(1, quoted.length() - 1);
    }
}
