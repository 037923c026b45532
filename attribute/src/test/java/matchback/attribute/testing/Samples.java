package matchback.attribute.testing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.ExchangeRate;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;
import matchback.model.catalog.Sender.Answer;
import matchback.model.catalog.Sender.Security;
import matchback.model.catalog.TrafficSource;
import org.jspecify.annotations.Nullable;

/// Entities of a small catalog. The report currency of the tests is USD.
public final class Samples {
    public static final String POSTBACK_URL =
            "https://source.example/pb?c={externalid}&p={payout}&s={status}";

    private Samples() {}

    public static TrafficSource source(String key, @Nullable String postbackUrl) {
        return new TrafficSource(key, key, Map.of(), postbackUrl, false);
    }

    public static Sender sender(String key) {
        return sender(key, Map.of(), null, Security.OPEN);
    }

    public static Sender secured(String key, Security security) {
        return sender(key, Map.of(), null, security);
    }

    public static Sender limited(String key, long limitMicros) {
        return sender(key, Map.of(), limitMicros, Security.OPEN);
    }

    public static Sender mapped(String key, Map<String, String> statuses) {
        return sender(key, statuses, null, Security.OPEN);
    }

    /// @param parameters names by field
    public static Sender mapped(
            String key, Map<String, String> parameters, Map<String, String> statuses) {
        return sender(key, parameters, statuses, null, Security.OPEN);
    }

    private static Sender sender(
            String key, Map<String, String> statuses, @Nullable Long limit, Security security) {
        return sender(key, Map.of(), statuses, limit, security);
    }

    private static Sender sender(
            String key,
            Map<String, String> parameters,
            Map<String, String> statuses,
            @Nullable Long limit,
            Security security) {
        return new Sender(
                key,
                key,
                parameters,
                statuses,
                Map.of("ftd", "deposit"),
                null,
                limit,
                "Europe/Kyiv",
                security,
                Answer.PLAIN,
                false);
    }

    /// An offer that pays 10 USD and has a window of 30 days.
    public static Offer offer(String key, @Nullable String sender) {
        return offer(key, sender, 10_000_000L);
    }

    public static Offer offer(String key, @Nullable String sender, @Nullable Long payoutMicros) {
        return offer(key, sender, payoutMicros, 30);
    }

    public static Offer offer(
            String key, @Nullable String sender, @Nullable Long payoutMicros, int windowDays) {
        return new Offer(
                key,
                key,
                "https://offer.example/?c={clickid}",
                sender,
                payoutMicros,
                "USD",
                "clickid",
                windowDays,
                false);
    }

    public static Campaign campaign(int number, String source, String... offers) {
        return new Campaign(
                "campaign" + number,
                number,
                "Campaign " + number,
                source,
                List.of(offers).stream().map(offer -> new WeightedOffer(offer, 1)).toList(),
                CostModel.NONE,
                null,
                null,
                null,
                false,
                false,
                302,
                false);
    }

    public static ExchangeRate rate(String currency, String rate) {
        return new ExchangeRate(currency, new BigDecimal(rate), false);
    }
}
