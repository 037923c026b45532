package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import matchback.console.testing.Browser;
import matchback.console.testing.PaidClicks;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Costs as a person states them, in a real browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CostsInBrowserTest {
    @TempDir private static Path folder;

    private TestingConsole console;
    private Browser browser;

    @BeforeAll
    void open() {
        var absence = Browser.absence();
        assumeTrue(absence.isEmpty(), () -> "no browser: " + absence.orElse(""));
        console = new TestingConsole();
        browser = new Browser(folder.resolve("profile"));
        browser.size(1440, 1000);
        browser.go(console.uri("/costs"));
        browser.type("#token", TestingConsole.TOKEN);
        browser.click("button.primary");
        browser.untilText("h1", "Costs");
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
    void a_cost_is_stated_by_form_and_by_file_and_taken_back() throws IOException {
        assertThat(browser.text("main")).contains("No cost was stated yet");
        var clicks = new PaidClicks(console, 3);
        var now = TestingConsole.START;
        clicks.between(now.minus(Duration.ofDays(3)), now, 60);
        console.awaitColumns();

        browser.go(console.uri("/costs"));
        browser.choose("#campaign", "spring");
        browser.type("#amount", "12,34");
        browser.type("#note", "invoice 7");
        browser.click("#state button.primary");
        browser.untilText("h1", "Costs");
        console.awaitColumns();
        browser.go(console.uri("/costs"));

        assertThat(browser.text("#statements"))
                .contains("The spring campaign", "12.34", "in force", "invoice 7");

        var file =
                Files.writeString(
                        folder.resolve("february.csv"),
                        """
                        Day,Campaign,Ad set,Amount spent (USD)
                        2026-02-27,spring,a,3.10
                        2026-02-27,spring,b,4.20
                        2026-02-28,spring,a,5.00
                        2026-02-28,nobody,a,6.00
                        """);
        browser.type("#file", file.toString());
        browser.click("#cost-file button");
        browser.untilText("#tally-title", "Preview");
        assertThat(browser.text("#rows")).contains("one cost with 1 other row", "no campaign");
        assertThat(browser.text("main")).contains("Nothing is read from these columns: Ad set");
        browser.save("cost-file");
        browser.click("#apply");
        browser.untilText("#tally-title", "Stated");
        assertThat(browser.has("#apply")).isFalse();

        console.awaitColumns();
        browser.go(console.uri("/costs"));
        assertThat(browser.text("#statements")).contains("7.30", "5.00", "replaced", "12.34");
        browser.save("costs");
        browser.click("#statements form button");
        browser.untilText("h1", "Costs");
        console.awaitColumns();
        browser.go(console.uri("/costs"));
        assertThat(browser.text("#statements")).contains("undone");
        browser.size(390, 844);
        browser.save("costs-phone");
        browser.size(1440, 1000);
    }
}
