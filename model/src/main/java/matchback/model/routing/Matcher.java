package matchback.model.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import matchback.model.catalog.Condition;
import matchback.model.catalog.TimeWindow;

/// A condition, read once, to be asked for each visitor.
final class Matcher {
    private final Condition condition;
    private final Set<String> exact = new HashSet<>();
    private final List<String> patterns = new ArrayList<>();
    private final List<TimeWindow> windows = new ArrayList<>();

    Matcher(Condition condition) {
        this.condition = condition;
        for (var value : condition.values()) {
            var word = value.toLowerCase(Locale.ROOT);
            if (condition.trait().equals(Condition.TIME)) {
                if (TimeWindow.parse(value) instanceof TimeWindow.Parsed.Window(var window)) {
                    windows.add(window);
                }
            } else if (word.indexOf('*') >= 0) {
                patterns.add(word);
            } else {
                exact.add(word);
            }
        }
    }

    boolean matches(Visitor visitor) {
        return isOneOf(visitor) != condition.not();
    }

    private boolean isOneOf(Visitor visitor) {
        var trait = condition.trait();
        return switch (trait) {
            case Condition.TIME -> windows.stream().anyMatch(window -> window.isOpen(visitor.at()));
            case Condition.VISITOR ->
                    exact.contains(visitor.isReturning() ? Condition.RETURNING : Condition.NEW);
            case Condition.BOT -> exact.contains(visitor.isBot() ? Condition.YES : Condition.NO);
            default ->
                    has(
                            trait.startsWith("sub")
                                    ? visitor.subs().getOrDefault(trait, "")
                                    : visitor.traits().getOrDefault(trait, ""));
        };
    }

    private boolean has(String value) {
        if (value.isEmpty()) {
            return exact.contains(Condition.UNKNOWN);
        }
        var word = value.toLowerCase(Locale.ROOT);
        if (exact.contains(word)) {
            return true;
        }
        return switch (condition.trait()) {
                    // `de` is also de-DE.
                    case Condition.LANGUAGE ->
                            word.indexOf('-') > 0
                                    && exact.contains(word.substring(0, word.indexOf('-')));
                    // `example.com` is also www.example.com.
                    case Condition.REFERRER -> hasParent(word);
                    default -> false;
                }
                || patterns.stream().anyMatch(pattern -> fits(word, pattern));
    }

    private boolean hasParent(String host) {
        int dot = host.indexOf('.');
        while (dot >= 0) {
            if (exact.contains(host.substring(dot + 1))) {
                return true;
            }
            dot = host.indexOf('.', dot + 1);
        }
        return false;
    }

    /// Whether a text fits a pattern in which `*` stands for any characters. Looks at each
    /// character of the text at most once for each star.
    static boolean fits(String text, String pattern) {
        int at = 0;
        int star = -1;
        int starred = 0;
        int in = 0;
        while (at < text.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                starred = at;
            } else if (in < pattern.length() && pattern.charAt(in) == text.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++starred;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }
}
