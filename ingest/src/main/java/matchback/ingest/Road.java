package matchback.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;
import matchback.model.catalog.RoutePath.WeightedLander;
import matchback.model.routing.Choice;
import matchback.model.routing.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A campaign as one catalog version has it, ready to send visitors along.
///
/// @param router where they go; nowhere when the campaign is paused, archived or has no usable
///   offer
/// @param offers the ways to the offers, by key
/// @param landers the same of landers
/// @param fallback the campaign's own, else the installation's
record Road(
        Campaign campaign,
        Router router,
        Map<String, OfferLink> offers,
        Map<String, OfferLink> landers,
        ClickFields.Reader reader,
        Optional<OfferLink> fallback) {

    private static final Logger LOG = LoggerFactory.getLogger(Road.class);

    static Road of(Catalog catalog, Campaign campaign, Optional<OfferLink> fallback) {
        var offers = new HashMap<String, OfferLink>();
        for (var key : campaign.offerKeys()) {
            catalog.offer(key)
                    .ifPresent(offer ->
                            put(offers, campaign, key, offer.url(), offer.clickIdParameter()));
        }
        var landers = new HashMap<String, OfferLink>();
        campaign.routes().paths().stream()
                .flatMap(path -> path.landers().stream())
                .map(WeightedLander::lander)
                .distinct()
                .flatMap(key -> catalog.lander(key).stream())
                .forEach(page ->
                        put(landers, campaign, page.key(), page.url(), page.clickIdParameter()));
        var own =
                Optional.ofNullable(campaign.fallbackUrl())
                        .flatMap(url -> OfferLink.of(url, Offer.CLICK_ID_PARAMETER_DEFAULT));
        return new Road(
                campaign,
                Router.of(
                        catalog,
                        campaign,
                        offer -> offers.containsKey(offer.key()),
                        lander -> landers.containsKey(lander.key())),
                Map.copyOf(offers),
                Map.copyOf(landers),
                new ClickFields.Reader(campaign.sourceKey().flatMap(catalog::source)),
                own.or(() -> fallback));
    }

    private static void put(
            Map<String, OfferLink> links, Campaign campaign, String key, String url, String name) {
        var link = OfferLink.of(url, name);
        if (link.isEmpty()) {
            LOG.warn("left out campaign={} page={} cause=bad_url", campaign.key(), key);
        }
        link.ifPresent(found -> links.put(key, found));
    }

    /// The page a visitor is sent to first.
    OfferLink link(Choice choice) {
        var lander = choice.lander();
        var link =
                lander.isPresent()
                        ? landers.get(lander.get().key())
                        : offers.get(choice.offer().key());
        if (link == null) {
            throw new IllegalStateException("a choice of " + campaign.key() + " without a link");
        }
        return link;
    }

    /// Where visitors go whom the campaign cannot serve; the same for all of them.
    Optional<String> fallbackUrl() {
        return fallback.map(link ->
                link.url(name -> name.equals("campaign") ? campaign.key() : "", "", List.of()));
    }
}
