package matchback.model.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One step on the way to a decision.
///
/// @param values in the order of the kind's names; none longer than [#VALUE_CHARS_MAX] characters
public record Step(StepKind kind, List<String> values) {
    /// Longest value that is kept.
    public static final int VALUE_CHARS_MAX = 80;

    private static final int CUT_CHARS_MAX = VALUE_CHARS_MAX - 1;

    public Step {
        values = List.copyOf(values);
    }

    /// A step with its values cut to one line and to the greatest length. Values that are left out
    /// at the end are empty.
    public static Step of(StepKind kind, String... values) {
        if (values.length > kind.names().size()) {
            throw new IllegalArgumentException(
                    kind + " with " + values.length + " values; it has " + kind.names());
        }
        return new Step(kind, List.of(values).stream().map(Step::cut).toList());
    }

    private static String cut(String value) {
        var line = new StringBuilder();
        value.codePoints()
                .limit(VALUE_CHARS_MAX)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(line::appendCodePoint);
        if (line.length() <= VALUE_CHARS_MAX && line.length() >= value.length()) {
            return line.toString();
        }
        int end = Math.min(line.length(), CUT_CHARS_MAX);
        return line.substring(0, line.offsetByCodePoints(0, codePoints(line, end))) + '…';
    }

    /// How many whole characters stand before a position.
    private static int codePoints(StringBuilder text, int end) {
        boolean splits = Character.isHighSurrogate(text.charAt(end - 1));
        return text.codePointCount(0, splits ? end - 1 : end);
    }

    /// A value by its name; empty when there is none.
    public String value(String name) {
        int at = kind.names().indexOf(name);
        return at < 0 || at >= values.size() ? "" : values.get(at);
    }

    /// The values by name, those that are not empty.
    public Map<String, String> named() {
        var named = new LinkedHashMap<String, String>();
        for (var name : kind.names()) {
            if (!value(name).isEmpty()) {
                named.put(name, value(name));
            }
        }
        return named;
    }

    /// What was done, in one sentence without a full stop.
    public String text() {
        return Sentence.of(kind.pattern(), this::value);
    }
}
