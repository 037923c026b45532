package matchback.model;

import java.util.regex.Pattern;

/// Recognises a macro that a network, source or tracker did not replace, in every delimiter style
/// in real use: `{x}` `{{x}}` `${x}` `%{x}` `{$x}` `{url(x)}` `[x]` `[[[x]]]` `(x)` `$$click(x)`
/// `#x#` `##x##` `#x##y#` `<x>` `%x%` `%%x%%` `__X__` `-x-`, also when the delimiters arrive
/// percent-encoded twice. Singular's own names of two events, `__iap__` and
/// `__ADMON_USER_LEVEL_REVENUE__`, are none.
public final class UnfilledMacro {
    private static final int CHARS_MAX = 200;

    private static final Pattern FORM =
            Pattern.compile(
                    """
                    [$%]?\\{+[^{}]*\\}+
                    |(?:\\$\\$[a-z]+)?\\([A-Za-z][\\w-]*\\)
                    |\\$?\\[+[^\\[\\]]*\\]+
                    |(?:\\#+[^\\#\\s]+\\#+)+
                    |<[^<>]+>
                    |%+[A-Za-z_][\\w.:-]*%+
                    |__(?!iap__|ADMON_USER_LEVEL_REVENUE__)[A-Za-z0-9]\\w*__
                    |-[A-Za-z_][A-Za-z0-9_]*-
                    """
                            .replace("\n", ""));

    private UnfilledMacro() {}

    /// Whether the whole value is one macro.
    public static boolean isOne(String value) {
        var text = value.strip();
        if (text.length() < 2 || text.length() > CHARS_MAX) {
            return false;
        }
        return FORM.matcher(text).matches()
                || (text.indexOf('%') >= 0
                        && FORM.matcher(Percent.decodeLeniently(text)).matches());
    }
}
