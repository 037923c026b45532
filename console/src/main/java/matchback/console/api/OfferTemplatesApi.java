package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import matchback.console.templates.OfferTemplate;
import matchback.console.templates.OfferTemplates;

/// The catalogue of templates that offers are made from.
final class OfferTemplatesApi {
    private static final String ALL = CatalogApi.ROOT + "offer-templates";

    private OfferTemplatesApi() {}

    static List<Operation> operations() {
        return List.of(
                Operation.get(
                                ALL,
                                "listOfferTemplates",
                                "reference",
                                "All templates that offers can be made from",
                                _ -> list())
                        .answers(200, "OfferTemplateList"),
                Operation.get(
                                ALL + "/{key}",
                                "showOfferTemplate",
                                "reference",
                                "Show a template of an offer",
                                call -> show(call.path("key")))
                        .answers(200, "OfferTemplate"));
    }

    static Map<String, ObjectNode> schemas() {
        var schemas = new TreeMap<String, ObjectNode>();
        schemas.put(
                "OfferTemplate",
                Schema.object(
                        "The click URL of one measurement partner",
                        List.of(
                                text("key", "Names it in an offer's template"),
                                text("name", "What people call it"),
                                text("checked", "Day on which the sources were read"),
                                text(
                                        "confidence",
                                        "A: read on the vendor's own page or code; B: on somebody"
                                                + " else's"),
                                texts("sources", "Where it was read"),
                                text(
                                        "url",
                                        "With our macros, and in angle brackets what differs"
                                                + " between accounts"),
                                FieldSpec.required(
                                        "values",
                                        Schema.map(
                                                "What stands in angle brackets",
                                                Schema.object(
                                                        "To be copied from one's account",
                                                        List.of(
                                                                text("hint", "What it is"),
                                                                text(
                                                                        "example",
                                                                        "What it looks like"))))),
                                texts("unconfirmed", "What the sources say without proof"),
                                text("note", "For whoever sets it up"))));
        schemas.put("OfferTemplateList", CatalogApi.list("OfferTemplate"));
        return schemas;
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
        OfferTemplates.catalogue().all().forEach(template -> items.add(document(template)));
        page.putNull("next");
        return Answer.json(page);
    }

    private static Answer show(String key) {
        var catalogue = OfferTemplates.catalogue();
        return catalogue
                .find(key)
                .map(template -> Answer.json(document(template)))
                .orElseGet(() ->
                        Answer.notFound(
                                "There is no template \""
                                        + key
                                        + '"'
                                        + Nearest.hint(key, catalogue.keys())));
    }

    private static ObjectNode document(OfferTemplate template) {
        var node = Json.object();
        node.put("key", template.key());
        node.put("name", template.name());
        node.put("checked", template.checked());
        node.put("confidence", template.confidence());
        template.sources().forEach(node.putArray("sources")::add);
        node.put("url", template.url());
        TemplateValues.write(template.values(), node.putObject("values"));
        template.unconfirmed().forEach(node.putArray("unconfirmed")::add);
        node.put("note", template.note());
        return node;
    }
}
