package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import matchback.console.testing.Browser;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.Event.AttemptResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Deliveries, dead letters and earlier conversions, in a real browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeliveriesInBrowserTest {
    @TempDir private static Path folder;

    private TestingConsole console;
    private Browser browser;

    @BeforeAll
    void open() {
        var absence = Browser.absence();
        assumeTrue(absence.isEmpty(), () -> "no browser: " + absence.orElse(""));
        console = new TestingConsole();
        browser = Browser.signedIn(console, folder.resolve("profile"), "/deliveries", "Deliveries");
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
            console.close();
        }
    }

    @AfterEach
    void the_browser_has_nothing_to_complain_of() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void dead_letters_are_found_looked_at_and_sent_again() throws IOException {
        // given
        var traffic = new Traffic(console);
        console.post(
                "/api/v1/destinations",
                """
                {"key":"crm","name":"Our CRM","type":"hook","settings":{"url":"https://crm.example/"},
                 "secrets":{"token":"abc"},"conditions":{"payoutMin":50}}
                """);
        var dead = traffic.click();
        traffic.postback(dead, "txid=A1");
        traffic.attempt(dead, AttemptResult.DEAD, 410, "the campaign is over");
        var waits = traffic.click();
        traffic.postback(waits, "txid=A2");
        traffic.attempt(waits, AttemptResult.RETRY, 503, "busy");
        console.awaitColumns();

        // What is dead is found by what was said, without leaving the page.
        browser.go(console.uri("/deliveries"));
        browser.untilText("#results", "the campaign is over");
        everyLook("deliveries");
        browser.type("#filter-answer", "campaign is over");
        browser.until("the filter", () -> !browser.text("#results").contains("busy"));

        // One delivery shows its tries; the click says who was not told, and why.
        browser.click("#results tbody a");
        browser.untilText("h1", "Delivery to Push network");
        everyLook("delivery");
        browser.go(console.uri("/clicks/" + dead));
        browser.untilText("#told", "the payout is below its least one of 50");
        everyLook("click-told");

        // All that died of it are looked at first, then sent again.
        browser.go(console.uri("/destinations/source:push"));
        browser.click("a[href*='/resend?httpStatus=410']");
        browser.untilText("#preview", "Dead letters that fit: 1.");
        everyLook("resend");
        browser.click("#preview button.primary");
        browser.untilText("[role='status']", "Sent again: 1.");

        // What was counted before a destination listened can be told later.
        browser.go(console.uri("/destinations/crm"));
        browser.click("a[href$='/backfill']");
        browser.untilText("#preview", "Of 2 conversions, 0 would be told.");
        everyLook("backfill");
        everyLook("destination", "/destinations/source:push");
    }

    /// Pictures in light, in dark, and as on a phone, of the page that is shown.
    private void everyLook(String name) throws IOException {
        browser.save(name);
        if (System.getProperty("pictures", "").isEmpty()) {
            return;
        }
        browser.size(390, 1600);
        browser.save(name + "-phone");
        browser.size(1440, 1000);
        browser.dark(true);
        browser.save(name + "-dark");
        browser.dark(false);
    }

    private void everyLook(String name, String path) throws IOException {
        browser.go(console.uri(path));
        browser.until("the page", () -> browser.has("h1"));
        everyLook(name);
    }
}
