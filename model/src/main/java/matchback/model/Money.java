package matchback.model;

import java.math.BigDecimal;
import java.util.Optional;

/// An amount of money with its currency: DECIMAL(18,6), never a floating-point number.
///
/// @param micros the amount in millionths of the currency unit, below 10^18 either way
/// @param currency an ISO 4217 code in upper case
public record Money(long micros, String currency) {
    /// Largest magnitude, in millionths: 18 digits.
    public static final long MICROS_MAX = 999_999_999_999_999_999L;

    public Money {
        if (micros > MICROS_MAX || micros < -MICROS_MAX) {
            throw new IllegalArgumentException(
                    "amount of " + micros + " millionths; at most 18 digits");
        }
        if (currency.length() != 3) {
            throw new IllegalArgumentException("currency '" + currency + "'; an ISO 4217 code");
        }
    }

    public Money negated() {
        return new Money(-micros, currency);
    }

    /// The amount as a plain decimal with at least two and at most six places: `12.50`.
    public String plain() {
        return plain(micros);
    }

    /// [#plain()] for an amount in millionths.
    public static String plain(long micros) {
        var value = BigDecimal.valueOf(micros, 6).stripTrailingZeros();
        return value.setScale(Math.max(2, value.scale())).toPlainString();
    }

    /// The ISO 4217 code a text names, in upper case; empty when there is no such currency.
    public static Optional<String> currency(String text) {
        var code = text.strip().toUpperCase(java.util.Locale.ROOT);
        return Iso4217.CODES.contains(code) ? Optional.of(code) : Optional.empty();
    }
}
