package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import matchback.console.templates.SourceTemplate;
import matchback.console.templates.SourceTemplates;
import matchback.model.catalog.TrafficSource;

/// The catalogue of templates that traffic sources are made from.
final class SourceTemplatesApi {
    private static final String ALL = CatalogApi.ROOT + "source-templates";

    private SourceTemplatesApi() {}

    static List<Operation> operations() {
        return List.of(
                Operation.get(
                                ALL,
                                "listSourceTemplates",
                                "reference",
                                "All templates that traffic sources can be made from",
                                _ -> list())
                        .answers(200, "SourceTemplateList"),
                Operation.get(
                                ALL + "/{key}",
                                "showSourceTemplate",
                                "reference",
                                "Show a template of a traffic source",
                                call -> show(call.path("key")))
                        .answers(200, "SourceTemplate"));
    }

    static Map<String, ObjectNode> schemas() {
        var schemas = new TreeMap<String, ObjectNode>();
        schemas.put(
                "SourceTemplate",
                Schema.object(
                        "How one traffic source names what it knows, and is told of conversions",
                        List.of(
                                text("key", "Names it in a traffic source's template"),
                                text("name", "What people call it"),
                                text("checked", "Day on which the sources were read"),
                                text(
                                        "confidence",
                                        "A: read on the vendor's own page or code; B: on somebody"
                                                + " else's"),
                                texts("sources", "Where it was read"),
                                text(
                                        "trackingQuery",
                                        "What is appended to the tracking link, with its macros"),
                                FieldSpec.required(
                                        "parameters",
                                        Schema.map(
                                                "Our field to the parameter of the tracking link",
                                                pair(
                                                        "A parameter",
                                                        text("name", "Of the parameter"),
                                                        text(
                                                                "macro",
                                                                "That the source fills; empty where"
                                                                        + " it adds the parameter"
                                                                        + " by itself")))),
                                FieldSpec.required(
                                        "postbackUrl",
                                        Schema.orNull(
                                                Schema.text(
                                                        "With our macros, and in angle brackets"
                                                                + " what differs between"
                                                                + " accounts"))),
                                FieldSpec.required(
                                        "values",
                                        Schema.map(
                                                "What stands in angle brackets",
                                                pair(
                                                        "To be copied from one's account",
                                                        text("hint", "What it is"),
                                                        text("example", "What it looks like")))),
                                texts("unconfirmed", "What the sources say without proof"),
                                text("note", "For whoever sets it up"))));
        schemas.put("SourceTemplateList", CatalogApi.list("SourceTemplate"));
        return schemas;
    }

    private static ObjectNode pair(String description, FieldSpec one, FieldSpec other) {
        return Schema.object(description, List.of(one, other));
    }

    private static FieldSpec text(String name, String description) {
        return FieldSpec.required(name, Schema.text(description));
    }

    private static FieldSpec texts(String name, String description) {
        return FieldSpec.required(name, Schema.list(description, Schema.text("One of them")));
    }

    private static Answer list() {
        var page = Json.object();
        var items = page.putArray("items");
        SourceTemplates.catalogue().all().forEach(template -> items.add(document(template)));
        page.putNull("next");
        return Answer.json(page);
    }

    private static Answer show(String key) {
        var catalogue = SourceTemplates.catalogue();
        return catalogue
                .find(key)
                .map(template -> Answer.json(document(template)))
                .orElseGet(() ->
                        Answer.notFound(
                                "There is no template \""
                                        + key
                                        + '"'
                                        + Nearest.of(key, catalogue.keys())
                                                .map(near -> "; did you mean \"" + near + "\"?")
                                                .orElse("")));
    }

    private static ObjectNode document(SourceTemplate template) {
        var node = Json.object();
        node.put("key", template.key());
        node.put("name", template.name());
        node.put("checked", template.checked());
        node.put("confidence", template.confidence());
        template.sources().forEach(node.putArray("sources")::add);
        node.put("trackingQuery", template.trackingQuery());
        var parameters = node.putObject("parameters");
        var inOrder = new TreeMap<String, SourceTemplate.Slot>(TrafficSource.FIELD_ORDER);
        inOrder.putAll(template.parameters());
        inOrder.forEach((field, slot) ->
                parameters.putObject(field).put("name", slot.name()).put("macro", slot.macro()));
        node.put("postbackUrl", template.postbackUrl().isEmpty() ? null : template.postbackUrl());
        TemplateValues.write(template.values(), node.putObject("values"));
        template.unconfirmed().forEach(node.putArray("unconfirmed")::add);
        node.put("note", template.note());
        return node;
    }
}
