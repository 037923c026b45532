package matchback.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;

/// The roads of the catalog version at hand, each made when it is first asked for. Safe for use by
/// many threads.
final class Roads {
    /// @param homes keys of campaigns by host name; empty where several have the same
    private record Version(
            Catalog catalog, ConcurrentMap<String, Road> roads, Map<String, String> homes) {
        static Version of(Catalog catalog) {
            var homes = new HashMap<String, String>();
            for (var campaign : catalog.all(Campaign.class).values()) {
                if (!campaign.archived()) {
                    campaign.routes()
                            .host()
                            .ifPresent(host -> homes.merge(host, campaign.key(), (_, _) -> ""));
                }
            }
            return new Version(catalog, new ConcurrentHashMap<>(), Map.copyOf(homes));
        }
    }

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
        this.newest = Version.of(catalog);
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

    /// The only campaign that has this host name.
    Optional<String> home(Catalog catalog, String host) {
        var key = version(catalog).homes().getOrDefault(host.toLowerCase(Locale.ROOT), "");
        return key.isEmpty() ? Optional.empty() : Optional.of(key);
    }

    private Version version(Catalog catalog) {
        var version = newest;
        if (version.catalog() != catalog) {
            version = Version.of(catalog);
            newest = version;
        }
        return version;
    }

    /// Where visitors of unknown campaigns go.
    Optional<String> fallbackUrl() {
        return fallback.map(link -> link.url(_ -> "", "", List.of()));
    }
}
