package matchback.server.simulate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import matchback.server.demo.ApiClient;
import matchback.simulation.Market;

/// Makes the sources, senders, offers and campaigns of a market on a server, by its API; what is
/// there already stays as it is.
final class Ground {
    private final ApiClient api;

    Ground(ApiClient api) {
        this.api = api;
    }

    /// @return how many entities were made
    int prepare(Market market) {
        int made = 0;
        for (var source : market.sources()) {
            made += make("traffic-sources", source.key(), source.name(), sourceParameters());
        }
        for (var sender : market.offers().stream().map(Market.Offer::sender).distinct().toList()) {
            made += make("senders", sender, "Simulated: " + sender, Map.of());
        }
        for (var offer : market.offers()) {
            made += make("offers", offer.key(), offer.name(), offer(offer));
        }
        for (var campaign : market.campaigns()) {
            made += make("campaigns", campaign.key(), campaign.key(), campaign(campaign));
        }
        return made;
    }

    private static Map<String, Object> sourceParameters() {
        return Map.of(
                "parameters",
                Map.of(
                        "externalId",
                        Market.EXTERNAL_ID,
                        "creative",
                        Market.CREATIVE,
                        "sub1",
                        Market.PUBLISHER,
                        "sub2",
                        Market.COUNTRY));
    }

    /// The page is never fetched: who visits only reads the click id out of its URL.
    private static Map<String, Object> offer(Market.Offer offer) {
        return Map.of(
                "url",
                "https://shop.example/" + offer.key() + "?" + Player.CLICK_ID + "={clickid}",
                "sender",
                offer.sender(),
                "payout",
                offer.basket() > 0 ? "7.50" : offer.payout(),
                "currency",
                "USD");
    }

    private static Map<String, Object> campaign(Market.Campaign campaign) {
        return Map.of(
                "source",
                campaign.source(),
                "offers",
                List.of(Map.of("offer", campaign.offer(), "weight", 1)),
                "costModel",
                "cpc",
                "cost",
                "0.20");
    }

    private int make(String collection, String key, String name, Map<String, Object> more) {
        var path = "/api/v1/" + collection + "/" + key;
        var found = api.api("GET", path, "");
        return switch (found.statusCode()) {
            case 200 -> 0;
            case 401, 403 ->
                    throw new ApiClient.Unexpected(
                            "the server does not take this token; set MATCHBACK_ADMIN_TOKEN to its"
                                    + " own");
            default -> {
                var entity = new LinkedHashMap<String, Object>(more);
                entity.put("key", key);
                entity.put("name", name);
                api.create(collection, entity);
                yield 1;
            }
        };
    }
}
