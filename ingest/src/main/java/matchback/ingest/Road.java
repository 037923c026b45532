package matchback.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A campaign as one catalog version has it, ready to send visitors along.
///
/// @param ways to the offers that take part; none when the campaign is paused, archived or has no
///   usable offer
/// @param fallback the campaign's own, else the installation's
record Road(
        Campaign campaign,
        List<Way> ways,
        long weights,
        ClickFields.Reader reader,
        Optional<OfferLink> fallback) {

    private static final Logger LOG = LoggerFactory.getLogger(Road.class);

    record Way(Offer offer, int weight, OfferLink link) {}

    static Road of(Catalog catalog, Campaign campaign, Optional<OfferLink> fallback) {
        var ways = new ArrayList<Way>();
        if (!campaign.paused() && !campaign.archived()) {
            for (var weighted : campaign.offers()) {
                way(catalog, campaign, weighted).ifPresent(ways::add);
            }
        }
        var own =
                Optional.ofNullable(campaign.fallbackUrl())
                        .flatMap(url -> OfferLink.of(url, Offer.CLICK_ID_PARAMETER_DEFAULT));
        return new Road(
                campaign,
                List.copyOf(ways),
                ways.stream().mapToLong(Way::weight).sum(),
                new ClickFields.Reader(campaign.sourceKey().flatMap(catalog::source)),
                own.or(() -> fallback));
    }

    private static Optional<Way> way(Catalog catalog, Campaign campaign, WeightedOffer weighted) {
        var offer = catalog.offer(weighted.offer()).filter(o -> !o.archived());
        if (offer.isEmpty() || weighted.weight() <= 0) {
            return Optional.empty();
        }
        var link = OfferLink.of(offer.get().url(), offer.get().clickIdParameter());
        if (link.isEmpty()) {
            LOG.warn(
                    "offer left out campaign={} offer={} cause=bad_url",
                    campaign.key(),
                    offer.get().key());
        }
        return link.map(l -> new Way(offer.get(), weighted.weight(), l));
    }

    /// Chooses an offer by its weight; empty when there is none.
    Optional<Way> choose(RandomGenerator random) {
        if (ways.size() <= 1) {
            return ways.stream().findFirst();
        }
        long left = random.nextLong(weights);
        for (var way : ways) {
            left -= way.weight();
            if (left < 0) {
                return Optional.of(way);
            }
        }
        throw new IllegalStateException("weights of " + campaign.key() + " do not add up");
    }

    /// Where visitors go whom the campaign cannot serve; the same for all of them.
    Optional<String> fallbackUrl() {
        return fallback.map(link ->
                link.url(name -> name.equals("campaign") ? campaign.key() : "", "", List.of()));
    }
}
