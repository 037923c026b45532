package matchback.model.catalog;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
/// @param cap how many conversions a day are counted; null: any number
/// @param eventWindows window in days by event type, where it is another one; null: none is
/// @param clicksPerDay how many clicks a day are sent to it; null: any number
public record Offer(
        String key,
        String name,
        String url,
        @Nullable String sender,
        @Nullable Long payoutMicros,
        @Nullable String currency,
        String clickIdParameter,
        int windowDays,
        boolean archived,
        @Nullable ConversionCap cap,
        @Nullable Map<String, Integer> eventWindows,
        @Nullable Integer clicksPerDay)
        implements Entity {

    public static final int WINDOW_DAYS_DEFAULT = 30;
    public static final int WINDOW_DAYS_MAX = 365;
    public static final String CLICK_ID_PARAMETER_DEFAULT = "clickid";

    /// An offer without a cap and with one window for all event types.
    public Offer(
            String key,
            String name,
            String url,
            @Nullable String sender,
            @Nullable Long payoutMicros,
            @Nullable String currency,
            String clickIdParameter,
            int windowDays,
            boolean archived) {
        this(
                key,
                name,
                url,
                sender,
                payoutMicros,
                currency,
                clickIdParameter,
                windowDays,
                archived,
                null,
                null,
                null);
    }

    public Offer {
        eventWindows =
                eventWindows == null || eventWindows.isEmpty() ? null : Map.copyOf(eventWindows);
    }

    public Optional<ConversionCap> dailyCap() {
        return Optional.ofNullable(cap);
    }

    /// Windows of the event types that have one of their own, in days.
    public Map<String, Integer> windowsByEvent() {
        return eventWindows == null ? Map.of() : eventWindows;
    }

    /// The same offer with another cap and other windows.
    public Offer with(@Nullable ConversionCap dailyCap, Map<String, Integer> windows) {
        return new Offer(
                key,
                name,
                url,
                sender,
                payoutMicros,
                currency,
                clickIdParameter,
                windowDays,
                archived,
                dailyCap,
                windows,
                clicksPerDay);
    }

    /// The same offer with another cap on its clicks.
    public Offer withClicksPerDay(@Nullable Integer most) {
        return new Offer(
                key,
                name,
                url,
                sender,
                payoutMicros,
                currency,
                clickIdParameter,
                windowDays,
                archived,
                cap,
                eventWindows,
                most);
    }

    /// The same offer in or out of use.
    public Offer with(boolean isArchived) {
        return new Offer(
                key,
                name,
                url,
                sender,
                payoutMicros,
                currency,
                clickIdParameter,
                windowDays,
                isArchived,
                cap,
                eventWindows,
                clicksPerDay);
    }

    /// How many clicks a day are sent to it; empty for any number.
    public OptionalInt dailyClicks() {
        return clicksPerDay == null ? OptionalInt.empty() : OptionalInt.of(clicksPerDay);
    }

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
