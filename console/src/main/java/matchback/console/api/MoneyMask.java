package matchback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.report.Metric;

/// Hides amounts in what the API answers: in every object, whatever stands under the name of an
/// amount or of a metric made of amounts; and all numbers in sentences. What has no value stays null. It may hide too much, such as a setting that is called `value`, and never shows too much
/// as long as amounts have these names; raw requests, which may have any, are closed by [Rights].
///
/// [Rights]: matchback.console.people.Rights
public final class MoneyMask {
    static final String HIDDEN = "***";

    private static final Set<String> NAMES =
            Stream.concat(
                            Stream.of(
                                    "amount",
                                    "amounts",
                                    "payout",
                                    "payoutLimit",
                                    "payoutMin",
                                    "payoutRule",
                                    "percent",
                                    "price",
                                    "bid"),
                            Arrays.stream(Metric.values())
                                    .filter(Metric::isMoney)
                                    .map(Metric::word))
                    .collect(Collectors.toUnmodifiableSet());

    /// Names under which sentences stand.
    private static final Set<String> SENTENCES = Set.of("detail", "evidence", "message");

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");

    private MoneyMask() {}

    /// A sentence without its numbers: any of them may be an amount.
    public static String sentence(String text, String instead) {
        return NUMBER.matcher(text).replaceAll(Matcher.quoteReplacement(instead));
    }

    /// The answer without amounts. Only what is at hand is looked through: an answer that is
    /// written piece by piece hides them itself.
    static Answer hide(Answer answer) {
        if (!answer.contentType().equals(Answer.JSON)
                || !(answer.body() instanceof Answer.Body.Bytes(var bytes))) {
            return answer;
        }
        var node = Json.tree(bytes);
        hide(node);
        return new Answer(
                answer.status(),
                answer.contentType(),
                answer.headers(),
                new Answer.Body.Bytes(Json.bytes(node)));
    }

    /// Hides the amounts in a document.
    static void hide(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (var entry : object.properties()) {
                var value = entry.getValue();
                if (SENTENCES.contains(entry.getKey()) && value.isTextual()) {
                    object.put(entry.getKey(), sentence(value.asText(), HIDDEN));
                } else if (!NAMES.contains(entry.getKey())) {
                    hide(value);
                } else if (value.isObject()) {
                    hideAll((ObjectNode) value);
                } else if (!value.isNull()) {
                    object.put(entry.getKey(), HIDDEN);
                }
            }
        } else {
            node.forEach(MoneyMask::hide);
        }
    }

    /// All of it is about an amount: its currency too may tell.
    private static void hideAll(ObjectNode amount) {
        for (var entry : amount.properties()) {
            if (!entry.getValue().isNull()) {
                amount.put(entry.getKey(), HIDDEN);
            }
        }
    }
}
