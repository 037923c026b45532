package matchback.console.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import matchback.console.ConsoleConfig;
import matchback.console.testing.Browser;
import matchback.console.testing.TestingCertificate;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.TestingSites;
import matchback.ingest.IngestConfig;
import matchback.ingest.IngestConfig.Cookie;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the tracker's cookie on a shop's page, in a browser that gives third parties
/// their cookies and in one that does not.
@Tag("long")
final class CookieInBrowserTest {
    private static TestingConsole console;
    private static TestingSites sites;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        assumeTrue(Browser.absence().isEmpty(), () -> Browser.absence().orElse(""));
        console = new TestingConsole();
        sites = new TestingSites(console, secured(folder));
        console.post(
                "/api/v1/offers",
                """
                {"key":"shoes","name":"Shoes","url":"%s","payout":"10"}\
                """
                        .formatted(sites.shop().uri("/buy")));
        console.post(
                "/api/v1/campaigns",
                """
                {"key":"spring","name":"Spring","offers":[{"offer":"shoes","weight":1}]}\
                """);
        sites.shop()
                .page(
                        "/buy",
                        "<!doctype html><title>S</title><img id=p alt='' src=\"%s/pixel.gif\">"
                                .formatted(sites.tracker()));
        sites.lander()
                .page(
                        "/land",
                        "<!doctype html><title>L</title>" + sites.tag("data-campaign=spring"));
        sites.lander()
                .page(
                        "/thanks",
                        "<!doctype html><title>L</title><img id=p alt='' src=\"%s/pixel.gif\">"
                                .formatted(sites.tracker()));
    }

    private static IngestConfig secured(Path folder) throws Exception {
        var tls = new IngestConfig.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        TestingCertificate.make(folder.resolve("store"))
                .copyTo(new ConsoleConfig.Tls(tls.cert(), tls.key()));
        var plain = IngestConfig.DEFAULT;
        return new IngestConfig(
                        plain.bind(),
                        plain.port(),
                        plain.loops(),
                        null,
                        plain.onLedgerFailure(),
                        plain.clickWait(),
                        plain.postbackWait(),
                        plain.limits(),
                        plain.proxies(),
                        tls,
                        plain.doubtfulPerSecond(),
                        plain.doubtfulBurst())
                .with(new Cookie("mb_clicks", Duration.ofDays(30), true));
    }

    @AfterAll
    static void close() {
        if (console != null) {
            sites.close();
            console.close();
        }
    }

    /// Whether third parties have cookies is the user's to say.
    private static void allowThirdParties(Path profile) throws IOException {
        var folder = Files.createDirectories(profile.resolve("Default"));
        Files.writeString(
                folder.resolve("Preferences"),
                "{\"profile\":{\"cookie_controls_mode\":0,\"block_third_party_cookies\":false}}");
    }

    private static Browser browser(Path profile, String... more) {
        var arguments = new ArrayList<>(List.of(more));
        arguments.add("--ignore-certificate-errors");
        arguments.add("--user-agent=" + ScriptInBrowserTest.AGENT);
        return new Browser(profile, arguments);
    }

    private static void untilImage(Browser browser) {
        browser.until(
                "the image is there",
                () ->
                        browser.script(
                                        "const p = document.getElementById('p');"
                                                + " return String(!!p && p.naturalWidth == 1)")
                                .equals("true"));
    }

    /// Feed and reason of the newest postback.
    private static String newest() {
        console.awaitColumns();
        // So that the next one is newer.
        console.clock.advance(Duration.ofMinutes(1));
        return StreamSupport.stream(
                        console.get("/api/v1/postbacks?limit=1").json().path("items").spliterator(),
                        false)
                .map(item -> item.path("feed").asText() + " " + item.path("reason").asText())
                .findFirst()
                .orElse("");
    }

    @Test
    void where_third_parties_have_cookies_a_pixel_needs_no_id(@TempDir Path profile)
            throws IOException {
        allowThirdParties(profile);
        try (var browser = browser(profile)) {
            browser.go(URI.create(sites.tracker() + "/c/spring"));
            untilImage(browser);

            assertThat(newest()).isEqualTo("cookie new_conversion");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void where_they_have_none_only_the_cookie_for_this_site_is_left(@TempDir Path profile) {
        try (var browser = browser(profile, "--test-third-party-cookie-phaseout")) {
            browser.go(URI.create(sites.tracker() + "/c/spring"));
            untilImage(browser);
            var afterRedirect = newest();

            browser.go(sites.lander().uri("/land"));
            browser.until(
                    "the script is there",
                    () ->
                            browser.script("return String(!!(window.matchback||{}).clickId)")
                                    .equals("true"));
            browser.await("matchback.clickId().then(done)");
            browser.go(sites.lander().uri("/thanks"));
            untilImage(browser);

            assertThat(afterRedirect).isEqualTo("pixel missing_click_id");
            assertThat(newest()).isEqualTo("cookie new_conversion");
        }
    }
}
