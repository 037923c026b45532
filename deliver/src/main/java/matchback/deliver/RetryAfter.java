package matchback.deliver;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/// The header Retry-After (RFC 9110 §10.2.3): seconds, or a date.
final class RetryAfter {
    /// A destination cannot put us off for longer.
    static final Duration PAUSE_MAX = Duration.ofHours(24);

    private static final int DIGITS_MAX = 9;

    private RetryAfter() {}

    /// The pause asked for, at most [#PAUSE_MAX]; zero for a time that has passed and for what
    /// cannot be read.
    static Duration parse(String text, Instant now) {
        var value = text.strip();
        boolean isNumber = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (isNumber) {
            return value.length() > DIGITS_MAX
                    ? PAUSE_MAX
                    : capped(Duration.ofSeconds(Integer.parseInt(value)));
        }
        try {
            var at = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            return capped(Duration.between(now, at));
        } catch (DateTimeException | ArithmeticException _) {
            return Duration.ZERO;
        }
    }

    private static Duration capped(Duration pause) {
        return pause.isNegative()
                ? Duration.ZERO
                : pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }
}
