package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import matchback.console.testing.Browser;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of an installation on which nothing has happened yet.
final class FirstStepsInBrowserTest {

    @TempDir private static Path profile;

    @Test
    void an_empty_installation_leads_from_the_token_to_the_first_thing_to_do() throws IOException {
        var absence = Browser.absence();
        assumeTrue(absence.isEmpty(), () -> "no browser: " + absence.orElse(""));
        try (var console = new TestingConsole();
                var browser = new Browser(profile)) {
            browser.size(1440, 1000);

            browser.go(console.uri("/postbacks?decision=held"));
            browser.save("login");
            browser.type("#token", "not the token");
            browser.click("button.primary");
            browser.untilText("[role='alert']", "not the admin token");
            // The browser's own line about the status 401.
            assertThat(browser.complaints()).hasSizeLessThanOrEqualTo(1);
            browser.type("#token", TestingConsole.TOKEN);
            browser.click("button.primary");

            browser.until("the page", () -> browser.path().equals("/postbacks?decision=held"));
            browser.go(console.uri("/"));
            browser.save("start");
            assertThat(browser.text(".steps li.now")).contains("Make a campaign");
            for (var page : List.of("/conversions", "/postbacks", "/deliveries", "/sums")) {
                browser.go(console.uri(page));
                assertThat(browser.text(".empty pre")).as(page).startsWith("curl '");
            }
            browser.save("empty");
            browser.go(console.uri("/campaigns"));
            assertThat(browser.text(".empty a")).isEqualTo("Add a campaign");
            browser.go(console.uri("/report"));
            assertThat(browser.text("main")).contains("No numbers").doesNotContain("NaN");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
