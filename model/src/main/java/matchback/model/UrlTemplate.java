package matchback.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A URL with macros: `https://offer.example/?cid={clickid}&s={sub1}`.
///
/// Values are percent-encoded where they are put in, so a value can never end its place, start
/// another parameter or break a header. Scheme, host and port are literal: no macro may stand
/// there.
public final class UrlTemplate {
    /// Longest template in characters.
    public static final int CHARS_MAX = 4096;

    /// Longest value put in; a longer one is cut.
    public static final int VALUE_CHARS_MAX = 512;

    /// The template, or one sentence that says what is wrong with it.
    public sealed interface Parsed {
        record Template(UrlTemplate template) implements Parsed {}

        record Problem(String message) implements Parsed {}
    }

    private sealed interface Part {
        record Literal(String text) implements Part {}

        record Macro(String name) implements Part {}
    }

    private final String text;
    private final List<Part> parts;

    private UrlTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /// @param known names a macro may have
    public static Parsed parse(String text, Set<String> known) {
        var problem = problemOf(text);
        if (problem.isPresent()) {
            return new Parsed.Problem(problem.get());
        }
        var parts = new ArrayList<Part>();
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf('{', from);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                parts.add(new Part.Literal(text.substring(from)));
                break;
            }
            var name = text.substring(open + 1, close);
            if (!known.contains(name)) {
                return new Parsed.Problem(unknown(name, known));
            }
            if (open > from) {
                parts.add(new Part.Literal(text.substring(from, open)));
            }
            parts.add(new Part.Macro(name));
            from = close + 1;
        }
        return new Parsed.Template(new UrlTemplate(text, parts));
    }

    private static Optional<String> problemOf(String text) {
        if (text.length() > CHARS_MAX) {
            return Optional.of(
                    "The URL has " + text.length() + " characters; at most " + CHARS_MAX);
        }
        if (!text.startsWith("https://") && !text.startsWith("http://")) {
            return Optional.of("The URL must start with https:// or http://");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7F || c == '\\')) {
            return Optional.of("The URL has a space, a control character or a backslash");
        }
        var authority = authority(text);
        if (authority.isEmpty() || authority.startsWith(":")) {
            return Optional.of("The URL names no host");
        }
        if (authority.indexOf('{') >= 0 || authority.indexOf('@') >= 0) {
            return Optional.of(
                    "The host must be literal: no macro and no user name before the path");
        }
        return Optional.empty();
    }

    private static String unknown(String name, Set<String> known) {
        return "Unknown macro {"
                + name
                + "}; known are "
                + String.join(", ", known.stream().sorted().toList());
    }

    private static String authority(String text) {
        int from = text.indexOf("://") + 3;
        int end = from;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(from, end);
    }

    /// Host, with the port if one is written.
    public String authority() {
        return authority(text);
    }

    public boolean uses(String macro) {
        return parts.contains(new Part.Macro(macro));
    }

    /// The URL with each macro replaced by its encoded value; an empty value leaves its place
    /// empty.
    public String fill(Function<String, String> values) {
        var out = new StringBuilder(text.length() + 64);
        for (var part : parts) {
            switch (part) {
                case Part.Literal(var literal) -> out.append(literal);
                case Part.Macro(var name) ->
                        Percent.encode(Cut.atMost(VALUE_CHARS_MAX, values.apply(name)), out);
            }
        }
        return out.toString();
    }

    /// The URL with `name=value` added to its query, before any fragment.
    public static String withParameter(String url, String name, String value) {
        int fragment = url.indexOf('#');
        var base = fragment < 0 ? url : url.substring(0, fragment);
        var separator =
                base.indexOf('?') < 0 ? "?" : base.endsWith("?") || base.endsWith("&") ? "" : "&";
        return base
                + separator
                + Percent.encode(name)
                + '='
                + Percent.encode(value)
                + (fragment < 0 ? "" : url.substring(fragment));
    }

    /// The template as it was written.
    @Override
    public String toString() {
        return text;
    }
}
