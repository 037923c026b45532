package matchback.model.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import matchback.model.apple.ApplePostback;
import matchback.model.apple.ApplePostback.Coarse;
import org.jspecify.annotations.Nullable;

/// An app whose installs Apple's devices report, and what their reports mean.
///
/// @param key its id in the App Store, in digits; `0` for builds made by Xcode
/// @param sources which campaign a source identifier stands for
/// @param fallbackCampaign key of the campaign of all other source identifiers; null: none
/// @param values what conversion values mean; the first that fits counts
/// @param currency ISO 4217 code of the values' revenue; null: the report currency
/// @param acceptDevelopment whether postbacks of tests and of devices in developer mode count
/// @param forwardUrls who gets every postback of the app as it came
public record AppleApp(
        String key,
        String name,
        List<AppleSource> sources,
        @Nullable String fallbackCampaign,
        List<Value> values,
        @Nullable String currency,
        boolean acceptDevelopment,
        List<String> forwardUrls,
        boolean archived)
        implements Entity {
    /// What the destination of a forward URL begins with in the outbox.
    public static final String ADDRESS_KIND = "apple";

    public static final int FORWARDS_MAX = 5;

    /// What a conversion value means: a range of fine values, or a coarse one.
    ///
    /// @param window 1 to 3; null: each that can carry the value
    /// @param from fine value 0 to 63; null with a coarse one
    /// @param to the last of the range; null with a coarse one
    /// @param coarse null with fine values
    /// @param revenueMicros millionths of the currency unit
    public record Value(
            @Nullable Integer window,
            @Nullable Integer from,
            @Nullable Integer to,
            @Nullable Coarse coarse,
            String eventType,
            long revenueMicros) {

        boolean fits(ApplePostback postback) {
            if (window != null && window != postback.window() + 1) {
                return false;
            }
            var fine = postback.fineValue();
            if (fine != null) {
                return from != null && to != null && from <= fine && fine <= to;
            }
            return coarse != null && coarse == postback.coarseValue();
        }
    }

    public AppleApp {
        sources = List.copyOf(sources);
        values = List.copyOf(values);
        forwardUrls = List.copyOf(forwardUrls);
    }

    /// What the postback's conversion value means; empty when it has none, or no rule fits.
    public Optional<Value> value(ApplePostback postback) {
        return values.stream().filter(value -> value.fits(postback)).findFirst();
    }

    /// What stands for the forward URLs in the outbox, in their order.
    public List<String> addresses() {
        var addresses = new ArrayList<String>();
        for (int i = 0; i < forwardUrls.size(); i++) {
            addresses.add(ADDRESS_KIND + ':' + key + '-' + (i + 1));
        }
        return addresses;
    }

    /// The forward URL that an address's key stands for, as in `525463029-1`; empty when it is
    /// gone.
    public Optional<String> forwardUrl(int number) {
        return number < 1 || number > forwardUrls.size()
                ? Optional.empty()
                : Optional.of(forwardUrls.get(number - 1));
    }
}
