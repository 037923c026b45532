package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import matchback.console.pages.EntityForm.Filling;
import matchback.console.pages.FormField.Pair;
import matchback.console.pages.FormField.Pairs;
import matchback.console.templates.SourceTemplate.Value;

/// What a chosen template needs to know of one's account; asked for once it is missing.
final class TemplateValueFields {
    static final String NAME = "templateValues";

    private TemplateValueFields() {}

    static boolean areAskedFor(Filling filling) {
        return !filling.errorWithin(NAME).isEmpty();
    }

    /// @param of whoever the template is of
    static Pairs of(Filling filling, String of, Map<String, Value> values) {
        var texts = filling.visit().texts();
        var given = filling.document().path(NAME);
        return new Pairs(
                NAME,
                texts.of("sources.template_values", of),
                texts.of("sources.template_values_hint"),
                values.keySet().stream()
                        .map(name ->
                                new Pair(
                                        name,
                                        name,
                                        given.path(name).asText(""),
                                        filling.error(NAME + '.' + name)))
                        .toList());
    }

    static void read(Visit visit, ObjectNode document, Map<String, Value> values) {
        Documents.putPairs(visit, document, NAME, List.copyOf(values.keySet()));
    }
}
