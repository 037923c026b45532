package matchback.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import matchback.console.people.Rights;

/// The description of the API (OpenAPI 3.1), made of the route table.
final class OpenApi {
    private final String version;
    private final String prefix;
    private final Map<String, ObjectNode> schemas = new TreeMap<>();
    private volatile ObjectNode document = Json.object();

    /// @param prefix of all paths, put there by a proxy; empty for none
    /// @param entities schemas of the catalog
    OpenApi(String version, String prefix, Map<String, ObjectNode> entities) {
        this.version = version;
        this.prefix = prefix;
        schemas.putAll(AnswerSchemas.all());
        schemas.putAll(entities);
    }

    Operation operation() {
        return Operation.get(
                        "/openapi.json",
                        "describe",
                        "reference",
                        "This description",
                        _ -> Answer.json(document))
                .answers(200, "");
    }

    /// Makes the document; called once, when all operations are known.
    void describe(List<Operation> operations, Rights rights) {
        var root = Json.object().put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Matchback")
                .put("version", version)
                .put(
                        "description",
                        "Catalog, clicks, postbacks, conversions, deliveries and reports.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        root.putArray("servers").addObject().put("url", prefix + "/");
        root.putArray("security").addObject().putArray("token");
        var paths = root.putObject("paths");
        for (var operation : operations) {
            paths.withObjectProperty(operation.path())
                    .set(
                            operation.method().name().toLowerCase(Locale.ROOT),
                            described(operation, rights));
        }
        var components = root.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        var all = components.putObject("schemas");
        schemas.forEach(all::set);
        document = root;
    }

    private static ObjectNode described(Operation operation, Rights rights) {
        var node = Json.object();
        node.put("operationId", operation.id());
        node.put("summary", operation.summary());
        node.putArray("tags").add(operation.group());
        var right = rights.of(operation.method().name(), operation.routerPath());
        if (right.isOpen()) {
            node.putArray("security");
        } else {
            node.put(
                    "description",
                    "Needs the permission "
                            + right.needs().word()
                            + (right.isMoney() ? ", and that amounts are not hidden" : ""));
        }
        var parameters = node.putArray("parameters");
        for (var name : operation.pathParameters()) {
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
        var takes = operation.takes();
        takes.query().forEach(parameter -> put(parameters, parameter, "query"));
        takes.headers().forEach(parameter -> put(parameters, parameter, "header"));
        if (!takes.request().isEmpty()) {
            var body = node.putObject("requestBody").put("required", true);
            putContent(body, takes.requestType(), takes.request());
        }
        var responses = node.putObject("responses");
        operation
                .answers()
                .forEach((status, schema) -> response(responses, operation, status, schema));
        putContent(
                responses.putObject("default").put("description", "A problem"),
                Answer.PROBLEM,
                "Problem");
        return node;
    }

    private static void put(ArrayNode parameters, Operation.Parameter parameter, String in) {
        parameters
                .addObject()
                .put("name", parameter.name())
                .put("in", in)
                .set("schema", parameter.schema());
    }

    private static void response(
            ObjectNode responses, Operation operation, int status, String schema) {
        var response =
                responses
                        .putObject(Integer.toString(status))
                        .put("description", status < 300 ? "As wished" : "As it is");
        if (!schema.isEmpty()) {
            putContent(response, operation.mediaType(), schema);
        }
    }

    private static void putContent(ObjectNode node, String mediaType, String schema) {
        int parameters = mediaType.indexOf(';');
        var type = parameters < 0 ? mediaType : mediaType.substring(0, parameters);
        node.putObject("content").putObject(type).set("schema", Schema.ref(schema));
    }
}
