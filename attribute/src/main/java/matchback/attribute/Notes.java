package matchback.attribute;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import matchback.model.Reason;
import matchback.model.trace.StepKind;

/// What was assumed on the way to a decision: warnings, and what exactly was found.
final class Notes {
    /// Longest value of a parameter that is quoted.
    private static final int QUOTE_CHARS_MAX = 60;

    private final Trace trace;
    private final Set<Reason> warnings = new LinkedHashSet<>();
    private final List<String> details = new ArrayList<>();

    Notes(Trace trace) {
        this.trace = trace;
    }

    void warn(Reason warning, String detail) {
        warnings.add(warning);
        trace.took(StepKind.WARNED, warning.code(), detail);
        mention(detail);
    }

    void mention(String detail) {
        if (!detail.isEmpty()) {
            details.add(detail);
        }
    }

    /// In the order they came up, each once.
    List<Reason> warnings() {
        return List.copyOf(warnings);
    }

    /// All details as one sentence.
    String detail() {
        return String.join("; ", details);
    }

    /// A value as it stands in a detail: in quotes, one line, cut.
    static String quoted(String value) {
        var line = new StringBuilder("'");
        value.codePoints()
                .limit(QUOTE_CHARS_MAX)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(line::appendCodePoint);
        return line.append(value.codePointCount(0, value.length()) > QUOTE_CHARS_MAX ? "…'" : "'")
                .toString();
    }
}
