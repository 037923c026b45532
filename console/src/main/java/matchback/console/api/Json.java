package matchback.console.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;

/// Reading and writing JSON, strictly: no duplicate names, nothing after the document, amounts as
/// decimals.
public final class Json {
    private static final int DEPTH_MAX = 32;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            com.fasterxml.jackson.core.JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    /// A document, or what keeps it from being one.
    public sealed interface Parsed {
        record Value(ObjectNode object) implements Parsed {}

        /// @param line and
        /// @param column from 1; 0 when the trouble has no place
        record Malformed(String detail, int line, int column) implements Parsed {}
    }

    private Json() {}

    /// Reads a document that must be an object.
    public static Parsed parse(byte[] bytes) {
        try {
            return switch (MAPPER.readTree(bytes)) {
                case ObjectNode object -> new Parsed.Value(object);
                case JsonNode other ->
                        new Parsed.Malformed(
                                "The body must be a JSON object; it is "
                                        + (other.isMissingNode()
                                                ? "empty"
                                                : "of type " + typeOf(other)),
                                other.isMissingNode() ? 0 : 1,
                                other.isMissingNode() ? 0 : 1);
            };
        } catch (JsonProcessingException e) {
            var at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            return new Parsed.Malformed(
                    "The body is no JSON: " + e.getOriginalMessage(),
                    Math.max(0, at.getLineNr()),
                    Math.max(0, at.getColumnNr()));
        } catch (IOException _) {
            return new Parsed.Malformed("The body is no JSON: it is not well-formed UTF-8", 0, 0);
        }
    }

    /// Reads a document that is an object, or a list, which becomes the one field of an object.
    ///
    /// @param field name of that field
    public static Parsed parseListed(byte[] bytes, String field) {
        try {
            if (MAPPER.readTree(bytes) instanceof ArrayNode list) {
                var object = object();
                object.set(field, list);
                return new Parsed.Value(object);
            }
        } catch (IOException _) {
            // Told by the other reading, with its place.
        }
        return parse(bytes);
    }

    /// The answer to a body that is no JSON.
    static Answer problem(Parsed.Malformed malformed) {
        return Answer.problem(
                400,
                "malformed-json",
                "The body is not the JSON that is expected",
                malformed.line() == 0
                        ? malformed.detail()
                        : "%s (line %d, column %d)"
                                .formatted(
                                        malformed.detail(), malformed.line(), malformed.column()));
    }

    /// What people call the type of a value.
    static String typeOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "list";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case OBJECT, POJO -> "object";
            case STRING, BINARY -> "text";
            case NULL, MISSING -> "null";
        };
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /// What [#bytes] wrote.
    static JsonNode tree(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    /// Epoch milliseconds as ISO 8601 in UTC.
    public static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /// A text, or null for an empty one.
    static void putText(ObjectNode node, String field, String text) {
        if (text.isEmpty()) {
            node.putNull(field);
        } else {
            node.put(field, text);
        }
    }

    /// A time, or null for 0.
    static void putTime(ObjectNode node, String field, long millis) {
        if (millis == 0) {
            node.putNull(field);
        } else {
            node.put(field, time(millis));
        }
    }
}
