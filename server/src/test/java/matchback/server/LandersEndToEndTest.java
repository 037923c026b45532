package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import matchback.server.demo.LocalSite;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The way of a visitor from the link over a lander to an offer, with a browser's redirects and
/// cookies, on the program as it runs.
class LandersEndToEndTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir static Path data;
    private static LocalSite pages;
    private static Installed installed;

    @BeforeAll
    static void start() {
        pages = LocalSite.start();
        installed =
                Installed.on(Launch.on(data).with("--fallback-url", pages.url() + "/away").start());
        offer("loan", "4.00");
        offer("card", "7.00");
        installed
                .client()
                .create(
                        "landers",
                        Map.of("key", "quiz", "name", "Quiz", "url", pages.url() + "/quiz"));
        installed
                .client()
                .create(
                        "campaigns",
                        Map.of(
                                "key",
                                "tiers",
                                "name",
                                "Tiers",
                                "source",
                                Installed.SOURCE,
                                "offers",
                                List.of(Map.of("offer", Installed.OFFER)),
                                "paths",
                                List.of(germans())));
    }

    private static void offer(String key, String payout) {
        installed
                .client()
                .create(
                        "offers",
                        Map.of(
                                "key",
                                key,
                                "name",
                                key,
                                "url",
                                pages.url() + "/" + key + "?s2={clickid}&zone={sub1}",
                                "sender",
                                Installed.SENDER,
                                "payout",
                                payout,
                                "currency",
                                "USD"));
    }

    private static Map<String, Object> germans() {
        return Map.of(
                "name",
                "Germans",
                "rules",
                List.of(Map.of("trait", "language", "values", List.of("de"))),
                "landers",
                List.of(Map.of("lander", "quiz", "weight", 1)),
                "offers",
                List.of(
                        Map.of("offer", "loan", "weight", 30),
                        Map.of("offer", "card", "weight", 70)));
    }

    @AfterAll
    static void end() {
        installed.close();
        pages.close();
    }

    /// Goes where it is sent and keeps its cookies, as a browser does.
    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .cookieHandler(new Jar())
                .build();
    }

    /// Java's own would send cookies in the form of RFC 2965, as no browser does.
    private static final class Jar extends CookieHandler {
        private final Map<String, String> cookies = new ConcurrentHashMap<>();

        @Override
        public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
            return cookies.isEmpty()
                    ? Map.of()
                    : Map.of("Cookie", List.of(String.join("; ", cookies.values())));
        }

        @Override
        public void put(URI uri, Map<String, List<String>> headers) {
            headers.forEach((name, lines) -> {
                if (name.equalsIgnoreCase("Set-Cookie")) {
                    for (var line : lines) {
                        var pair = line.split(";", 2)[0];
                        cookies.put(pair.split("=", 2)[0], pair);
                    }
                }
            });
        }
    }

    /// The page at the end of the way.
    private static URI page(HttpClient browser, String pathAndQuery)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(installed.server().tracking() + pathAndQuery))
                        .timeout(TIMEOUT)
                        .header("Accept-Language", "de-AT,de;q=0.9")
                        .build();
        HttpResponse<String> page = browser.send(request, BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        return page.uri();
    }

    private static String parameter(URI page, String name) {
        for (var part : page.getQuery().split("&", -1)) {
            if (part.startsWith(name + '=')) {
                return part.substring(name.length() + 1);
            }
        }
        return "";
    }

    @Test
    void from_the_link_over_a_lander_and_two_buttons_to_a_conversion()
            throws IOException, InterruptedException {
        try (var browser = browser()) {
            var lander = page(browser, "/c/tiers?zid=e1&zone=z7");
            var id = parameter(lander, "clickid");
            assertThat(lander.toString()).startsWith(pages.url() + "/quiz?");
            var chosen = installed.story(id).at("/click/offer").asText();

            var offer = page(browser, "/o");

            assertThat(offer.toString())
                    .isEqualTo(pages.url() + "/" + chosen + "?s2=" + id + "&zone=z7");
            assertThat(page(browser, "/o/2").getPath()).isEqualTo("/card");
            assertThat(installed.convert(id, "&txid=T1")).isEqualTo("counted new_conversion");
            assertStory(installed.story(id), chosen);
            Await.until("the report has it", LandersEndToEndTest::isReported);
        }
    }

    private static void assertStory(JsonNode story, String chosen) {
        var click = story.path("click");
        var traits = click.path("traits");
        assertThat(traits.path("path").asText()).isEqualTo("Germans");
        assertThat(traits.path("path_by").asText()).isEqualTo("rule language=de");
        assertThat(traits.path("lander").asText()).isEqualTo("quiz");
        assertThat(traits.path("offer_by").asText())
                .isEqualTo(chosen.equals("loan") ? "weight 30 of 100" : "weight 70 of 100");
        assertThat(click.path("offer").asText()).isEqualTo("card");
        assertThat(
                        StreamSupport.stream(click.path("landerClicks").spliterator(), false)
                                .map(step ->
                                        step.path("button").asInt()
                                                + " "
                                                + step.path("offer").asText()))
                .containsExactly("0 " + chosen, "2 card");
        assertThat(story.at("/conversions/0/payout").asText()).isEqualTo("7.00");
    }

    private static boolean isReported() {
        var rows =
                installed
                        .client()
                        .read(
                                "/api/v1/report?group=path,lander,offer&campaign=tiers&metrics="
                                        + "clicks,conversions,revenue,lander_views,lander_clicks,lander_ctr")
                        .path("rows");
        long conversions = 0;
        long steps = 0;
        for (var row : rows) {
            if (row.path("path").asText().equals("Germans")
                    && row.path("lander").asText().equals("quiz")) {
                steps += row.path("lander_clicks").asLong();
                conversions += row.path("conversions").asLong();
            }
        }
        return steps == 2 && conversions == 1;
    }

    @Test
    void whom_no_path_takes_goes_to_the_campaign_s_own_offers() {
        var redirect = installed.client().get("/c/tiers", "Accept-Language", "en");

        assertThat(redirect.headers().firstValue("Location").orElse(""))
                .startsWith("https://offer.example/land?");
        assertThat(
                        installed
                                .story(Installed.clickId(redirect))
                                .at("/click/traits/path_by")
                                .asText())
                .isEqualTo("no path matches");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/o",
                "/o/2",
                "/o?clickid=00000000000000000000000000000000",
                "/o?url=https://evil.example/&clickid=https://evil.example/",
                "/o/1?redirect=//evil.example"
            })
    void a_step_without_a_click_goes_to_the_fallback_and_nowhere_else(String target) {
        var reply =
                installed
                        .client()
                        .get(target, "Referer", "https://evil.example/?clickid=https://e.example/");

        assertThat(reply.statusCode()).isEqualTo(302);
        assertThat(reply.headers().allValues("Location")).containsExactly(pages.url() + "/away");
    }
}
