package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.Event.AttemptResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The description of the API against what is really answered.
final class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

    private final TestingConsole console = new TestingConsole();
    private final JsonNode document = console.send(console.bare("/openapi.json")).json();

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void it_is_an_openapi_document() {
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.path("info").path("title").asText()).isEqualTo("Matchback");
        assertThat(document.path("info").path("version").asText()).isEqualTo("0.1.0");

        var ids = new HashSet<String>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation -> {
                                    assertThat(operation.getKey()).isIn(METHODS);
                                    checkOperation(path.getKey(), operation.getValue());
                                    var id = operation.getValue().path("operationId");
                                    assertThat(ids.add(id.asText())).as("second %s", id).isTrue();
                                }));
        assertThat(ids).hasSizeGreaterThan(30);
    }

    private static void checkOperation(String path, JsonNode operation) {
        assertThat(operation.path("summary").asText()).as(path).isNotEmpty();
        assertThat(operation.path("responses").has("default")).as(path).isTrue();
        assertThat(operation.path("responses").size()).as(path).isGreaterThan(1);
        var inPath = new ArrayList<String>();
        for (var parameter : operation.path("parameters")) {
            assertThat(parameter.path("in").asText()).isIn("path", "query", "header");
            assertThat(parameter.path("schema").has("type")).as(path).isTrue();
            if (parameter.path("in").asText().equals("path")) {
                assertThat(parameter.path("required").asBoolean()).isTrue();
                inPath.add('{' + parameter.path("name").asText() + '}');
            }
        }
        assertThat(inPath).allSatisfy(name -> assertThat(path).contains(name));
        assertThat(inPath).hasSize((int) path.chars().filter(c -> c == '{').count());
    }

    @Test
    void every_reference_leads_to_a_schema() {
        var references = document.findValuesAsText("$ref");

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(document.at(reference.substring(1)).isObject())
                                .as(reference)
                                .isTrue());
    }

    @Test
    void every_path_is_served_and_takes_no_other_method() {
        document.path("paths")
                .properties()
                .forEach(path -> {
                    var url = path.getKey().replaceAll("\\{\\w+}", "x");
                    var reply =
                            console.send(
                                    console.withToken(url)
                                            .method(
                                                    "PATCH",
                                                    java.net.http.HttpRequest.BodyPublishers
                                                            .noBody()));
                    assertThat(reply.status()).as(url).isEqualTo(405);
                    var allowed =
                            List.of(
                                    reply.header("Allow")
                                            .toLowerCase(java.util.Locale.ROOT)
                                            .split(", ", -1));
                    path.getValue()
                            .fieldNames()
                            .forEachRemaining(method -> assertThat(allowed).contains(method));
                });
    }

    @Test
    void answers_have_no_field_that_is_not_described() {
        var traffic = new Traffic(console);
        console.post("/api/v1/exchange-rates", "{\"key\":\"EUR\",\"rate\":\"1.1\"}");
        console.post(
                "/api/v1/destinations",
                """
                {"key":"mine","type":"hook","settings":{"url":"https://hook.example/"},
                 "secrets":{"token":"abc"},"eventNames":{"sale":"Buy"}}
                """);
        var id = traffic.click();
        var postback = traffic.postback(id, "payout=12.50&txid=A1&value=99");
        traffic.attempt(id, AttemptResult.RETRY, 503, "busy");
        console.awaitColumns();

        for (var path :
                List.of(
                        "/api/v1/traffic-sources",
                        "/api/v1/senders",
                        "/api/v1/offers",
                        "/api/v1/campaigns",
                        "/api/v1/exchange-rates",
                        "/api/v1/destinations",
                        "/api/v1/destination-types",
                        "/api/v1/postbacks",
                        "/api/v1/conversions",
                        "/api/v1/deliveries",
                        "/api/v1/clicks",
                        "/api/v1/reasons",
                        "/api/v1/templates",
                        "/api/v1/report",
                        "/api/v1/sums",
                        "/health/live",
                        "/health/ready")) {
            var items = console.get(path).json();
            assertThat(items.path("items").size() + items.path("rows").size() + items.size())
                    .isPositive();
            matches(items, schema(path), path);
        }
        matches(console.get("/api/v1/clicks/" + id).json(), schema("/api/v1/clicks/{id}"), "click");
        matches(
                console.get("/api/v1/postbacks/" + postback.recordId()).json(),
                schema("/api/v1/postbacks/{recordId}"),
                "postback");
        matches(
                console.get("/api/v1/destinations/source:push/health").json(),
                schema("/api/v1/destinations/{key}/health"),
                "health");
        matches(
                console.get("/api/v1/conversions/" + postback.recordId() + "/destinations").json(),
                schema("/api/v1/conversions/{id}/destinations"),
                "told");
        matches(
                console.get("/api/v1/nothing").json(),
                document.at("/components/schemas/Problem"),
                "problem");
    }

    private JsonNode schema(String path) {
        return document.path("paths")
                .path(path)
                .path("get")
                .at("/responses/200/content/application~1json/schema");
    }

    /// Checks a value against the parts of JSON Schema that the document uses.
    private void matches(JsonNode value, JsonNode schema, String at) {
        assertThat(schema.isObject()).as(at).isTrue();
        if (schema.has("$ref")) {
            matches(value, document.at(schema.path("$ref").asText().substring(1)), at);
            return;
        }
        if (schema.has("anyOf")) {
            if (!value.isNull()) {
                matches(value, schema.path("anyOf").path(0), at);
            }
            return;
        }
        assertThat(types(schema.path("type"))).as(at).contains(type(value));
        if (value.isArray()) {
            value.forEach(item -> matches(item, schema.path("items"), at + "[]"));
        }
        if (value.isObject()) {
            for (var field : value.properties()) {
                var described = schema.path("properties").path(field.getKey());
                var other = schema.path("additionalProperties");
                matchesField(field.getValue(), described, other, at + '.' + field.getKey());
            }
            schema.path("required")
                    .forEach(name -> assertThat(value.has(name.asText())).as(at).isTrue());
        }
        if (value.isTextual() && schema.has("pattern")) {
            assertThat(value.asText()).as(at).matches(schema.path("pattern").asText());
        }
    }

    private void matchesField(JsonNode value, JsonNode described, JsonNode other, String at) {
        if (described.isObject()) {
            matches(value, described, at);
        } else if (other.isObject()) {
            matches(value, other, at);
        } else {
            assertThat(other.asBoolean()).as("%s is not described", at).isTrue();
        }
    }

    private static List<String> types(JsonNode type) {
        if (type.isTextual()) {
            return List.of(type.asText());
        }
        var types = new ArrayList<String>();
        type.forEach(one -> types.add(one.asText()));
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case STRING -> "string";
            case NULL -> "null";
            case OBJECT -> "object";
            case BINARY, MISSING, POJO -> "other";
        };
    }
}
