package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import matchback.console.ConsoleConfig;
import matchback.console.templates.Template;
import matchback.console.templates.Templates;
import matchback.model.catalog.DuplicateRule;
import org.jspecify.annotations.Nullable;

/// The catalogue of templates that senders are made from.
record TemplatesApi(ConsoleConfig config) {
    private static final String ALL = CatalogApi.ROOT + "templates";

    List<Operation> operations() {
        return List.of(
                Operation.get(
                                ALL,
                                "listTemplates",
                                "reference",
                                "All templates that senders can be made from",
                                _ -> list())
                        .answers(200, "TemplateList"),
                Operation.get(
                                ALL + "/{key}",
                                "showTemplate",
                                "reference",
                                "Show a template",
                                call -> show(call.path("key")))
                        .answers(200, "Template"));
    }

    static Map<String, ObjectNode> schemas() {
        var schemas = new TreeMap<String, ObjectNode>();
        schemas.put(
                "Template",
                Schema.object(
                        "How one network, measurement partner or tracker reports conversions",
                        List.of(
                                text("key", "Names it in a sender's template"),
                                text("name", "What people call it"),
                                FieldSpec.required(
                                        "kind",
                                        Schema.words(
                                                "Whether it reports itself, or its postback URLs"
                                                        + " are taken over",
                                                List.of("network", "partner", "tracker"))),
                                text("checked", "Day on which the sources were read"),
                                text(
                                        "confidence",
                                        "A: read on the vendor's own page or code; B: on somebody"
                                                + " else's"),
                                texts("sources", "Where it was read"),
                                orNull("offerParameter", "Carries the click id in the offer URL"),
                                orNull(
                                        "offerToken",
                                        "A tracker's macro of the click id in offer URLs"),
                                texts("paths", "Where a tracker takes postbacks"),
                                text("postbackTemplate", "The postback URL with its macros"),
                                FieldSpec.required("postbackTemplates", PostbackUrls.schema()),
                                orNull(
                                        "retries",
                                        "When a measurement partner sends a postback again"),
                                words("parameters", "Our field to the name of the parameter"),
                                words("statuses", "Its status word to ours"),
                                words("events", "Its event word to ours"),
                                text("duplicateRule", "Which reports are one conversion"),
                                orNull("currency", "ISO 4217 code of amounts that name none"),
                                FieldSpec.required(
                                        "answer",
                                        Schema.object(
                                                "How it wants to be answered",
                                                List.of(
                                                        FieldSpec.required(
                                                                "always200",
                                                                Schema.flag("Always with 200")),
                                                        orNull("body", "A fixed body")))),
                                texts("unconfirmed", "What the sources say without proof"),
                                text("note", "For whoever sets it up"))));
        schemas.put("TemplateList", CatalogApi.list("Template"));
        return schemas;
    }

    private static FieldSpec text(String name, String description) {
        return FieldSpec.required(name, Schema.text(description));
    }

    private static FieldSpec orNull(String name, String description) {
        return FieldSpec.required(name, Schema.orNull(Schema.text(description)));
    }

    private static FieldSpec texts(String name, String description) {
        return FieldSpec.required(name, Schema.list(description, Schema.text("One of them")));
    }

    private static FieldSpec words(String name, String description) {
        return FieldSpec.required(name, Schema.map(description, Schema.text("What it means")));
    }

    private Answer list() {
        var page = Json.object();
        var items = page.putArray("items");
        Templates.catalogue().all().forEach(template -> items.add(document(template)));
        page.putNull("next");
        return Answer.json(page);
    }

    private Answer show(String key) {
        return Templates.catalogue()
                .find(key)
                .map(template -> Answer.json(document(template)))
                .orElseGet(() ->
                        Answer.notFound(
                                "There is no template \""
                                        + key
                                        + '"'
                                        + Nearest.of(key, Templates.catalogue().keys())
                                                .map(near -> "; did you mean \"" + near + "\"?")
                                                .orElse("")));
    }

    private ObjectNode document(Template template) {
        var node = Json.object();
        node.put("key", template.key());
        node.put("name", template.name());
        node.put("kind", template.kind());
        node.put("checked", template.checked());
        node.put("confidence", template.confidence());
        put(node, "sources", template.sources());
        node.put("offerParameter", nullIfEmpty(template.offerParameter()));
        node.put("offerToken", nullIfEmpty(template.offerToken()));
        put(node, "paths", template.paths());
        var path = template.paths().stream().findFirst().orElse("/postback/{key}");
        node.put("postbackTemplate", config.publicUrl() + path + '?' + template.postbackQuery());
        PostbackUrls.write(
                template,
                report -> config.publicUrl() + path + '?' + report.postbackQuery(),
                node.putArray("postbackTemplates"));
        var partner = template.partner();
        node.put("retries", partner == null ? null : partner.retries());
        put(node, "parameters", template.parameters());
        put(node, "statuses", template.statuses());
        put(node, "events", template.events());
        node.put(
                "duplicateRule",
                template.duplicates().isEmpty()
                        ? DuplicateRule.STANDARD.word()
                        : template.duplicates());
        node.put("currency", nullIfEmpty(template.currency()));
        node.putObject("answer")
                .put("always200", template.answer().always200())
                .put("body", nullIfEmpty(template.answer().body()));
        put(node, "unconfirmed", template.unconfirmed());
        node.put("note", template.note());
        return node;
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static void put(ObjectNode node, String field, List<String> texts) {
        texts.forEach(node.putArray(field)::add);
    }

    private static void put(ObjectNode node, String field, Map<String, String> texts) {
        var object = node.putObject(field);
        new TreeMap<>(texts).forEach(object::put);
    }
}
