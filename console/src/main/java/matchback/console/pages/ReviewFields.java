package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import matchback.console.api.Json;
import matchback.console.api.Reviews;
import matchback.model.Reason;
import matchback.model.Status;

/// The fields of a verdict on pages, named as in the API.
final class ReviewFields {
    static final String NOTE = "note";
    private static final List<String> VALUES =
            List.of("status", "event", "payout", "currency", "txid");

    private ReviewFields() {}

    /// The fields that reports of a reason need, the amount with its currency.
    static List<String> needed(Reason reason) {
        return Reviews.needed(reason)
                .map(field ->
                        field.equals("payout") ? List.of("payout", "currency") : List.of(field))
                .orElse(List.of());
    }

    static List<String> others(Reason reason) {
        var others = new ArrayList<>(VALUES);
        others.removeAll(needed(reason));
        return others;
    }

    static List<FormField> fields(Visit visit, List<String> names, Map<String, String> errors) {
        return names.stream().map(name -> field(visit, name, errors)).toList();
    }

    static FormField field(Visit visit, String name, Map<String, String> errors) {
        var texts = visit.texts();
        var label = texts.of("review." + name);
        var hint = texts.orElse("review." + name + ".hint", "");
        var error = errors.getOrDefault(name, "");
        if (name.equals("status")) {
            var options = new ArrayList<Option>();
            options.add(Option.of("", texts.of("review.as_sent")));
            Arrays.stream(Status.values())
                    .map(s -> Option.of(s.word(), texts.of("word." + s.word())))
                    .forEach(options::add);
            return new FormField.Choice(name, label, visit.form(name), options, hint, error);
        }
        return new FormField.Text(
                name,
                label,
                visit.form(name),
                hint,
                error,
                texts.orElse("review." + name + ".example", ""),
                "text",
                name.equals(NOTE),
                false);
    }

    /// What was sent, as the API would get it.
    static ObjectNode body(Visit visit) {
        var body = Json.object();
        body.put("verdict", visit.form("verdict")).put(NOTE, visit.form(NOTE));
        for (var name : VALUES) {
            var value = visit.form(name);
            if (!value.isEmpty()) {
                body.put(name, value);
            }
        }
        return body;
    }
}
