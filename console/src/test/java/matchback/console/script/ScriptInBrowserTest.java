package matchback.console.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import matchback.console.testing.Browser;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.TestingSites;
import matchback.ledger.PersonalBlock;
import matchback.ledger.state.BrowserTrail;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.SubjectState;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A browser that gives third parties no cookies, on pages of two sites that are not the tracker's.
final class ScriptInBrowserTest {
    /// Without a window it would say so, and be taken for a bot.
    static final String AGENT =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/140.0.0.0 Safari/537.36";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SALE =
            "<form id=f action=/bought><input name=mail></form><a id=out href=%s>Buy</a>";

    @TempDir static Path profile;
    private static Browser browser;
    private static TestingConsole console;
    private static TestingSites sites;

    @BeforeAll
    static void openBrowser() {
        assumeTrue(Browser.absence().isEmpty(), () -> Browser.absence().orElse(""));
        browser =
                new Browser(
                        profile,
                        List.of("--test-third-party-cookie-phaseout", "--user-agent=" + AGENT));
        console = new TestingConsole();
        sites = new TestingSites(console);
        console.post("/api/v1/senders", "{\"key\":\"network\",\"name\":\"Network\"}");
        console.post(
                "/api/v1/offers",
                """
                {"key":"shoes","name":"Shoes","url":"%s","sender":"network","payout":"10"}\
                """
                        .formatted(sites.shop().uri("/buy") + "?clickid={clickid}"));
        console.post(
                "/api/v1/campaigns",
                """
                {"key":"spring","name":"Spring","offers":[{"offer":"shoes","weight":1}]}\
                """);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
            sites.close();
            console.close();
        }
    }

    @BeforeEach
    void open() {
        sites.lander()
                .page(
                        "/land",
                        "<!doctype html><title>L</title>"
                                + SALE.formatted(sites.shop().uri("/buy?a=1"))
                                + sites.tag(
                                        "data-campaign=spring",
                                        "data-links=" + sites.shop().host()));
        sites.shop()
                .page(
                        "/buy",
                        "<!doctype html><title>S</title>" + SALE.formatted("/") + sites.tag());
    }

    @AfterEach
    void forget() {
        browser.go(URI.create("about:blank"));
        browser.command("Network.clearBrowserCookies", JSON.createObjectNode());
        for (var site : List.of(sites.lander(), sites.shop())) {
            browser.command(
                    "Storage.clearDataForOrigin",
                    JSON.createObjectNode()
                            .put("origin", site.uri("").toString())
                            .put("storageTypes", "local_storage"));
        }
    }

    /// The click id that the page's script knows.
    private static String clickId() {
        browser.until(
                "the script is there", () -> says("String(!!(window.matchback||{}).clickId)"));
        return browser.await("matchback.clickId().then(done)");
    }

    private static boolean says(String expression) {
        return browser.script("return " + expression).equals("true");
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void noComplaints() {
        assertThat(browser.complaints()).isEmpty();
    }

    /// Reports a conversion as a server does; gives decision and reason.
    private static String server(String clickId, String rest) {
        try (var http = HttpClient.newHttpClient()) {
            var uri = sites.tracker() + "/postback/network?clickid=" + clickId + rest;
            return http.send(
                            HttpRequest.newBuilder(URI.create(uri)).build(),
                            BodyHandlers.ofString())
                    .body()
                    .strip();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Reports one as a page does.
    private static String page(String data) {
        return browser.await(
                "matchback.convert(%s).then(a => done(a.decision + ': ' + a.reason))"
                        .formatted(data));
    }

    private static JsonNode story(String clickId) {
        return console.get("/api/v1/clicks/" + clickId).json();
    }

    private static List<String> conversions(String clickId) {
        return StreamSupport.stream(story(clickId).path("conversions").spliterator(), false)
                .map(c -> c.path("payout").asText() + " " + c.path("txid").asText())
                .toList();
    }

    /// Names of what the browser saw.
    private static List<String> sights(String clickId) {
        var subject = new Subject(clickId);
        try (var snapshot = console.ledger.snapshot()) {
            return new BrowserTrail(snapshot.state(subject), subject)
                    .sights().stream().map(seen -> seen.sight().name()).toList();
        }
    }

    private static PersonalBlock block(String clickId) {
        var subject = new Subject(clickId);
        try (var snapshot = console.ledger.snapshot()) {
            return new SubjectState(snapshot.state(subject), subject)
                    .click()
                    .map(ClickState::recordId)
                    .flatMap(snapshot::personal)
                    .orElseThrow();
        }
    }

    @Test
    void a_visit_is_registered_kept_and_carried_to_the_shop() {
        browser.go(sites.lander().uri("/land?fbclid=AbC_1"));
        var id = clickId();

        browser.go(sites.lander().uri("/land"));
        var later = clickId();
        var field = browser.script("return document.forms.f.elements.clickid.value");
        browser.click("#out");
        browser.until("the shop opened", () -> browser.path().startsWith("/buy"));

        assertThat(id).hasSize(32).isEqualTo(later);
        assertThat(field).isEqualTo(id);
        assertThat(browser.path()).isEqualTo("/buy?a=1&clickid=" + id);
        assertThat(clickId()).isEqualTo(id);
        assertThat(browser.script("return document.cookie")).contains("mb_click=" + id);
        assertThat(browser.script("return localStorage.mb_click")).isEqualTo(id);
        assertThat(browser.script("return document.forms.f.elements.clickid.value")).isEqualTo(id);
        assertThat(block(id).target()).isEqualTo("/c/spring?fbclid=AbC_1");
        assertThat(story(id).path("click").path("campaign").asText()).isEqualTo("spring");
        browser.until(
                "three page views",
                () -> sights(id).stream().filter("page_view"::equals).count() == 3);
        noComplaints();
    }

    @Test
    void another_click_on_an_ad_is_another_visit() {
        browser.go(sites.lander().uri("/land?gclid=one"));
        var first = clickId();

        browser.go(sites.lander().uri("/land?gclid=one"));
        var again = clickId();
        browser.go(sites.lander().uri("/land?gclid=two"));
        var second = clickId();

        assertThat(again).isEqualTo(first);
        assertThat(second).hasSize(32).isNotEqualTo(first);
        noComplaints();
    }

    @Test
    void a_purchase_by_server_and_by_page_counts_once_in_both_orders() {
        var told = new ArrayList<String>();
        for (boolean isServerFirst : new boolean[] {true, false}) {
            browser.go(URI.create(sites.tracker() + "/c/spring"));
            var id = clickId();
            if (isServerFirst) {
                told.add(server(id, "&txid=A" + id.charAt(9) + "1&payout=12"));
                told.add(page("{value: 30, payout: 99}"));
            } else {
                told.add(page("{value: 30, payout: 99, event_id: 'b-7'}"));
                told.add(server(id, "&txid=B1&payout=12"));
                assertThat(story(id).path("conversions").path(0).path("feeds").toString())
                        .isEqualTo("[\"browser\",\"s2s\"]");
            }
            assertThat(conversions(id)).singleElement().asString().startsWith("12");
        }

        assertThat(told)
                .containsExactly(
                        "counted: new_conversion",
                        "duplicate: duplicate_report",
                        "counted: new_conversion",
                        "updated: completed");
        noComplaints();
    }

    @Test
    void two_purchases_by_server_and_two_nameless_pixels_are_two_purchases() {
        browser.go(URI.create(sites.tracker() + "/c/spring"));
        var id = clickId();
        server(id, "&txid=C1&payout=12");
        server(id, "&txid=C2&payout=13");

        var first = page("{}");
        var second = page("{}");

        assertThat(first).isEqualTo("held: ambiguous_conversion");
        assertThat(second).isEqualTo("held: ambiguous_conversion");
        assertThat(conversions(id)).containsExactly("12.00 C1", "13.00 C2");
        noComplaints();
    }

    @Test
    void one_order_on_two_clicks_counts_for_the_first() {
        browser.go(sites.lander().uri("/land?fbclid=a"));
        var first = clickId();
        browser.go(sites.lander().uri("/land?fbclid=b"));
        var second = clickId();
        server(first, "&txid=D1&payout=12");

        var told = page("{txid: 'D1'}");

        assertThat(second).isNotEqualTo(first);
        assertThat(told).isEqualTo("duplicate: duplicate_transaction_other_click");
        assertThat(conversions(second)).isEmpty();
        noComplaints();
    }

    @Test
    void where_the_script_is_blocked_the_server_alone_counts() {
        browser.command("Network.enable", JSON.createObjectNode());
        browser.command("Network.setBlockedURLs", json("{\"urls\":[\"*://127.0.0.9*/m.js\"]}"));
        try {
            browser.go(URI.create(sites.tracker() + "/c/spring"));

            var id = browser.path().substring(browser.path().indexOf("clickid=") + 8);
            assertThat(says("!window.matchback")).isTrue();
            assertThat(server(id, "&txid=E1&payout=12")).isEqualTo("counted: new_conversion");
            assertThat(conversions(id)).containsExactly("12.00 E1");
        } finally {
            browser.command("Network.setBlockedURLs", json("{\"urls\":[]}"));
            browser.complaints();
        }
    }

    @Test
    void a_strict_policy_needs_no_more_than_the_tracker_in_it() {
        sites.lander()
                .page(
                        "/strict",
                        "<!doctype html><title>L</title><form id=f></form>"
                                + sites.tag("data-campaign=spring"),
                        "Content-Security-Policy",
                        "default-src 'none'; script-src %1$s; connect-src %1$s"
                                .formatted(sites.tracker()));
        browser.go(sites.lander().uri("/strict"));

        var id = clickId();

        assertThat(id).hasSize(32);
        assertThat(page("{event: 'lead'}")).isEqualTo("counted: new_conversion");
        browser.until("the page view arrived", () -> sights(id).contains("page_view"));
        noComplaints();
    }

    @Test
    void without_any_storage_the_id_of_the_url_still_counts() {
        sites.shop()
                .script(
                        "/blocked.js",
                        """
                        const no = () => { throw new DOMException('no', 'SecurityError'); };
                        Object.defineProperty(window, 'localStorage', {get: no});
                        Object.defineProperty(document, 'cookie', {get: no, set: no});\
                        """);
        sites.shop()
                .page(
                        "/buy",
                        "<!doctype html><title>S</title><script src=/blocked.js></script>"
                                + SALE.formatted("/")
                                + sites.tag());
        browser.go(URI.create(sites.tracker() + "/c/spring"));

        var id = clickId();

        assertThat(browser.path()).endsWith(id);
        assertThat(page("{}")).isEqualTo("counted: new_conversion");
        noComplaints();
    }

    @Test
    void a_page_that_only_changes_its_address_is_seen_twice() {
        browser.go(sites.lander().uri("/land"));
        var id = clickId();

        browser.script("history.pushState({}, '', '/land?step=2'); return ''");
        browser.script(
                "const a = document.createElement('a'); a.id = 'late'; a.textContent = 'Late';"
                        + " a.href = '%s'; document.body.append(a); return ''"
                                .formatted(sites.shop().uri("/buy")));
        browser.script("matchback.event('Add to cart', {value: 3, event_id: 'x'}); return ''");
        browser.click("#late");
        browser.until("the shop opened", () -> browser.path().startsWith("/buy"));

        assertThat(browser.path()).isEqualTo("/buy?clickid=" + id);
        browser.until(
                "all was seen",
                () ->
                        sights(id).stream().filter("page_view"::equals).count() >= 3
                                && sights(id).containsAll(List.of("scroll", "add_to_cart")));
        noComplaints();
    }

    @Test
    void before_consent_nothing_is_kept_and_nothing_is_sent() {
        sites.lander()
                .script(
                        "/early.js",
                        "window.matchback = window.matchback || [];"
                                + "matchback.push(['convert', {event: 'lead'},"
                                + " a => { window.told = a.reason; }]);");
        sites.lander()
                .page(
                        "/wait",
                        "<!doctype html><title>L</title><script src=/early.js></script>"
                                + sites.tag("data-campaign=spring", "data-consent=wait"));
        long clicks = sites.server().metrics().clicks();
        browser.go(sites.lander().uri("/wait?fbclid=x"));
        browser.until("the script is there", () -> says("String(!!matchback.clickId)"));
        var kept = browser.script("return document.cookie + Object.keys(localStorage)");
        long clicksBefore = sites.server().metrics().clicks();

        browser.script(
                "matchback.consent(true, {gdpr_consent: 'CPtc', ad_user_data: 'granted'});"
                        + " return ''");
        var id = clickId();
        browser.until("the early call is answered", () -> says("String(!!window.told)"));
        browser.script("matchback.consent(false); return ''");

        assertThat(kept).isEmpty();
        assertThat(clicksBefore).isEqualTo(clicks);
        assertThat(browser.script("return window.told")).isEqualTo("new_conversion");
        assertThat(block(id).userData())
                .containsEntry("gdpr_consent", "CPtc")
                .containsEntry("ad_user_data", "granted");
        assertThat(browser.script("return document.cookie + Object.keys(localStorage)")).isEmpty();
        noComplaints();
    }

    @Test
    void a_pixel_with_the_id_in_it_counts_where_third_parties_get_no_cookies() {
        browser.go(sites.lander().uri("/land"));
        var id = clickId();
        sites.shop()
                .page(
                        "/thanks",
                        "<!doctype html><title>S</title><img id=p alt='' src=\"%1$s/pixel.gif?clickid=%2$s&event=lead\"><iframe src=\"%1$s/pixel.html?clickid=%2$s&event=deposit\"></iframe>"
                                .formatted(sites.tracker(), id));

        browser.go(sites.shop().uri("/thanks"));

        browser.until(
                "the image is one",
                () -> says("String(document.getElementById('p').naturalWidth == 1)"));
        browser.until("both are counted", () -> conversions(id).size() == 2);
        noComplaints();
    }
}
