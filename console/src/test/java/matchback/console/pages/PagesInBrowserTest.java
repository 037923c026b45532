package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import matchback.console.testing.Browser;
import matchback.console.testing.SampleTraffic;
import matchback.console.testing.TestingConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The pages as a person meets them, in a real browser. With `-Dpictures=folder` it also leaves
/// pictures of every page, light, dark and on a phone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PagesInBrowserTest {
    private static final List<String> PAGES =
            List.of(
                    "/",
                    "/campaigns",
                    "/campaigns/nutra-push",
                    "/campaigns/nutra-push/edit",
                    "/campaigns/new",
                    "/senders",
                    "/senders/network",
                    "/senders/network/test",
                    "/sources",
                    "/sources/new",
                    "/offers",
                    "/offers/new",
                    "/conversions",
                    "/postbacks",
                    "/held",
                    "/deliveries",
                    "/sums",
                    "/upload",
                    "/old-links",
                    "/old-trackers/new",
                    "/apple",
                    "/apple/new",
                    "/report",
                    "/report?group=hour&metrics=clicks,conversions,revenue,cost,profit,roi",
                    "/report?group=day&group=weekday&compare=previous&clock=click&country=DE",
                    "/settings",
                    "/nothing-here");

    private static final String ENTER = "\uE007";

    @TempDir private static Path profile;

    private TestingConsole console;
    private SampleTraffic traffic;
    private Browser browser;

    @BeforeAll
    void open() {
        var absence = Browser.absence();
        assumeTrue(absence.isEmpty(), () -> "no browser: " + absence.orElse(""));
        console = new TestingConsole(true);
        console.clock.advance(Duration.ofMinutes(402));
        traffic = new SampleTraffic(console.ledger, console.mint);
        traffic.play(console.clock.millis());
        console.awaitColumns();
        browser = Browser.signedIn(console, profile, "/campaigns", "Campaigns");
        browser.allowClipboard();
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
    void every_page_shows_without_a_complaint_of_the_browser() throws IOException {
        for (var path : PAGES) {
            browser.go(console.uri(path));

            assertThat(browser.text("h1")).as(path).isNotBlank();
            assertThat(browser.script("return document.body.innerText"))
                    .as(path)
                    .doesNotContain("NaN", "null", "undefined", "Infinity");
            if (path.equals("/nothing-here")) {
                // The browser's own line about the status 404.
                assertThat(browser.complaints()).hasSizeLessThanOrEqualTo(1);
            } else {
                assertThat(browser.complaints()).as(path).isEmpty();
            }
        }
        picture();
    }

    @Test
    void the_overview_updates_itself_and_draws_a_chart() {
        browser.go(console.uri("/"));
        browser.until("a chart", () -> browser.has("figure.chart canvas"));
        var before = browser.text("#figure-conversions");

        var click = traffic.clicks().getLast();
        traffic.postback(
                console.clock.millis(),
                "",
                click,
                "clickid=" + click + "&payout=7&txid=LIVE",
                null);

        browser.until(
                "another conversion", () -> !browser.text("#figure-conversions").equals(before));
    }

    @Test
    void a_tracking_link_is_copied_by_one_button() {
        browser.go(console.uri("/campaigns/nutra-push"));

        browser.click("[data-copy='click-url']");

        browser.untilText("[data-copy='click-url']", "Copied");
        assertThat(browser.await("navigator.clipboard.readText().then(done)"))
                .startsWith(TestingConsole.PUBLIC_URL + "/c/nutra-push");
    }

    @Test
    void a_campaign_is_made_by_forms_alone() {
        browser.go(console.uri("/sources/new"));
        browser.type("#name", "Native one");
        browser.type("[name='parameters.externalId']", "click");
        browser.click("#entity button.primary");
        browser.untilText("h1", "Native one");

        browser.go(console.uri("/senders/new"));
        browser.type("#name", "Network one");
        browser.click("#entity button.primary");
        browser.untilText(".notice", "shown once");
        assertThat(String.valueOf(browser.script("return document.getElementById('url').value")))
                .matches(".*/postback/network-one\\.[0-9a-f]{32}\\?clickid=.*");

        browser.go(console.uri("/offers/new"));
        browser.type("#name", "Offer one");
        browser.type("#url", "https://offer.example/?x={nonsense}");
        browser.click("#entity button.primary");
        browser.untilText("#url-error", "nonsense");
        // The browser's own line about the status 422.
        assertThat(browser.complaints()).hasSizeLessThanOrEqualTo(1);
        browser.type("#url", "https://offer.example/?x={clickid}");
        browser.choose("#sender", "network-one");
        browser.type("#payout", "10");
        browser.click("#entity button.primary");
        browser.untilText("h1", "Offer one");

        browser.go(console.uri("/campaigns/new"));
        browser.type("#name", "Campaign one");
        browser.choose("#source", "native-one");
        browser.choose("select[name='offer']", "offer-one");
        browser.click("#entity button.primary");
        browser.untilText("h1", "Campaign one");

        assertThat(browser.script("return document.getElementById('click-url').value"))
                .isEqualTo(TestingConsole.PUBLIC_URL + "/c/campaign-one?click={externalId}");
        assertThat(console.ledger.catalog().campaign("campaign-one").orElseThrow().offers())
                .extracting(o -> o.offer() + ' ' + o.weight())
                .containsExactly("offer-one 1");
    }

    @Test
    void postbacks_are_filtered_in_place_and_lead_to_their_explanation() throws IOException {
        browser.go(console.uri("/postbacks"));

        browser.choose("#filter-decision", "refused");

        browser.until("the address", () -> browser.path().contains("decision=refused"));
        browser.until("refused only", () -> !browser.has("#results .tag.counted"));
        browser.choose("#filter-reason", "unresolved_macro");
        browser.until("the reason", () -> browser.path().contains("reason=unresolved_macro"));
        browser.until(
                "one reason",
                () ->
                        browser.script(
                                        "return String([...document.querySelectorAll('#results"
                                                + " tbody .reason')].every(r => r.textContent =="
                                                + " 'unresolved_macro'))")
                                .equals("true"));
        browser.click("#results tbody a");
        browser.untilText("h1", "Postback");
        browser.save("postback");
        assertThat(browser.text("main"))
                .contains("unresolved_macro", "{CLICKID}", "Record hash")
                .doesNotContain("s3cret-token");
    }

    @Test
    void a_held_postback_is_decided_without_a_mouse() throws IOException {
        browser.go(console.uri("/held"));
        browser.choose("#filter-reason", "unknown_status");
        browser.until("the field of all", () -> browser.has("#results select[name=status]"));
        browser.save("held-one-reason");
        browser.script("document.querySelector('#results .verdict a').focus()");
        browser.press(ENTER);
        browser.untilText("h1", "Postback");
        browser.save("held-postback");

        browser.choose("#status", "approved");
        browser.script("document.querySelector('#note').focus()");
        browser.press("asked the network" + ENTER);

        browser.untilText("#said-title", "What a person said");
        browser.save("held-decided");
        assertThat(browser.text("main")).contains("asked the network", "approved");
        assertThat(browser.has("#review")).isFalse();
    }

    @Test
    void a_click_is_found_by_its_postback_and_tells_its_story() throws IOException {
        browser.go(console.uri("/deliveries"));

        browser.click("#results tbody td:last-child a");

        browser.untilText("h2", "What happened");
        assertThat(browser.text(".story"))
                .contains("Click", "Postback from", "Conversion sale", "Telling", "try 1");
        picture("click");
    }

    @Test
    void a_postback_is_found_by_how_its_id_begins_and_tells_how_it_was_decided()
            throws IOException {
        browser.go(console.uri("/conversions"));
        browser.go(console.uri("/postbacks?reason=status_changed"));
        browser.click("#results tbody td:first-child a");
        browser.untilText("h1", "Postback");
        var record = browser.path().substring("/postbacks/".length());

        browser.go(console.uri("/postbacks"));
        browser.type("#q", record.substring(0, 14));
        browser.until(
                "only it",
                () ->
                        browser.has("#results tbody a[href='/postbacks/" + record + "']")
                                && !browser.has("#results tbody tr:nth-child(2)"));
        browser.click("#results tbody td:first-child a");

        browser.untilText("#steps-title", "How it was decided");
        assertThat(browser.text(".trace"))
                .contains("Click id read from parameter", "Click found", "Decision: updated");
        assertThat(browser.text("main")).contains("Deliveries", "Receipt", "Request as it came");
        assertThat(browser.complaints()).isEmpty();
        browser.save("postback");
        browser.size(390, 844);
        try {
            browser.go(console.uri("/postbacks/" + record));
            assertThat(browser.script("return String(document.documentElement.scrollWidth)"))
                    .isEqualTo("390");
            browser.save("phone-postback");
        } finally {
            browser.size(1440, 1000);
        }
    }

    @Test
    void a_sender_is_tested_from_its_form() throws IOException {
        browser.go(console.uri("/senders/network/edit"));

        browser.click(".page-head .actions a");
        browser.untilText("#habits-title", "What it really sends");
        browser.click("#test button.primary");

        browser.untilText("#result-title", "What became of the test");
        assertThat(browser.text("#result"))
                .contains("new_conversion", "as meant", "A test: nothing of it reaches");
        browser.save("bench");
        browser.choose("#template", "everflow");
        browser.click("form.filters button.btn");
        browser.until("the template", () -> browser.path().contains("template=everflow"));
        browser.click("#test button.primary");
        browser.untilText("#result-title", "What became of the test");
        assertThat(browser.text("#result")).contains("{transaction_id}");
        browser.click("#result .panel-head a");
        browser.untilText("#steps-title", "How it was decided");
    }

    @Test
    void a_report_is_asked_for_by_a_form_and_shared_by_its_address() {
        browser.go(console.uri("/report"));

        browser.choose("#group-0", "source");
        browser.choose("#group-1", "offer");
        browser.click(".report-form button.primary");

        browser.until("the address", () -> browser.path().contains("group=source&group=offer"));
        browser.untilText("#report tfoot", "Total");
        assertThat(browser.text("#report")).contains("Pop traffic", "Sweepstakes BR");
        browser.click("#report thead th:last-child a");
        browser.until("sorted", () -> browser.has("#report th[aria-sort='descending']:last-child"));
    }

    @Test
    void the_keyboard_reaches_the_page_past_the_rail() {
        browser.go(console.uri("/campaigns"));

        browser.press("\uE004");

        assertThat(browser.script("return document.activeElement.textContent"))
                .isEqualTo("Skip to the page");
        browser.press("\uE007");
        assertThat(browser.script("return document.activeElement.id")).isEqualTo("main");
    }

    @Test
    void the_theme_changes_at_once_and_is_remembered() throws IOException {
        browser.go(console.uri("/"));

        browser.click(".theme button[value='dark']");

        assertThat(browser.script("return getComputedStyle(document.body).colorScheme"))
                .isEqualTo("dark");
        browser.until(
                "remembered",
                () -> {
                    browser.go(console.uri("/"));
                    return browser.script("return document.documentElement.dataset.theme")
                            .equals("dark");
                });
        picture("dark");
        browser.click(".theme button[value='auto']");
        browser.until(
                "back",
                () -> {
                    browser.go(console.uri("/"));
                    return browser.script("return document.documentElement.dataset.theme")
                            .equals("auto");
                });
    }

    /// Nothing wider than a phone's screen but what scrolls in a box of its own.
    @Test
    void pages_fit_a_phone() throws IOException {
        browser.size(390, 844);
        try {
            for (var path : PAGES.subList(0, PAGES.size() - 1)) {
                browser.go(console.uri(path));

                assertThat(browser.script("return String(document.documentElement.scrollWidth)"))
                        .as(path)
                        .isEqualTo("390");
                browser.save("phone" + name(path));
            }
        } finally {
            browser.size(1440, 1000);
        }
    }

    private void picture() throws IOException {
        for (var path : PAGES) {
            browser.go(console.uri(path));
            if (browser.has("figure.chart")) {
                browser.until("a chart", () -> browser.has("figure.chart canvas"));
            }
            browser.save("light" + name(path));
        }
        browser.complaints();
    }

    private void picture(String name) throws IOException {
        if (browser.has("figure.chart")) {
            browser.until("a chart", () -> browser.has("figure.chart canvas"));
        }
        browser.save(name);
    }

    private static String name(String path) {
        return path.replaceAll("[^a-z]+", "-").replaceAll("-$", "");
    }
}
