package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import matchback.console.testing.Browser;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.state.SubjectState;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A file with conversions as a person hands it in, in a real browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UploadInBrowserTest {
    @TempDir private static Path folder;

    private TestingConsole console;
    private Traffic traffic;
    private Browser browser;

    @BeforeAll
    void open() {
        var absence = Browser.absence();
        assumeTrue(absence.isEmpty(), () -> "no browser: " + absence.orElse(""));
        console = new TestingConsole();
        traffic = new Traffic(console);
        browser = Browser.signedIn(console, folder.resolve("profile"), "/upload", "Upload");
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

    private void handIn(String name, String content) throws IOException {
        var file = Files.writeString(folder.resolve(name), content);
        browser.go(console.uri("/upload"));
        browser.type("#file", file.toString());
        browser.click("button.primary");
        browser.untilText("h1", name);
    }

    @Test
    void a_file_is_looked_at_first_and_then_taken() throws IOException {
        var click = traffic.click();
        handIn(
                "march.csv",
                "Click ID;Commission;Order\n%s;12,50;A1\n%s;12,50;A1\n{clickid};1;A2\n"
                        .formatted(click, click));

        browser.untilText("#tally-title", "Preview");
        assertThat(browser.text("#reasons"))
                .contains("new_conversion", "duplicate_transaction", "unresolved_macro");
        assertThat(browser.text("#rows")).contains("12.50");
        var subject = Subject.click(click);
        assertThat(new SubjectState(console.ledger.snapshot().state(subject), subject).reports())
                .isEmpty();
        browser.save("upload-preview");
        browser.click("#apply");

        browser.untilText("#tally-title", "Taken");
        assertThat(browser.has("#apply")).isFalse();
        assertThat(browser.has("#result")).isTrue();
        assertThat(
                        new SubjectState(console.ledger.snapshot().state(subject), subject)
                                .conversions())
                .hasSize(1);
        browser.save("upload-taken");

        handIn("march again.csv", Files.readString(folder.resolve("march.csv")));
        browser.untilText("#tally-title", "Preview");
        assertThat(browser.text(".figures")).contains("Taken before\n3");
        assertThat(browser.has("#apply")).isFalse();
    }

    @Test
    void columns_are_chosen_by_hand_where_their_names_say_nothing() throws IOException {
        var click = traffic.click();
        handIn("unnamed.csv", "a,b\n%s,3\n".formatted(click));

        browser.untilText("[role='alert']", "No column has the click id");
        browser.choose("#column-0", "clickid");
        browser.choose("#column-1", "payout");
        browser.click("form[action$='columns'] button");

        browser.untilText("#reasons", "new_conversion");
        assertThat(browser.text("#rows")).contains("3.00");
    }

    @Test
    void a_file_that_is_none_is_told_of_and_forgotten_files_too() throws IOException {
        var file = Files.write(folder.resolve("latin.csv"), new byte[] {'a', '\n', (byte) 0xE9});
        browser.go(console.uri("/upload"));
        browser.type("#file", file.toString());
        browser.click("button.primary");

        browser.untilText("[role='alert']", "UTF-8");
        // The browser's own line about the status 422.
        assertThat(browser.complaints()).hasSizeLessThanOrEqualTo(1);
        browser.go(console.uri("/upload/0123"));
        assertThat(browser.text("[role='alert']")).contains("no longer here");
        assertThat(browser.complaints()).hasSizeLessThanOrEqualTo(1);
    }
}
