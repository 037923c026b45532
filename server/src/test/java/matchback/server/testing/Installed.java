package matchback.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.server.demo.ApiClient;
import matchback.server.demo.LocalSite;

/// A running server with one campaign made by the API, as a new user would make it.
public final class Installed implements AutoCloseable {
    public static final String CAMPAIGN = "spring";
    public static final String SENDER = "network";
    public static final String SOURCE = "push";
    public static final String OFFER = "shoes";

    private final ServerProcess server;
    private final LocalSite site;
    private final ApiClient client;
    private final AtomicInteger clicks = new AtomicInteger();

    private Installed(ServerProcess server, LocalSite site) {
        this.server = server;
        this.site = site;
        this.client = server.client();
    }

    public static Installed on(ServerProcess server) {
        var installed = new Installed(server, LocalSite.start());
        try {
            prepare(installed.client, installed.site);
            return installed;
        } catch (RuntimeException e) {
            installed.close();
            throw e;
        }
    }

    /// On a folder that has the campaign already.
    public static Installed again(ServerProcess server) {
        return new Installed(server, LocalSite.start());
    }

    /// Makes source, sender, offer and campaign.
    public static void prepare(ApiClient client, LocalSite site) {
        client.create(
                "traffic-sources",
                Map.of(
                        "key",
                        SOURCE,
                        "name",
                        "Push source",
                        "parameters",
                        Map.of("externalId", "zid", "creative", "banner", "sub1", "zone"),
                        "postbackUrl",
                        site.url()
                                + "/pb?zid={externalid}&payout={payout}&currency={currency}"
                                + "&txid={txid}&event={event}&status={status}&cid={clickid}"));
        client.create("senders", Map.of("key", SENDER, "name", "Affiliate network"));
        client.create(
                "offers",
                Map.of(
                        "key",
                        OFFER,
                        "name",
                        "Running shoes",
                        "url",
                        "https://offer.example/land?s2={clickid}&from={source}",
                        "sender",
                        SENDER,
                        "payout",
                        "10.00",
                        "currency",
                        "USD"));
        client.create(
                "campaigns",
                Map.of(
                        "key",
                        CAMPAIGN,
                        "name",
                        "Spring",
                        "source",
                        SOURCE,
                        "offers",
                        List.of(Map.of("offer", OFFER, "weight", 1)),
                        "costModel",
                        "cpc",
                        "cost",
                        "0.05"));
    }

    public ServerProcess server() {
        return server;
    }

    public LocalSite site() {
        return site;
    }

    public ApiClient client() {
        return client;
    }

    /// Clicks once; gives the click id out of the redirect.
    public String click() {
        return click("ext-" + clicks.incrementAndGet());
    }

    public String click(String externalId) {
        return clickId(client.get("/c/%s?zid=%s&zone=z7".formatted(CAMPAIGN, externalId)));
    }

    /// The click id as the offer's page would read it.
    public static String clickId(HttpResponse<String> redirect) {
        if (redirect.statusCode() != 302) {
            throw new AssertionError("no redirect: " + redirect.statusCode() + redirect.body());
        }
        var location = URI.create(redirect.headers().firstValue("Location").orElseThrow());
        for (var part : location.getRawQuery().split("&", -1)) {
            if (part.startsWith("s2=")) {
                return part.substring(3);
            }
        }
        throw new AssertionError("no click id in " + location);
    }

    /// Posts a conversion of a click; gives `decision reason`.
    public String convert(String clickId, String rest) {
        var answer = client.postback("/postback?clickid=" + clickId + rest);
        return answer.path("decision").asText() + " " + answer.path("reason").asText();
    }

    public JsonNode story(String clickId) {
        return client.read("/api/v1/clicks/" + clickId);
    }

    /// Whether the report's totals are these now.
    public boolean reports(long clicksWanted, long conversions, String revenue) {
        var totals =
                client.read("/api/v1/report?group=campaign&metrics=clicks,conversions,revenue")
                        .path("totals");
        return totals.path("clicks").asLong() == clicksWanted
                && totals.path("conversions").asLong() == conversions
                && new BigDecimal(totals.path("revenue").asText("0"))
                                .compareTo(new BigDecimal(revenue))
                        == 0;
    }

    @Override
    public void close() {
        client.close();
        site.close();
        server.close();
    }
}
