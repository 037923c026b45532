package matchback.server.demo;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Who buys, sells and reports in the demo: roles, not companies. Made by the API, as anybody
/// would.
final class Market {

    /// @param creatives with the chance of a click to convert, which is why one ad beats another
    record Campaign(
            String key,
            String name,
            String source,
            String offer,
            String cost,
            int weight,
            Map<String, Double> creatives) {}

    /// @param payout default
    /// @param leadsFirst whether it reports a lead first and decides later
    record Offer(String key, String name, String sender, String payout, boolean leadsFirst) {}

    /// @param externalId name of the parameter with the source's own click id
    record Source(String key, String name, String externalId, String creative, String sub) {}

    static final List<Source> SOURCES =
            List.of(
                    new Source("push", "Push source", "zid", "banner", "zone"),
                    new Source("native", "Native source", "click_id", "ad", "publisher"),
                    new Source("video", "Video source", "vclid", "clip", "placement"));

    static final List<Offer> OFFERS =
            List.of(
                    new Offer("shoes", "Running shoes", "network", "18.00", false),
                    new Offer("sleep-app", "Sleep app, trial", "advertiser", "6.50", false),
                    new Offer("loan-compare", "Loan comparison", "network", "32.00", true),
                    new Offer("cooking", "Cooking course", "advertiser", "11.00", true));

    static final List<Campaign> CAMPAIGNS =
            List.of(
                    new Campaign(
                            "shoes-push",
                            "Shoes, push",
                            "push",
                            "shoes",
                            "0.35",
                            30,
                            Map.of("runner-red", 0.055, "runner-blue", 0.030, "sale-50", 0.012)),
                    new Campaign(
                            "sleep-native",
                            "Sleep app, native",
                            "native",
                            "sleep-app",
                            "0.28",
                            26,
                            Map.of("moon", 0.082, "sheep", 0.051)),
                    new Campaign(
                            "loan-native",
                            "Loans, native",
                            "native",
                            "loan-compare",
                            "0.90",
                            20,
                            Map.of("calculator", 0.061, "piggy-bank", 0.022)),
                    new Campaign(
                            "cooking-video",
                            "Cooking, video",
                            "video",
                            "cooking",
                            "0.42",
                            16,
                            Map.of("pasta-15s", 0.070, "knife-30s", 0.034)),
                    new Campaign(
                            "shoes-video",
                            "Shoes, video",
                            "video",
                            "shoes",
                            "0.60",
                            8,
                            Map.of("marathon-15s", 0.024)));

    static final List<String> COUNTRIES = List.of("us", "us", "de", "br", "in", "gb", "pl", "mx");

    private final ApiClient api;
    private final LocalSite sourceSite;
    private final LocalSite offerSite;

    Market(ApiClient api, LocalSite sourceSite, LocalSite offerSite) {
        this.api = api;
        this.sourceSite = sourceSite;
        this.offerSite = offerSite;
    }

    void open() {
        SOURCES.forEach(this::create);
        api.create("senders", Map.of("key", "network", "name", "Affiliate network"));
        api.create("senders", Map.of("key", "advertiser", "name", "Advertiser server"));
        OFFERS.forEach(this::create);
        CAMPAIGNS.forEach(this::create);
    }

    private void create(Source source) {
        api.create(
                "traffic-sources",
                Map.of(
                        "key",
                        source.key(),
                        "name",
                        source.name(),
                        "parameters",
                        Map.of(
                                "externalId",
                                source.externalId(),
                                "creative",
                                source.creative(),
                                "sub1",
                                source.sub(),
                                "sub2",
                                "geo"),
                        "postbackUrl",
                        sourceSite.url()
                                + "/"
                                + source.key()
                                + "/postback?id={externalid}&payout={payout}&currency={currency}&event={event}"));
    }

    private void create(Offer offer) {
        api.create(
                "offers",
                Map.of(
                        "key",
                        offer.key(),
                        "name",
                        offer.name(),
                        "url",
                        offerSite.url() + "/" + offer.key() + "?s2={clickid}&from={source}",
                        "sender",
                        offer.sender(),
                        "payout",
                        offer.payout(),
                        "currency",
                        "USD"));
    }

    private void create(Campaign campaign) {
        api.create(
                "campaigns",
                Map.of(
                        "key",
                        campaign.key(),
                        "name",
                        campaign.name(),
                        "source",
                        campaign.source(),
                        "offers",
                        List.of(Map.of("offer", campaign.offer(), "weight", 1)),
                        "costModel",
                        "cpc",
                        "cost",
                        campaign.cost()));
    }

    /// A campaign, the more often the more it buys.
    static Campaign anyCampaign(RandomGenerator random) {
        int total = CAMPAIGNS.stream().mapToInt(Campaign::weight).sum();
        int drawn = random.nextInt(total);
        for (var campaign : CAMPAIGNS) {
            drawn -= campaign.weight();
            if (drawn < 0) {
                return campaign;
            }
        }
        return CAMPAIGNS.getLast();
    }

    static <T> T any(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }

    static Source source(String key) {
        return SOURCES.stream().filter(s -> s.key().equals(key)).findFirst().orElseThrow();
    }

    static Offer offer(String key) {
        return OFFERS.stream().filter(o -> o.key().equals(key)).findFirst().orElseThrow();
    }
}
