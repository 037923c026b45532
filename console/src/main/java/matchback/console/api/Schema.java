package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/// Builds JSON Schema (2020-12), as OpenAPI 3.1 has it.
final class Schema {
    private Schema() {}

    static ObjectNode text(String description) {
        return typed("string", description);
    }

    static ObjectNode text(String description, int charsMax) {
        return text(description).put("maxLength", charsMax);
    }

    static ObjectNode words(String description, Collection<String> words) {
        var node = text(description);
        var list = node.putArray("enum");
        words.stream().sorted().forEach(list::add);
        return node;
    }

    static ObjectNode time(String description) {
        return text(description).put("format", "date-time");
    }

    /// A decimal: taken as text or number, answered as text.
    static ObjectNode amount(String description) {
        var node = Json.object();
        node.putArray("type").add("string").add("number");
        return node.put("description", description)
                .put("pattern", "^\\d{1,12}(\\.\\d{1,6})?$")
                .put("minimum", 0);
    }

    static ObjectNode decimal(String description) {
        return text(description).put("pattern", "^-?\\d+(\\.\\d+)?$");
    }

    static ObjectNode integer(String description, long min, long max) {
        return typed("integer", description).put("minimum", min).put("maximum", max);
    }

    static ObjectNode flag(String description) {
        return typed("boolean", description);
    }

    static ObjectNode list(String description, ObjectNode items) {
        var node = typed("array", description);
        node.set("items", items);
        return node;
    }

    /// An object whose values are all alike.
    static ObjectNode map(String description, ObjectNode values) {
        var node = typed("object", description);
        node.set("additionalProperties", values);
        return node;
    }

    /// An object of these fields and no others.
    static ObjectNode object(String description, List<FieldSpec> fields) {
        var node = typed("object", description).put("additionalProperties", false);
        var properties = node.putObject("properties");
        for (var field : fields) {
            var schema = field.schema().deepCopy();
            if (field.isReadOnly()) {
                schema.put("readOnly", true);
            }
            properties.set(field.name(), schema);
        }
        var required = fields.stream().filter(FieldSpec::isRequired).map(FieldSpec::name).toList();
        if (!required.isEmpty()) {
            required.forEach(node.putArray("required")::add);
        }
        return node;
    }

    /// The schema of this name among the document's components.
    static ObjectNode ref(String name) {
        return Json.object().put("$ref", "#/components/schemas/" + name);
    }

    static ObjectNode orNull(ObjectNode schema) {
        var node = Json.object();
        node.putArray("anyOf").add(schema).addObject().put("type", "null");
        return node;
    }

    private static ObjectNode typed(String type, String description) {
        return Json.object().put("type", type).put("description", description);
    }
}
