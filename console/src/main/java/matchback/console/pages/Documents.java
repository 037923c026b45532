package matchback.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Moves values between forms, which know texts only, and the documents of the API.
final class Documents {
    private Documents() {}

    /// A value as text; empty for none.
    static String text(JsonNode document, String field) {
        var value = document.path(field);
        return value.isNull() || value.isMissingNode() ? "" : value.asText();
    }

    /// A text of the form; none when it is empty.
    static void putText(Visit visit, ObjectNode document, String... fields) {
        for (var field : fields) {
            var text = visit.form(field);
            if (text.isEmpty()) {
                document.putNull(field);
            } else {
                document.put(field, text);
            }
        }
    }

    /// A whole number of the form; what is none stays a text, for the rules to complain about.
    static void putNumber(ObjectNode document, String field, String text) {
        if (text.isEmpty()) {
            document.remove(field);
        } else if (text.matches("-?\\d{1,9}")) {
            document.put(field, Integer.parseInt(text));
        } else {
            document.put(field, text);
        }
    }

    static void putFlag(Visit visit, ObjectNode document, String field) {
        document.put(field, visit.form(field).equals("true"));
    }

    /// The form's fields `field.name` as an object of texts. Names the form does not have stay.
    static void putPairs(Visit visit, ObjectNode document, String field, List<String> names) {
        var object = document.withObject(field);
        for (var name : names) {
            var value = visit.form(field + '.' + name);
            if (value.isEmpty()) {
                object.remove(name);
            } else {
                object.put(name, value);
            }
        }
    }

    /// Lines `word = meaning` as an object of texts.
    static void putLines(ObjectNode document, String field, String text) {
        var object = document.putObject(field);
        for (var line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                object.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            } else if (!line.isBlank()) {
                object.put(line.strip(), "?");
            }
        }
    }

    /// An object of texts as lines `word = meaning`.
    static String lines(ObjectNode document, String field) {
        var texts = new TreeMap<String, String>();
        document.path(field)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        var lines = new ArrayList<String>();
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            lines.add(entry.getKey() + " = " + entry.getValue());
        }
        return String.join("\n", lines);
    }
}
