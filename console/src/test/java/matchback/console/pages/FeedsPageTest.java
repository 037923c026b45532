package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.model.Feed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Feeds side by side, in the API and on their page.
final class FeedsPageTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    /// One by both, browser first; one by both, server first; two by servers, one by a browser; one
    /// that is rejected.
    private void fiveConversions() {
        var first = traffic.click("zone 1");
        traffic.told(Feed.PIXEL, first, "");
        console.clock.advance(Duration.ofSeconds(4));
        traffic.told(Feed.S2S, first, "txid=A1");
        var second = traffic.click("zone 2");
        traffic.told(Feed.S2S, second, "txid=A2");
        console.clock.advance(Duration.ofMillis(1_500));
        traffic.told(Feed.BROWSER, second, "txid=A2&event_id=E");
        traffic.told(Feed.S2S, traffic.click("zone 1"), "txid=A3");
        traffic.told(Feed.S2S, traffic.click("zone 1"), "txid=A4");
        traffic.told(Feed.PIXEL, traffic.click("zone 2"), "");
        traffic.told(Feed.S2S, traffic.click("zone 2"), "txid=A6&status=rejected");
        console.awaitColumns();
    }

    @Test
    void the_api_tells_who_told_of_what_and_how_far_apart() {
        fiveConversions();

        var found = console.get("/api/v1/feeds?group=sub1&sort=sub1").json();

        assertThat(found.path("rows").toString())
                .isEqualTo(
                        "[{\"sub1\":\"zone 1\",\"conversions\":3,\"by_both\":1,\"only_server\":2,"
                                + "\"only_browser\":0,\"recovered\":\"0.666667\","
                                + "\"recovered_by_browser\":\"0.000000\",\"browser_first\":1,"
                                + "\"gaps\":{\"conversions\":1,\"p50\":4000,\"p95\":4000}},"
                                + "{\"sub1\":\"zone 2\",\"conversions\":2,\"by_both\":1,\"only_server\":0,"
                                + "\"only_browser\":1,\"recovered\":\"0.000000\","
                                + "\"recovered_by_browser\":\"0.500000\",\"browser_first\":0,"
                                + "\"gaps\":{\"conversions\":1,\"p50\":1500,\"p95\":1500}}]");
        var totals = found.path("totals");
        assertThat(totals.path("conversions").asInt()).isEqualTo(5);
        assertThat(totals.path("recovered").asText()).isEqualTo("0.400000");
        assertThat(totals.path("gaps").path("conversions").asInt()).isEqualTo(2);
        assertThat(totals.path("gaps").path("p50").asInt()).isEqualTo(1500);
        assertThat(totals.path("gaps").path("p95").asInt()).isEqualTo(4000);
        var report = console.get("/api/v1/report?group=feeds&metrics=conversions&sort=feeds");
        assertThat(report.json().path("rows").toString())
                .isEqualTo(
                        "[{\"feeds\":\"browser,s2s\",\"conversions\":1},"
                                + "{\"feeds\":\"pixel\",\"conversions\":1},"
                                + "{\"feeds\":\"pixel,s2s\",\"conversions\":1},"
                                + "{\"feeds\":\"s2s\",\"conversions\":2}]");
    }

    @Test
    void the_page_says_it_in_a_sentence_and_in_rows() {
        fiveConversions();

        var page = console.get("/feeds?group=feeds").text();

        assertThat(page)
                .contains(
                        "Of 5 conversions browsers told of 3 and servers of 4. A pixel alone would"
                                + " have missed 2 (40.0\u2009%), postbacks alone 1 (20.0\u2009%).")
                .contains("browser,s2s", "1.5\u2009s", "4.0\u2009s")
                .contains("format=csv&amp;group=feeds&amp;metrics=conversions");
        assertThat(console.get("/feeds?campaign=other").text())
                .contains("No conversions in this period")
                .contains("the same transaction id");
    }

    @Test
    void it_says_how_the_side_that_is_silent_comes_to_speak() {
        var click = traffic.click();
        traffic.told(Feed.S2S, click, "txid=A1");
        console.awaitColumns();

        assertThat(console.get("/feeds?campaign=summer").text())
                .contains("only servers told of conversions", "/campaigns/summer/script");
        assertThat(console.get("/feeds").text())
                .contains("only servers told of conversions", "href=\"/campaigns\"");

        traffic.told(Feed.PIXEL, traffic.click("alone"), "");
        console.awaitColumns();
        assertThat(console.get("/feeds?sub1=alone").text())
                .contains("only browsers told of conversions", "href=\"/senders\"");
    }

    @Test
    void what_cannot_be_read_is_named() {
        var page = console.get("/feeds?from=yesterday");
        var api = console.get("/api/v1/feeds?group=colour");

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("from: ");
        assertThat(api.status()).isEqualTo(400);
        assertThat(api.text()).contains("colour");
    }
}
