package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import matchback.console.DeliveryDesk.Flow;
import matchback.console.DeliveryDesk.LastAttempt;
import matchback.console.testing.Browser;
import matchback.console.testing.TestingConsole;
import matchback.model.catalog.Destination.Moment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A destination is connected, tested, paused and resumed, in a real browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DestinationsInBrowserTest {
    @TempDir private static Path folder;

    private TestingConsole console;
    private Browser browser;

    @BeforeAll
    void open() {
        var absence = Browser.absence();
        assumeTrue(absence.isEmpty(), () -> "no browser: " + absence.orElse(""));
        console = new TestingConsole();
        browser =
                Browser.signedIn(
                        console, folder.resolve("profile"), "/destinations", "Destinations");
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
    void a_destination_is_connected_tested_paused_and_resumed() throws IOException {
        // Nothing is there yet, and the page says what to do.
        browser.untilText(".empty h2", "No destinations yet");
        browser.click(".empty a.btn");
        browser.untilText("h1", "Connect a destination");
        assertThat(browser.text(".cards")).contains("Hook", "Calls a URL of yours.");
        browser.click(".cards a");

        // Its form asks for what its type needs; what is missing is said at the field.
        browser.until("the form", () -> browser.has("#entity"));
        browser.type("[name='name']", "My shop");
        browser.type("[name='key']", "my-shop");
        browser.click("#entity button.primary");
        browser.until("the problems", () -> browser.has("[role='alert']"));
        assertThat(browser.text("[id='settings.url-error']")).contains("missing");
        assertThat(browser.text("[id='secrets.token-error']")).contains("missing");
        // The browser's own line about the status 422.
        assertThat(browser.complaints()).allMatch(line -> line.contains("422"));
        browser.save("destination-form");
        browser.type("[name='settings.url']", "https://shop.example/hook");
        browser.type("[name='secrets.token']", "a-secret-of-the-shop");
        browser.click("[name='moments'][value='rejected']");
        browser.click("#entity button.primary");

        // It is there, with its state and without its secret.
        browser.untilText("h1", "My shop");
        assertThat(browser.text("main")).contains("https://shop.example/hook");
        assertThat(browser.text("main")).doesNotContain("a-secret-of-the-shop");
        var saved = console.ledger.catalog().destination("my-shop").orElseThrow();
        assertThat(saved.moments()).containsExactlyInAnyOrder(Moment.APPROVED, Moment.REJECTED);

        // A test event shows the exact request and the answer.
        browser.click("form[action$='/test'] button");
        browser.untilText("#trial", "POST https://shop.example/hook");
        browser.save("destination-test");
        assertThat(browser.text("#trial")).contains("Bearer ***", "200", "taken");

        browser.click("form[action$='/pause'] button");
        browser.until("it is paused", () -> browser.has("form[action$='/resume']"));
        assertThat(console.ledger.catalog().destination("my-shop").orElseThrow().paused()).isTrue();
        browser.click("form[action$='/resume'] button");
        browser.until("it goes on", () -> browser.has("form[action$='/pause']"));
        assertThat(console.desk.resumed).contains("hook:my-shop");

        // Changed without touching the secret, it keeps it.
        browser.go(console.uri("/destinations/my-shop/edit"));
        browser.type("[name='conditions.percent']", "50");
        browser.click("#entity button.primary");
        browser.untilText("h1", "My shop");
        var changed = console.ledger.catalog().destination("my-shop").orElseThrow();
        assertThat(changed.sealedSecrets()).isEqualTo(saved.sealedSecrets());
        assertThat(changed.conditions().percent()).isEqualTo(50);
    }

    @Test
    void what_is_in_trouble_says_so_and_what_to_do() throws IOException {
        // given
        console.desk.flows.add(
                new Flow(
                        "source:push",
                        "parked",
                        0,
                        0,
                        12,
                        false,
                        console.clock.millis() - 3_600_000,
                        0,
                        new LastAttempt(console.clock.millis(), "parked", 401, "who are you?"),
                        null));
        console.post(
                "/api/v1/traffic-sources",
                "{\"key\":\"push\",\"name\":\"Push\",\"postbackUrl\":\"https://push.example/pb?id={externalid}\"}");

        // when
        browser.go(console.uri("/destinations"));
        browser.untilText("main", "Push");
        browser.save("destinations");
        browser.click("a[href$='source%3Apush']");

        // then
        browser.untilText("[role='status']", "no try is burnt");
        assertThat(browser.text("main")).contains("who are you?", "12");
        browser.click("form[action$='/resume'] button");
        browser.until("it was tried", () -> console.desk.resumed.contains("source:push"));
    }
}
