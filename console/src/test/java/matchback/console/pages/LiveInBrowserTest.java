package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import matchback.console.testing.Browser;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.TestingSites;
import matchback.console.testing.Traffic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// A page that stays open while postbacks come in over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LiveInBrowserTest {
    @TempDir private static Path profile;

    private TestingConsole console;
    private TestingSites sites;
    private Traffic traffic;
    private Browser browser;

    @BeforeAll
    void open() {
        var absence = Browser.absence();
        assumeTrue(absence.isEmpty(), () -> "no browser: " + absence.orElse(""));
        console = new TestingConsole();
        sites = new TestingSites(console);
        traffic = new Traffic(console);
        console.clock.advance(Duration.ofMinutes(5));
        traffic.click();
        browser = Browser.signedIn(console, profile, "/campaigns", "Campaigns");
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
            sites.close();
            console.close();
        }
    }

    @AfterEach
    void the_browser_has_nothing_to_complain_of() {
        assertThat(browser.complaints()).isEmpty();
    }

    private void postback(String query) {
        var click = traffic.click();
        var uri = URI.create(sites.tracker() + "/postback?clickid=" + click + '&' + query);
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertThat(answer.body()).startsWith("counted");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private boolean isShown(String text) {
        return browser.text("#live-lists").contains(text);
    }

    @Test
    void a_conversion_arrives_on_the_page_by_itself(TestReporter reporter) {
        browser.go(console.uri("/"));
        browser.until("figures", () -> browser.has("#figure-conversions"));
        postback("payout=3&txid=first");
        browser.until("the first conversion", () -> isShown("$3.00") || isShown("3.00"));

        postback("payout=47.11&txid=second");
        long answered = System.nanoTime();
        browser.until("the second conversion", () -> isShown("47.11"));

        reporter.publishEntry(
                "from the postback's answer to the page, ms",
                Long.toString(Duration.ofNanos(System.nanoTime() - answered).toMillis()));
        // The parts of the page are replaced one after the other.
        browser.until("the figures", () -> browser.text("#live-figures").contains("50.11"));
        browser.until(
                "the breakdowns",
                () -> {
                    var shown = browser.text("#live-breakdowns");
                    return shown.contains("Summer") && shown.contains("DE");
                });
    }
}
