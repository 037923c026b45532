package matchback.deliver.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Which values go where in a JSON object.
public record Mapping<T>(List<Entry<T>> entries) {

    /// What came of it.
    public sealed interface Written {

        /// @param personal texts in it that must not show up in a note
        record Whole(ObjectNode json, List<String> personal) implements Written {
            public Whole {
                personal = List.copyOf(personal);
            }
        }

        /// @param whatToDo of the first value that should be there and is not
        record Lacking(String path, String whatToDo) implements Written {}
    }

    public Mapping {
        entries = List.copyOf(entries);
    }

    public Written write(T of) {
        var json = Json.object();
        var personal = new ArrayList<String>();
        for (var entry : entries) {
            var value = entry.value().apply(of);
            if (value.isPresent()) {
                put(json, entry.path(), value.get());
                if (entry.isPersonal()) {
                    Concealed.collect(value.get(), personal);
                }
            } else if (!entry.demand().isEmpty()) {
                return new Written.Lacking(entry.path(), entry.demand());
            }
        }
        return new Written.Whole(json, personal);
    }

    private static void put(ObjectNode json, String path, JsonNode value) {
        var at = json;
        int from = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
            at = at.withObjectProperty(path.substring(from, dot));
            from = dot + 1;
        }
        at.set(path.substring(from), value);
    }
}
