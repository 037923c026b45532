package matchback.deliver.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON as platforms speak it.
public final class Json {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Amounts go out as plain decimals: 0.000001, not 1E-6.
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(com.fasterxml.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build();

    private Json() {}

    public static JsonNodeFactory nodes() {
        return NODES;
    }

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    /// What stands in an answer; a missing node when it is no JSON, for example because it was cut.
    public static JsonNode lenient(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }
}
