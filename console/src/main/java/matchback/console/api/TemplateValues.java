package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import matchback.console.templates.SourceTemplate.Value;
import matchback.model.UrlTemplate;

/// What a template's URL has in angle brackets: different from account to account.
final class TemplateValues {
    static final String FIELD = "templateValues";
    private static final int VALUES_MAX = 20;
    private static final int VALUE_CHARS_MAX = 200;

    private TemplateValues() {}

    static FieldSpec spec(String url) {
        return FieldSpec.optional(
                FIELD,
                Schema.map(
                        "What the template's "
                                + url
                                + " has in angle brackets, from your account; only read when the"
                                + " template fills",
                        Schema.text("A value", VALUE_CHARS_MAX)));
    }

    /// The URL with the values of one's account; every one must be there.
    ///
    /// @param name of whoever the template is of
    /// @param url makes it of them; empty where there is none
    /// @param macros that it may have
    static Optional<UrlTemplate> url(
            Form form,
            String name,
            Map<String, Value> values,
            Function<Map<String, String>, String> url,
            Set<String> macros) {
        var given = form.texts(FIELD, VALUES_MAX, VALUE_CHARS_MAX);
        form.form(FIELD).ifPresent(inner -> inner.onlyFields(values.keySet()));
        boolean isWhole = true;
        for (var entry : values.entrySet()) {
            if (given.getOrDefault(entry.getKey(), "").isBlank()) {
                isWhole = false;
                form.problem(
                        FIELD + '.' + entry.getKey(),
                        "%s asks for it: %s, such as %s"
                                .formatted(
                                        name, entry.getValue().hint(), entry.getValue().example()));
            }
        }
        var filled = url.apply(given);
        if (!isWhole || filled.isEmpty()) {
            return Optional.empty();
        }
        return switch (UrlTemplate.parse(filled, macros)) {
            case UrlTemplate.Parsed.Template(var template) -> Optional.of(template);
            case UrlTemplate.Parsed.Problem(var message) -> {
                form.problem(FIELD, message);
                yield Optional.empty();
            }
        };
    }

    static void write(Map<String, Value> values, ObjectNode into) {
        values.forEach((name, value) ->
                into.putObject(name).put("hint", value.hint()).put("example", value.example()));
    }
}
