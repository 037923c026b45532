package matchback.deliver;

import java.util.List;

/// The beginning of a foreign text, fit to be kept and shown: no control characters, no secrets.
public final class Excerpt {
    public static final int CHARS_MAX = 500;

    /// Stands in the place of a secret.
    static final String MASK = "***";

    /// More than is kept, so that a secret across the end is found whole.
    private static final int LOOKED_AT_MAX = 8_192;

    private static final char REPLACEMENT = '\uFFFD';

    private Excerpt() {}

    /// @param secrets texts that are blotted out, in this order; none is empty
    public static String of(String text, List<String> secrets) {
        var visible = text.length() > LOOKED_AT_MAX ? text.substring(0, LOOKED_AT_MAX) : text;
        for (var secret : secrets) {
            visible = visible.replace(secret, MASK);
        }
        var out = new StringBuilder(CHARS_MAX);
        for (int i = 0; i < visible.length(); ) {
            int point = visible.codePointAt(i);
            if (out.length() + Character.charCount(point) > CHARS_MAX) {
                break;
            }
            out.appendCodePoint(shown(point));
            i += Character.charCount(point);
        }
        return out.toString().strip();
    }

    private static int shown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL ->
                    point == '\n' || point == '\r' || point == '\t' ? ' ' : REPLACEMENT;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> REPLACEMENT;
            default -> point;
        };
    }
}
