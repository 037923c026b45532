package matchback.ingest.apple;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fields of a JSON object whose forms are fixed. What does not have its form ends the reading with
/// a sentence.
record JsonFields(JsonNode object) {
    private static final int TEXT_CHARS_MAX = 200;
    private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern DOMAIN = Pattern.compile("[^\\s\\p{C}]{1,200}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");

    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String problem) {
            super(problem, null, false, false);
        }

        String problem() {
            return String.valueOf(getMessage());
        }
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    String text(String name) {
        var value = need(name);
        if (!value.isTextual() || value.asText().length() > TEXT_CHARS_MAX) {
            throw new Wrong(name + " is no text of at most " + TEXT_CHARS_MAX + " characters");
        }
        return value.asText();
    }

    /// A text of one form.
    String text(String name, Pattern form, String expected) {
        var text = text(name);
        if (!form.matcher(text).matches()) {
            throw new Wrong(name + " is no " + expected);
        }
        return text;
    }

    /// The id of an ad network. Whoever signs joins fields by a character that must not stand in
    /// one of them: a postback could be told as another with other fields.
    String network(String name) {
        return text(name, NETWORK, "id of an ad network");
    }

    /// The id of a postback.
    String id(String name) {
        return text(name, ID, "id of letters, digits and hyphens");
    }

    /// The country's code; empty for what is none: it is not signed, and only shown.
    String country(String name) {
        var text = object.path(name).asText("");
        return COUNTRY.matcher(text).matches() ? text.toUpperCase(Locale.ROOT) : "";
    }

    String textOr(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    /// A domain, or empty when there is none.
    String domainOr(String name, String otherwise) {
        return has(name) ? text(name, DOMAIN, "domain") : otherwise;
    }

    long number(String name, long max) {
        var value = need(name);
        boolean fits =
                value.isIntegralNumber()
                        && value.bigIntegerValue().signum() >= 0
                        && value.bigIntegerValue().compareTo(BigInteger.valueOf(max)) <= 0;
        if (!fits) {
            throw new Wrong(name + " is no whole number from 0 to " + max);
        }
        return value.asLong();
    }

    @Nullable Integer numberOrNull(String name, int max) {
        return has(name) ? (int) number(name, max) : null;
    }

    /// Devices with early betas of iOS 14 sent 0 and 1.
    boolean truth(String name) {
        var value = need(name);
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.isInt() && (value.asInt() == 0 || value.asInt() == 1)) {
            return value.asInt() == 1;
        }
        throw new Wrong(name + " is neither true nor false");
    }

    private JsonNode need(String name) {
        if (!has(name)) {
            throw new Wrong(name + " is missing");
        }
        return object.get(name);
    }
}
