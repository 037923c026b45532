package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.console.testing.FormSession;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Exchange rates on pages.
final class RatesTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);
    private final FormSession session = new FormSession(console);

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void without_any_the_page_says_what_they_are_for() {
        assertThat(session.get("/rates").text()).contains("No exchange rates", "/rates/new");
    }

    @Test
    void a_rate_is_added_listed_and_changed() {
        var added = session.post("/rates/new", "key", "EUR", "rate", "1.08");
        var listed = session.get("/rates").text();
        var etag = console.get("/api/v1/exchange-rates/EUR").header("ETag");
        session.post("/rates/EUR/edit", "rate", "1.10", "etag", etag);

        assertThat(added.status()).as(added.text()).isEqualTo(303);
        assertThat(listed).contains("href=\"/rates/EUR\"", "1.08");
        assertThat(session.get("/rates").text()).contains("1.10");
    }

    @Test
    void what_is_no_currency_and_no_rate_is_marked() {
        var answer = session.post("/rates/new", "key", "eur", "rate", "0");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("id=\"key-error\"", "id=\"rate-error\"");
    }

    @Test
    void a_currency_in_use_without_a_rate_is_listed_with_the_way_to_add_it() {
        console.post("/api/v1/senders", "{\"key\":\"euro\",\"currency\":\"EUR\"}");

        assertThat(session.get("/rates").text())
                .contains("/rates/new?key=EUR", "none yet; conversions in it are held");
        assertThat(session.get("/rates/new?key=EUR").text()).contains("value=\"EUR\"");
    }

    @Test
    void a_postback_held_for_want_of_a_rate_leads_there() {
        var click = traffic.click();
        var record = traffic.postback(click, "payout=5&currency=GBP").recordId();
        console.awaitColumns();

        assertThat(session.get("/postbacks/" + record).text())
                .contains("href=\"/rates/new?key=GBP\"", "Add a rate for GBP");
    }
}
