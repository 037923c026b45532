package matchback.model.trace;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Makes a sentence out of a pattern and values.
///
/// `{name}` is the value of the name, `{name:age}` a number of seconds in words, any other
/// `{name:form}` a code in words. A part in square brackets is left out when one of its values is
/// empty.
final class Sentence {
    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry("request", "as the request itself says"),
                    Map.entry("mapping", "by the sender's mapping"),
                    Map.entry("usual", "by its usual meaning"),
                    Map.entry("sender", "the sender's"),
                    Map.entry("offer", "the offer's"),
                    Map.entry("report", "the report currency"),
                    Map.entry("sent", "as sent"),
                    Map.entry("review", "as a person said"),
                    Map.entry("default", "the default of the offer"),
                    Map.entry("fixed", "fixed by the sender's rule"),
                    Map.entry("offer_rule", "the offer's, by the sender's rule"),
                    Map.entry("share", "a share by the sender's rule"),
                    Map.entry("event_id", "its event_id"),
                    Map.entry("transaction", "its txid"),
                    Map.entry(
                            "adoption",
                            "being the one without a txid, which it takes from this report"),
                    Map.entry("only_one", "being the click's only one of its type"),
                    Map.entry("no_source", "the click has no traffic source"),
                    Map.entry("no_postback", "its traffic source wants no postback"),
                    Map.entry("nothing_happened", "nothing happened that anybody need hear of"),
                    Map.entry("first_approval", "it hears of a first approval alone"),
                    Map.entry("told_before", "it was told before"),
                    Map.entry(
                            "told_often", "it was told of this conversion as often as anybody is"),
                    Map.entry("moment", "it does not hear of this"),
                    Map.entry("untold", "it was never told of the conversion"),
                    Map.entry("campaign", "the campaign is none of its own"),
                    Map.entry("source", "the traffic source is none of its own"),
                    Map.entry("why offer", "the offer is none of its own"),
                    Map.entry("event_type", "the event type is none of its own"),
                    Map.entry("payout", "the payout is below its least one"),
                    Map.entry("percent", "it is told of a share of all conversions"),
                    Map.entry("test", "it is a test"),
                    Map.entry("apple", "with a key of Apple's"),
                    Map.entry("development", "with a key of developer mode"),
                    Map.entry("approve", "approved"),
                    Map.entry("reject", "rejected"));

    private Sentence() {}

    static String of(String pattern, UnaryOperator<String> values) {
        var text = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            int open = pattern.indexOf('[', at);
            if (open < 0) {
                open = pattern.length();
            }
            append(text, pattern.substring(at, open), values);
            if (open == pattern.length()) {
                break;
            }
            int close = pattern.indexOf(']', open);
            var part = new StringBuilder();
            if (append(part, pattern.substring(open + 1, close), values)) {
                text.append(part);
            }
            at = close + 1;
        }
        return text.toString();
    }

    /// @return whether all its values are there
    private static boolean append(
            StringBuilder text, String pattern, UnaryOperator<String> values) {
        boolean isWhole = true;
        int at = 0;
        while (true) {
            int open = pattern.indexOf('{', at);
            if (open < 0) {
                text.append(pattern, at, pattern.length());
                return isWhole;
            }
            text.append(pattern, at, open);
            int close = pattern.indexOf('}', open);
            var parts = pattern.substring(open + 1, close).split(":", 2);
            var value = values.apply(parts[0]);
            isWhole &= !value.isEmpty();
            text.append(parts.length == 1 ? value : words(parts[1], value));
            at = close + 1;
        }
    }

    private static String words(String form, String value) {
        return form.equals("age")
                ? age(value)
                : WORDS.getOrDefault(form + ' ' + value, WORDS.getOrDefault(value, value));
    }

    /// The two largest units of a number of seconds.
    private static String age(String seconds) {
        if (!seconds.matches("-?\\d{1,15}")) {
            return seconds;
        }
        var age = Duration.ofSeconds(Math.abs(Long.parseLong(seconds)));
        if (age.toDays() > 0) {
            return two(age.toDays(), age.toDays() == 1 ? " day" : " days", age.toHoursPart(), " h");
        }
        return age.toHours() > 0
                ? two(age.toHours(), " h", age.toMinutesPart(), " min")
                : two(age.toMinutes(), " min", age.toSecondsPart(), " s");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        if (large == 0) {
            return small + smallUnit;
        }
        return small == 0 ? large + largeUnit : large + largeUnit + ' ' + small + smallUnit;
    }
}
