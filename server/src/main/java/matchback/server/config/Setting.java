package matchback.server.config;

import java.util.Locale;

/// One key of the configuration.
///
/// @param key lower-case words with dashes; the flag is `--key`, the variable `MATCHBACK_KEY`
/// @param form how its text is read
/// @param fallback the text taken when nobody sets it
/// @param meaning what it does, for the help and the documentation
/// @param visibility who may see it
public record Setting<T>(
        String key, Form<T> form, String fallback, String meaning, Visibility visibility) {

    static final String VARIABLE_PREFIX = "MATCHBACK_";

    /// Who gets to see a setting or its value.
    public enum Visibility {
        SHOWN,
        /// The key is documented, its value is never shown.
        SECRET,
        /// For tests only: in no help and no documentation.
        UNDOCUMENTED
    }

    static <T> Setting<T> of(String key, Form<T> form, String fallback, String meaning) {
        return new Setting<>(key, form, fallback, meaning, Visibility.SHOWN);
    }

    static <T> Setting<T> secret(String key, Form<T> form, String meaning) {
        return new Setting<>(key, form, "", meaning, Visibility.SECRET);
    }

    static <T> Setting<T> undocumented(String key, Form<T> form, String fallback, String meaning) {
        return new Setting<>(key, form, fallback, meaning, Visibility.UNDOCUMENTED);
    }

    public String flag() {
        return "--" + key;
    }

    public String variable() {
        return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /// Whether the flag alone, without a value, means true.
    public boolean isFlag() {
        return form.equals(Form.FLAG);
    }

    /// A value's text as it may be shown.
    String shown(String text) {
        return visibility == Visibility.SECRET && !text.isEmpty() ? "******" : text;
    }
}
