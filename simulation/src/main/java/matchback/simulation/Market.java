package matchback.simulation;

import java.time.ZoneId;
import java.util.List;

/// Who buys, sells and reports: roles, not companies.
///
/// @param countries where visitors live
public record Market(
        List<Source> sources,
        List<Offer> offers,
        List<Campaign> campaigns,
        List<Country> countries) {

    /// Names of the parameters in which every source tells what it knows.
    public static final String EXTERNAL_ID = "ext";

    public static final String CREATIVE = "creative";
    public static final String PUBLISHER = "pub";
    public static final String COUNTRY = "geo";

    /// @param publishers how many places it shows ads in
    public record Source(String key, String name, int publishers) {

        /// The name of one of its places.
        ///
        /// @param number from 1
        public String publisher(int number) {
            return "%s-%02d".formatted(key, number);
        }
    }

    /// @param sender key of whoever reports it
    /// @param event its first event
    /// @param payout in USD, as decimal; for an offer with a basket a share of it in percent
    /// @param basket the usual order's value in USD; 0 when the event has none
    /// @param isDecidedLater whether it is reported as pending and approved or rejected afterwards
    /// @param isRebilled whether it is a subscription
    public record Offer(
            String key,
            String name,
            String sender,
            String event,
            String payout,
            int basket,
            boolean isDecidedLater,
            boolean isRebilled) {}

    /// @param chance of a visit to convert, on an average publisher
    public record Creative(String name, double chance) {}

    /// @param weight its share of the visits
    public record Campaign(
            String key, String source, String offer, int weight, List<Creative> creatives) {

        public Campaign {
            creatives = List.copyOf(creatives);
        }
    }

    /// @param code ISO 3166-1 alpha-2, lower case
    /// @param weight its share of the visitors
    public record Country(String code, ZoneId zone, int weight) {}

    public Market {
        sources = List.copyOf(sources);
        offers = List.copyOf(offers);
        campaigns = List.copyOf(campaigns);
        countries = List.copyOf(countries);
    }

    /// Three sources, five offers of three senders, seven campaigns, eight countries.
    public static Market usual() {
        return new Market(usualSources(), usualOffers(), usualCampaigns(), usualCountries());
    }

    /// Those that a source buys for. Throws when it has none.
    public List<Campaign> campaigns(String source) {
        var found = campaigns.stream().filter(c -> c.source().equals(source)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "source '%s' has no campaign; there are %s"
                            .formatted(source, sources.stream().map(Source::key).toList()));
        }
        return found;
    }

    public Source source(String key) {
        return sources.stream().filter(s -> s.key().equals(key)).findFirst().orElseThrow();
    }

    public Offer offer(String key) {
        return offers.stream().filter(o -> o.key().equals(key)).findFirst().orElseThrow();
    }

    private static List<Source> usualSources() {
        return List.of(
                new Source("sim-push", "Push source", 24),
                new Source("sim-native", "Native source", 16),
                new Source("sim-video", "Video source", 10));
    }

    private static List<Offer> usualOffers() {
        return List.of(
                new Offer("sim-shoes", "Running shoes", "sim-shop", "sale", "9", 85, false, false),
                new Offer(
                        "sim-game",
                        "Puzzle game",
                        "sim-mobile",
                        "install",
                        "1.80",
                        0,
                        false,
                        false),
                new Offer(
                        "sim-sleep",
                        "Sleep app, trial",
                        "sim-mobile",
                        "trial",
                        "6.50",
                        0,
                        false,
                        true),
                new Offer(
                        "sim-loan",
                        "Loan comparison",
                        "sim-network",
                        "lead",
                        "32.00",
                        0,
                        true,
                        false),
                new Offer(
                        "sim-course",
                        "Cooking course",
                        "sim-network",
                        "registration",
                        "11.00",
                        0,
                        true,
                        false));
    }

    private static List<Campaign> usualCampaigns() {
        return List.of(
                new Campaign(
                        "sim-shoes-push",
                        "sim-push",
                        "sim-shoes",
                        20,
                        List.of(
                                new Creative("runner-red", 0.034),
                                new Creative("runner-blue", 0.022),
                                new Creative("sale", 0.012))),
                new Campaign(
                        "sim-game-push",
                        "sim-push",
                        "sim-game",
                        26,
                        List.of(new Creative("blocks", 0.062), new Creative("castle", 0.041))),
                new Campaign(
                        "sim-game-video",
                        "sim-video",
                        "sim-game",
                        12,
                        List.of(new Creative("level-15s", 0.071), new Creative("fail-30s", 0.055))),
                new Campaign(
                        "sim-sleep-native",
                        "sim-native",
                        "sim-sleep",
                        16,
                        List.of(new Creative("moon", 0.048), new Creative("sheep", 0.031))),
                new Campaign(
                        "sim-loan-native",
                        "sim-native",
                        "sim-loan",
                        12,
                        List.of(
                                new Creative("calculator", 0.041),
                                new Creative("piggy-bank", 0.022))),
                new Campaign(
                        "sim-course-video",
                        "sim-video",
                        "sim-course",
                        8,
                        List.of(
                                new Creative("pasta-15s", 0.050),
                                new Creative("knife-30s", 0.029))),
                new Campaign(
                        "sim-course-push",
                        "sim-push",
                        "sim-course",
                        6,
                        List.of(new Creative("soup", 0.026))));
    }

    private static List<Country> usualCountries() {
        return List.of(
                new Country("us", ZoneId.of("America/New_York"), 34),
                new Country("de", ZoneId.of("Europe/Berlin"), 14),
                new Country("gb", ZoneId.of("Europe/London"), 10),
                new Country("br", ZoneId.of("America/Sao_Paulo"), 14),
                new Country("in", ZoneId.of("Asia/Kolkata"), 14),
                new Country("pl", ZoneId.of("Europe/Warsaw"), 6),
                new Country("mx", ZoneId.of("America/Mexico_City"), 5),
                new Country("jp", ZoneId.of("Asia/Tokyo"), 3));
    }
}
