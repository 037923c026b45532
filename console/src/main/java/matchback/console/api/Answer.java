package matchback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a caller of the API gets.
///
/// @param contentType empty without a body
public record Answer(int status, String contentType, Map<String, String> headers, Body body) {
    public static final String JSON = "application/json";
    public static final String PROBLEM = "application/problem+json";

    /// The bytes, at hand or still to be written.
    public sealed interface Body {
        record None() implements Body {}

        record Bytes(byte[] bytes) implements Body {}

        /// Written piece by piece, for answers of any length.
        record Stream(Writing writing) implements Body {}
    }

    /// Writes a body; blocks while the caller is slow.
    @FunctionalInterface
    public interface Writing {
        void to(OutputStream out) throws IOException;
    }

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer json(JsonNode node) {
        return json(200, node);
    }

    public static Answer json(int status, JsonNode node) {
        return new Answer(status, JSON, Map.of(), new Body.Bytes(Json.bytes(node)));
    }

    public static Answer text(String contentType, String text) {
        return new Answer(
                200, contentType, Map.of(), new Body.Bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Answer stream(String contentType, Writing writing) {
        return new Answer(200, contentType, Map.of(), new Body.Stream(writing));
    }

    public static Answer noContent() {
        return new Answer(204, "", Map.of(), new Body.None());
    }

    /// A problem (RFC 9457).
    ///
    /// @param kind last part of its type, for example `validation`
    /// @param detail what was found and what was expected
    public static Answer problem(int status, String kind, String title, String detail) {
        return problem(status, kind, title, detail, List.of());
    }

    /// A problem that names fields.
    public static Answer problem(
            int status, String kind, String title, String detail, List<FieldProblem> errors) {
        var node = problemNode(status, kind, title, detail);
        if (!errors.isEmpty()) {
            var list = node.putArray("errors");
            for (var error : errors) {
                list.addObject().put("field", error.field()).put("message", error.message());
            }
        }
        return problem(status, node);
    }

    /// A problem's document, to be filled up with members of its own.
    static ObjectNode problemNode(int status, String kind, String title, String detail) {
        return Json.object()
                .put("type", "urn:matchback:problem:" + kind.replace('_', '-'))
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }

    static Answer problem(int status, ObjectNode node) {
        return new Answer(status, PROBLEM, Map.of(), new Body.Bytes(Json.bytes(node)));
    }

    /// The problem of a request whose fields are not as they should be.
    public static Answer invalid(List<FieldProblem> errors) {
        var first = errors.getFirst();
        return problem(
                422,
                "validation",
                "The request has fields that cannot be taken",
                errors.size() == 1
                        ? first.field() + ": " + first.message()
                        : errors.size()
                                + " fields; the first: "
                                + first.field()
                                + ": "
                                + first.message(),
                errors);
    }

    public static Answer notFound(String detail) {
        return problem(404, "not-found", "There is nothing here", detail);
    }

    public Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, more, body);
    }
}
