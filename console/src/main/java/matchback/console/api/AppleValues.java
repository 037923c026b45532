package matchback.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import matchback.model.EventTypes;
import matchback.model.Money;
import matchback.model.apple.ApplePostback;
import matchback.model.apple.ApplePostback.Coarse;
import matchback.model.catalog.AppleApp.Value;
import org.jspecify.annotations.Nullable;

/// What conversion values mean, in JSON: `{"window":1,"value":"10-63","event":"purchase",
/// "revenue":"4.99"}`. A value is a fine one, a range of them, or a coarse one's word.
final class AppleValues {
    private static final String WINDOW = "window";
    private static final String VALUE = "value";
    private static final String EVENT = "event";
    private static final String REVENUE = "revenue";
    private static final int COUNT_MAX = 400;
    private static final Pattern FINE = Pattern.compile("([0-9]{1,2})(?:\\s*-\\s*([0-9]{1,2}))?");

    private AppleValues() {}

    static List<FieldSpec> fields() {
        return List.of(
                FieldSpec.optional(
                        WINDOW,
                        Schema.orNull(
                                Schema.integer(
                                        "Conversion window; null: each that can carry the value",
                                        1,
                                        3))),
                FieldSpec.required(
                        VALUE,
                        Schema.text(
                                "0 to 63, a range such as 10-63, or one of low, medium and high")),
                FieldSpec.required(EVENT, Schema.text("Event type that it counts as", 40)),
                FieldSpec.optional(REVENUE, Schema.amount("What it is worth; none: 0")));
    }

    static List<Value> read(Form form, String field) {
        var values = new ArrayList<Value>();
        for (var entry : form.forms(field, COUNT_MAX)) {
            entry.onlyFields(Set.of(WINDOW, VALUE, EVENT, REVENUE));
            var value = value(entry);
            value.ifPresent(next -> {
                values.stream()
                        .filter(earlier -> overlap(earlier, next))
                        .findFirst()
                        .ifPresent(earlier ->
                                entry.problem(
                                        VALUE,
                                        "\""
                                                + text(next)
                                                + "\" is in \""
                                                + text(earlier)
                                                + "\" already"));
                values.add(next);
            });
        }
        return values;
    }

    private static Optional<Value> value(Form entry) {
        var event = event(entry);
        long revenue = entry.micros(REVENUE).orElse(0L);
        int number = entry.number(WINDOW, 1, 3, 0);
        var window = number == 0 ? null : number;
        var text = entry.text(VALUE, 40).map(word -> word.toLowerCase(Locale.ROOT)).orElse("");
        var coarse = Stream.of(Coarse.values()).filter(c -> c.word().equals(text)).findFirst();
        if (coarse.isPresent()) {
            return event.map(type -> new Value(window, null, null, coarse.get(), type, revenue));
        }
        var fine = FINE.matcher(text);
        if (!fine.matches()) {
            entry.problem(
                    VALUE, "A value is 0 to 63, a range such as 10-63, or low, medium or high");
            return Optional.empty();
        }
        int from = Integer.parseInt(fine.group(1));
        int to = fine.group(2) == null ? from : Integer.parseInt(fine.group(2));
        if (from > to || to > ApplePostback.FINE_MAX) {
            entry.problem(VALUE, "A range goes from a lower to a higher value, at most 63");
            return Optional.empty();
        }
        if (number > 1) {
            entry.problem(
                    WINDOW,
                    "Fine values are told in window 1 alone; later windows tell low,"
                            + " medium or high");
        }
        return event.map(type -> new Value(window, from, to, null, type, revenue));
    }

    private static Optional<String> event(Form entry) {
        var event = entry.text(EVENT, 40).map(type -> type.toLowerCase(Locale.ROOT));
        if (event.filter(EventTypes::isWellFormed).isEmpty()) {
            entry.problem(EVENT, "An event type of 1 to 40 of a-z, 0-9 and underscore is expected");
        }
        return event.filter(EventTypes::isWellFormed);
    }

    private static boolean overlap(Value one, Value other) {
        var coarse = one.coarse();
        boolean isSameWindow = window(one, other) || window(other, one);
        if (!isSameWindow || coarse != other.coarse()) {
            return false;
        }
        return coarse != null || (from(one) <= to(other) && from(other) <= to(one));
    }

    private static boolean window(Value one, Value other) {
        return one.window() == null || one.window().equals(other.window());
    }

    private static int from(Value value) {
        return orZero(value.from());
    }

    private static int to(Value value) {
        return orZero(value.to());
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    /// The value as the API has it: `7`, `10-63` or `low`.
    private static String text(Value value) {
        var coarse = value.coarse();
        if (coarse != null) {
            return coarse.word();
        }
        return from(value) == to(value)
                ? Integer.toString(from(value))
                : from(value) + "-" + to(value);
    }

    static void write(List<Value> values, ArrayNode node) {
        for (var value : values) {
            node.addObject()
                    .put(WINDOW, value.window())
                    .put(VALUE, text(value))
                    .put(EVENT, value.eventType())
                    .put(REVENUE, Money.plain(value.revenueMicros()));
        }
    }
}
