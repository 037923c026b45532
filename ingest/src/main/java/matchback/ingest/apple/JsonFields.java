package matchback.ingest.apple;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Fields of a JSON object whose forms are fixed. What does not have its form ends the reading with
/// a sentence.
record JsonFields(JsonNode object) {
    private static final int TEXT_CHARS_MAX = 200;

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

    String textOr(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
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
