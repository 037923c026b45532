package matchback.ingest;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;

/// The roads of the catalog version at hand, each made when it is first asked for. Safe for use by
/// many threads.
final class Roads {
    private record Version(Catalog catalog, ConcurrentMap<String, Road> roads) {}

    private final Optional<OfferLink> fallback;
    private volatile Version newest;

    /// @param fallbackUrl of the installation
    Roads(Catalog catalog, Optional<String> fallbackUrl) {
        this.fallback =
                fallbackUrl.map(url ->
                        OfferLink.of(url, Offer.CLICK_ID_PARAMETER_DEFAULT)
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                "fallback URL '" + url + "' is no URL")));
        this.newest = new Version(catalog, new ConcurrentHashMap<>());
    }

    /// The road of a campaign; empty for a key that no campaign has.
    Optional<Road> road(Catalog catalog, String key) {
        var roads = version(catalog).roads();
        var road = roads.get(key);
        if (road != null) {
            return Optional.of(road);
        }
        var made = catalog.campaign(key).map(campaign -> Road.of(catalog, campaign, fallback));
        made.ifPresent(r -> roads.put(key, r));
        return made;
    }

    private Version version(Catalog catalog) {
        var version = newest;
        if (version.catalog() != catalog) {
            version = new Version(catalog, new ConcurrentHashMap<>());
            newest = version;
        }
        return version;
    }

    /// Where visitors of unknown campaigns go.
    Optional<String> fallbackUrl() {
        return fallback.map(link -> link.url(_ -> "", "", List.of()));
    }
}
