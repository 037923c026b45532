package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import matchback.console.testing.Browser;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From an empty installation to the first conversion with one form, a real click and a real
/// postback; the page says by itself what came.
final class FirstCampaignInBrowserTest {
    @TempDir private static Path profile;

    private final HttpClient http = HttpClient.newHttpClient();

    private static URI local(TestingConsole console, String url) {
        return URI.create(
                url.replace(
                        TestingConsole.PUBLIC_URL, "http://127.0.0.1:" + console.ground.port()));
    }

    private HttpResponse<String> get(URI uri) {
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void one_form_a_click_and_a_postback() throws IOException {
        var absence = Browser.absence();
        assumeTrue(absence.isEmpty(), () -> "no browser: " + absence.orElse(""));
        try (var console = new TestingConsole();
                var browser = Browser.signedIn(console, profile, "/", "Overview")) {
            browser.size(1280, 1000);
            browser.go(console.uri("/"));
            browser.click(".steps li.now a.primary");
            browser.until("the form", () -> browser.path().equals("/start"));
            browser.choose("#source", "other");
            browser.type("#sourceName", "Push");
            browser.choose("#sender", "other");
            browser.type("#senderName", "Shop");
            browser.type("#url", "https://offer.example/?sub={clickid}");
            browser.type("#payout", "10");
            browser.type("#name", "Spring");
            browser.type("#cost", "0.05");
            browser.save("first-form");
            browser.click("#first button.primary");
            browser.untilText("#waiting-title", "Waiting for the first click");
            browser.save("first-made");

            var link = browser.script("return document.getElementById('tracking-link').value");
            var postback =
                    browser.script("return document.getElementById('test-command').textContent");
            var click = get(local(console, link));
            browser.untilText("#waiting-title", "Waiting for your test conversion");
            var id = browser.text("#click-id");
            assertThat(click.headers().firstValue("Location").orElseThrow()).contains(id);

            var url = postback.replaceFirst("^curl '", "").replaceFirst("'$", "");
            get(local(console, url));
            browser.untilText("#waiting", "malformed_click_id");
            browser.save("first-trouble");
            get(local(console, url.replace("CLICK_ID", id)));

            browser.untilText("#waiting-title", "The first conversion is here");
            assertThat(browser.text("#waiting"))
                    .contains("1.00")
                    .doesNotContain("malformed_click_id");
            browser.save("first-done");
            browser.go(console.uri("/campaigns/spring"));
            assertThat(browser.has("#waiting")).isFalse();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
