package matchback.model.catalog;

import java.time.Duration;
import java.util.Optional;
import matchback.model.Money;
import org.jspecify.annotations.Nullable;

/// The advertiser's page.
///
/// @param url template with the macros of [matchback.model.Macros#CLICK]
/// @param sender key of the sender that will report its conversions; null: any
/// @param payoutMicros default payout in millionths; null: none
/// @param currency ISO 4217 code of the default payout and of payouts that name none
/// @param clickIdParameter query parameter added with the click id when the URL has no `{clickid}`
/// @param windowDays attribution window from click to first conversion, in days
public record Offer(
        String key,
        String name,
        String url,
        @Nullable String sender,
        @Nullable Long payoutMicros,
        @Nullable String currency,
        String clickIdParameter,
        int windowDays,
        boolean archived)
        implements Entity {

    public static final int WINDOW_DAYS_DEFAULT = 30;
    public static final int WINDOW_DAYS_MAX = 365;
    public static final String CLICK_ID_PARAMETER_DEFAULT = "clickid";

    public Optional<String> senderKey() {
        return Optional.ofNullable(sender);
    }

    public Duration window() {
        return Duration.ofDays(windowDays);
    }

    /// The default payout, in the offer's currency or else the given one.
    public Optional<Money> payout(String otherwise) {
        return payoutMicros == null
                ? Optional.empty()
                : Optional.of(new Money(payoutMicros, currency == null ? otherwise : currency));
    }
}
