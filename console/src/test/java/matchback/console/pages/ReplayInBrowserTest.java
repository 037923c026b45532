package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import matchback.console.testing.Browser;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.state.SubjectState;
import matchback.model.Status;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Repairing a day with a wrong mapping, as a person does it in a real browser. With
/// `-Dpictures=folder` it also leaves pictures.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplayInBrowserTest {
    @TempDir private static Path profile;

    private TestingConsole console;
    private Traffic traffic;
    private Browser browser;

    @BeforeAll
    void open() {
        var absence = Browser.absence();
        assumeTrue(absence.isEmpty(), () -> "no browser: " + absence.orElse(""));
        console = new TestingConsole();
        traffic = new Traffic(console);
        browser = Browser.signedIn(console, profile, "/replay", "Replay");
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
    void a_day_with_a_wrong_status_mapping_is_repaired() throws IOException {
        console.put(
                "/api/v1/senders/net",
                "{\"key\":\"net\",\"name\":\"Affiliate network\",\"statuses\":{\"1\":\"rejected\"}}");
        var click = traffic.click();
        traffic.postback(click, "status=1&payout=2.5&txid=A1");
        traffic.postback(traffic.click(), "status=1&payout=3&txid=A2");
        browser.go(console.uri("/replay"));
        assertThat(browser.text("main")).contains("No replay yet");
        browser.save("replay-empty");
        long from = System.nanoTime();

        browser.go(console.uri("/senders/net"));
        browser.script("document.querySelector('#statuses').value = '1 = approved'");
        browser.click("#entity .form-foot button.primary");
        browser.until("saved", () -> meaning("1").equals("approved"));
        browser.go(console.uri("/senders/net"));
        browser.click("a[href='/replay?sender=net']");
        browser.untilText("h1", "Replay");
        assertThat(browser.script("return document.querySelector('#sender').value"))
                .isEqualTo("net");
        browser.click("form[action='/replay'] button.primary");
        browser.untilText("h1", "Replay of a period");
        browser.untilText("#apply-title", "Apply");
        browser.save("replay-preview");
        assertThat(browser.text("main")).contains("2 change", "+5.50", "Rejected", "Approved");
        browser.click("#apply a.primary");
        browser.untilText("#apply", "2 decisions of 2 clicks become those below");
        assertThat(browser.text("#apply")).contains("no new delivery goes out");
        browser.save("replay-apply");
        browser.click("#apply button.primary");
        browser.untilText("[role='status']", "2 clicks were decided again");
        browser.save("replay-applied");

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofMinutes(1));
        var subject = Subject.click(click);
        var state = new SubjectState(console.ledger.snapshot().state(subject), subject);
        assertThat(state.conversions().getFirst().status()).isEqualTo(Status.APPROVED);
        browser.go(console.uri("/replay"));
        assertThat(browser.text("main")).contains("Applied");
    }

    private String meaning(String status) {
        return console.ledger
                .catalog()
                .sender("net")
                .map(sender -> sender.statuses().getOrDefault(status, ""))
                .orElse("");
    }

    @Test
    void what_cannot_be_asked_says_why() {
        browser.go(console.uri("/replay"));
        browser.script(
                "document.querySelector('#from').value = '2026-03-05';"
                        + "document.querySelector('#to').value = '2026-03-01'");

        browser.click("form[action='/replay'] button.primary");

        browser.untilText("#to-error", "not after the beginning");
        // The browser's own line about the status 422.
        assertThat(browser.complaints()).hasSizeLessThanOrEqualTo(1);
    }
}
