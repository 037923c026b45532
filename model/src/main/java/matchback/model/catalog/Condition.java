package matchback.model.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import matchback.model.Macros;

/// One rule of a path: something known of the visitor is, or is not, one of some values.
///
/// @param trait one of [#TRAITS]
/// @param not whether it must be none of the values
/// @param values any of them; at least one. Case does not matter, `*` stands for any characters,
///   [#UNKNOWN] for what is not known
public record Condition(String trait, boolean not, List<String> values) {
    public static final String UNKNOWN = "unknown";
    public static final String LANGUAGE = "language";
    public static final String REFERRER = "referrer";
    public static final String VISITOR = "visitor";
    public static final String NEW = "new";
    public static final String RETURNING = "returning";
    public static final String BOT = "bot";
    public static final String YES = "yes";
    public static final String NO = "no";
    public static final String TIME = "time";
    public static final int COUNT_MAX = 20;
    public static final int VALUES_MAX = 500;
    public static final int VALUE_CHARS_MAX = 128;

    /// What rules can ask for, in the order in which they are offered.
    public static final Set<String> TRAITS = traits();

    public Condition {
        values = List.copyOf(values);
    }

    private static Set<String> traits() {
        var traits = new LinkedHashSet<String>();
        traits.addAll(
                List.of(
                        "country", "region", "city", "device", "os", "browser", LANGUAGE, "isp",
                        REFERRER, VISITOR, BOT, TIME));
        for (int i = 1; i <= Macros.SUBS; i++) {
            traits.add("sub" + i);
        }
        return Collections.unmodifiableSet(traits);
    }

    /// What is wrong with a value of a trait, as a sentence; empty for nothing.
    public static Optional<String> problem(String trait, String value) {
        var word = value.toLowerCase(Locale.ROOT);
        return switch (trait) {
            case VISITOR -> oneOf(value, word, NEW, RETURNING);
            case BOT -> oneOf(value, word, YES, NO);
            case TIME ->
                    switch (TimeWindow.parse(value)) {
                        case TimeWindow.Parsed.Window _ -> Optional.empty();
                        case TimeWindow.Parsed.Problem(var message) -> Optional.of(message);
                    };
            default -> Optional.empty();
        };
    }

    private static Optional<String> oneOf(String value, String word, String first, String second) {
        return word.equals(first) || word.equals(second)
                ? Optional.empty()
                : Optional.of("\"" + value + "\"; expected is " + first + " or " + second);
    }

    /// In short, as it stands in a click: `country=DE,AT`, `device≠mobile`.
    public String text() {
        var shown = new ArrayList<>(values.subList(0, Math.min(values.size(), 3)));
        if (values.size() > shown.size()) {
            shown.add((values.size() - shown.size()) + " more");
        }
        return trait + (not ? "≠" : "=") + String.join(",", shown);
    }
}
