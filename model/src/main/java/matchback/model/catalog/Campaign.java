package matchback.model.catalog;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One tracking link: a traffic source, a cost model, and where its visitors go.
///
/// @param number stands in click ids; given once, never reused
/// @param source key of the traffic source; null: none
/// @param offers where visitors go whom none of the paths takes; without paths, all of them
/// @param costMicros cost in millionths, meant as the cost model says
/// @param currency ISO 4217 code of the cost; null: the report currency
/// @param fallbackUrl serves visitors when the campaign is paused or has no offer
/// @param passParameters whether the visitor's unknown query parameters go on to the offer
/// @param redirectStatus 302, 303 or 307
/// @param oldLinks links of other trackers that lead here ([OldLink#text()]); null: none
/// @param routing paths and how visitors are sent; null: as in [Routing#PLAIN]
public record Campaign(
        String key,
        int number,
        String name,
        @Nullable String source,
        List<WeightedOffer> offers,
        CostModel costModel,
        @Nullable Long costMicros,
        @Nullable String currency,
        @Nullable String fallbackUrl,
        boolean paused,
        boolean passParameters,
        int redirectStatus,
        boolean archived,
        @Nullable List<String> oldLinks,
        @Nullable Routing routing)
        implements Entity {

    public static final int OFFERS_MAX = 100;
    public static final int WEIGHT_MAX = 1_000_000;

    /// @param offer key of the offer
    /// @param weight its share of the clicks relative to the sum of the weights; 0 switches it off
    public record WeightedOffer(String offer, int weight) {}

    /// What a click costs.
    public enum CostModel {
        NONE,
        CPC,
        CPM,
        CPA,
        REVSHARE,
        DAILY
    }

    public Campaign {
        offers = List.copyOf(offers);
        oldLinks = oldLinks == null || oldLinks.isEmpty() ? null : List.copyOf(oldLinks);
        routing = Routing.PLAIN.equals(routing) ? null : routing;
    }

    /// A campaign that no old link leads to.
    public Campaign(
            String key,
            int number,
            String name,
            @Nullable String source,
            List<WeightedOffer> offers,
            CostModel costModel,
            @Nullable Long costMicros,
            @Nullable String currency,
            @Nullable String fallbackUrl,
            boolean paused,
            boolean passParameters,
            int redirectStatus,
            boolean archived) {
        this(
                key,
                number,
                name,
                source,
                offers,
                costModel,
                costMicros,
                currency,
                fallbackUrl,
                paused,
                passParameters,
                redirectStatus,
                archived,
                null,
                null);
    }

    /// The same campaign with other links of other trackers.
    public Campaign withOldLinks(List<String> links) {
        return new Campaign(
                key,
                number,
                name,
                source,
                offers,
                costModel,
                costMicros,
                currency,
                fallbackUrl,
                paused,
                passParameters,
                redirectStatus,
                archived,
                links,
                routing);
    }

    /// The same campaign with other paths and ways to send visitors.
    public Campaign withRouting(Routing other) {
        return new Campaign(
                key,
                number,
                name,
                source,
                offers,
                costModel,
                costMicros,
                currency,
                fallbackUrl,
                paused,
                passParameters,
                redirectStatus,
                archived,
                oldLinks,
                other);
    }

    /// The same campaign in or out of use.
    public Campaign with(boolean isArchived) {
        return new Campaign(
                key,
                number,
                name,
                source,
                offers,
                costModel,
                costMicros,
                currency,
                fallbackUrl,
                paused,
                passParameters,
                redirectStatus,
                isArchived,
                oldLinks,
                routing);
    }

    /// How visitors are sent.
    public Routing routes() {
        return routing == null ? Routing.PLAIN : routing;
    }

    /// Keys of all offers that visitors may be sent to, each once.
    public List<String> offerKeys() {
        return Stream.concat(
                        offers.stream(),
                        routes().paths().stream().flatMap(path -> path.offers().stream()))
                .map(WeightedOffer::offer)
                .distinct()
                .toList();
    }

    /// Links of other trackers that lead here.
    public List<String> links() {
        return oldLinks == null ? List.of() : oldLinks;
    }

    public Optional<String> sourceKey() {
        return Optional.ofNullable(source);
    }
}
