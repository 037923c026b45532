package matchback.model.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import matchback.model.Money;

/// What a conversion of a sender earns, when it is not simply what the report says.
///
/// @param micros the amount in millionths for [Kind#FIXED], the percentage in millionths for the
///   shares, 0 for [Kind#OFFER_DEFAULT]
public record PayoutRule(Kind kind, long micros) {
    /// All of it: 100 %.
    public static final long PERCENT_MICROS_MAX = 100_000_000;

    public enum Kind {
        /// Always the same amount, in the sender's currency.
        FIXED,
        /// A percentage of the payout the report names.
        SHARE_OF_PAYOUT,
        /// A percentage of the order's value the report names.
        SHARE_OF_VALUE,
        /// Always the default payout of the click's offer.
        OFFER_DEFAULT;

        /// The spelling in the API, for example `share_of_value`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> ofWord(String word) {
            return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
        }

        public boolean isShare() {
            return switch (this) {
                case SHARE_OF_PAYOUT, SHARE_OF_VALUE -> true;
                case FIXED, OFFER_DEFAULT -> false;
            };
        }
    }

    public PayoutRule {
        long max =
                switch (kind) {
                    case FIXED -> Money.MICROS_MAX;
                    case SHARE_OF_PAYOUT, SHARE_OF_VALUE -> PERCENT_MICROS_MAX;
                    case OFFER_DEFAULT -> 0;
                };
        if (micros < 0 || micros > max || (kind.isShare() && micros == 0)) {
            throw new IllegalArgumentException(micros + " millionths for " + kind);
        }
    }

    /// The share of an amount, rounded half up to six digits.
    public Money shareOf(Money whole) {
        if (!kind.isShare()) {
            throw new IllegalStateException(kind + " is no share");
        }
        var share =
                BigDecimal.valueOf(whole.micros())
                        .multiply(BigDecimal.valueOf(micros, 8))
                        .setScale(0, RoundingMode.HALF_UP);
        return new Money(share.longValueExact(), whole.currency());
    }

    /// The percentage as it is written: `12.5`.
    public String percent() {
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }
}
