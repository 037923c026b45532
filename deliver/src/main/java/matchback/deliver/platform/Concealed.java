package matchback.deliver.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Texts that must not show up in notes.
public final class Concealed {
    /// Shorter ones say nothing of a person, and would make holes in every sentence.
    private static final int CHARS_MIN = 4;

    private Concealed() {}

    /// All texts in a value.
    static void collect(JsonNode value, Collection<String> into) {
        if (value.isContainerNode()) {
            value.forEach(part -> collect(part, into));
        } else {
            add(value.asText(), into);
        }
    }

    /// As it is, and as it stands in JSON.
    public static void add(String text, Collection<String> into) {
        if (text.length() >= CHARS_MIN) {
            into.add(text);
            var quoted = Json.text(Json.nodes().textNode(text));
            var escaped = quoted.substring(1, quoted.length() - 1);
            if (!escaped.equals(text)) {
                into.add(escaped);
            }
        }
    }

    /// The longest first, so that none leaves a part of a longer one behind.
    static List<String> inOrder(Collection<String> texts) {
        return texts.stream()
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }
}
