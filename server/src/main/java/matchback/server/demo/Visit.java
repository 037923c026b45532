package matchback.server.demo;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// One click on an ad, as the traffic source would send it.
///
/// @param creative that was clicked
/// @param address of the visitor
record Visit(
        Market.Campaign campaign, String creative, String target, String address, String agent) {
    private static final List<String> AGENTS =
            List.of(
                    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15");

    static Visit any(RandomGenerator random) {
        var campaign = Market.anyCampaign(random);
        var source = Market.source(campaign.source());
        var creative = Market.any(campaign.creatives().keySet().stream().sorted().toList(), random);
        var target =
                "/c/%s?%s=%s&%s=%s&%s=%s-%02d&geo=%s"
                        .formatted(
                                campaign.key(),
                                source.externalId(),
                                Long.toString(random.nextLong(1L << 50, 1L << 55), 36),
                                source.creative(),
                                creative,
                                source.sub(),
                                source.sub(),
                                random.nextInt(1, 13),
                                Market.any(Market.COUNTRIES, random));
        // 198.18.0.0/15 is set aside for tests and belongs to nobody.
        var address =
                String.format(
                        Locale.ROOT,
                        "198.%d.%d.%d",
                        18 + random.nextInt(2),
                        random.nextInt(256),
                        random.nextInt(1, 255));
        return new Visit(campaign, creative, target, address, Market.any(AGENTS, random));
    }

    /// How likely it converts.
    double chance() {
        return campaign.creatives().getOrDefault(creative, 0.0);
    }

    HttpResponse<String> send(ApiClient api) {
        return api.get(target, "X-Forwarded-For", address, "User-Agent", agent);
    }

    /// The click id as the offer's page reads it out of its own URL.
    static String clickId(HttpResponse<String> redirect) {
        var location =
                redirect.headers()
                        .firstValue("Location")
                        .orElseThrow(() ->
                                new ApiClient.Unexpected(
                                        "no redirect but " + redirect.statusCode()));
        return URI.create(location).getRawQuery().replaceFirst("^.*\\bs2=([^&]*).*$", "$1");
    }
}
