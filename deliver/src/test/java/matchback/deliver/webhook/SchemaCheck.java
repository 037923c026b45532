package matchback.deliver.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// As much of JSON Schema as our schemas use: `type`, `enum`, `pattern`, `required`, `properties`,
/// `additionalProperties`, `$ref` within the document.
final class SchemaCheck {
    private SchemaCheck() {}

    static List<String> problems(JsonNode value, JsonNode schema, JsonNode root, String at) {
        if (schema.has("$ref")) {
            return problems(value, root.at(schema.path("$ref").asText().substring(1)), root, at);
        }
        var problems = new ArrayList<String>();
        if (!isOfType(value, schema.path("type").asText())) {
            problems.add(at + " is no " + schema.path("type").asText());
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            problems.add(at + " is none of the enum");
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.path("pattern").asText())
                        .matcher(value.asText())
                        .find()) {
            problems.add(at + " does not match");
        }
        schema.path("required")
                .forEach(name -> {
                    if (!value.has(name.asText())) {
                        problems.add(at + '.' + name.asText() + " is missing");
                    }
                });
        value.properties()
                .forEach(field -> {
                    var path = at + '.' + field.getKey();
                    var own = schema.path("properties").path(field.getKey());
                    var other = schema.path("additionalProperties");
                    if (own.isObject() || other.isObject()) {
                        problems.addAll(
                                problems(
                                        field.getValue(),
                                        own.isObject() ? own : other,
                                        root,
                                        path));
                    } else {
                        problems.add(path + " is not in the schema");
                    }
                });
        return problems;
    }

    private static boolean isOfType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (var one : list) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
