package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import matchback.console.testing.FormSession;
import matchback.console.testing.TestingConsole;
import matchback.model.catalog.ConversionCap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The limits of an offer as the form takes and shows them.
final class OfferFormTest {
    private static final String URL = "https://offer.example/?c={clickid}";

    private final TestingConsole console = new TestingConsole();
    private final FormSession session = new FormSession(console);

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void a_cap_and_windows_are_taken_and_shown_again() {
        session.post(
                "/offers/new",
                "name",
                "Loan",
                "url",
                URL,
                "dailyCap",
                "50",
                "dailyCapEvent",
                "deposit",
                "windows",
                "rebill = 365\nregistration = 1");

        var offer = console.ledger.catalog().offer("loan").orElseThrow();
        var form = session.get("/offers/loan/edit").text();

        assertThat(offer.cap()).isEqualTo(new ConversionCap(50, "deposit"));
        assertThat(offer.windowsByEvent()).isEqualTo(Map.of("rebill", 365, "registration", 1));
        assertThat(form)
                .contains("value=\"50\"", "value=\"deposit\"")
                .contains("rebill = 365\nregistration = 1");
    }

    @Test
    void the_form_asks_for_what_the_template_needs_from_the_account() {
        console.post("/api/v1/senders", "{\"key\":\"af\",\"template\":\"appsflyer\"}");

        var first = session.post("/offers/new", "name", "App", "template", "appsflyer");
        var second =
                session.post(
                        "/offers/new",
                        "name",
                        "App",
                        "template",
                        "appsflyer",
                        "templateValues.app-id",
                        "id42",
                        "templateValues.media-source",
                        "mine_int",
                        "templateValues.lookback",
                        "7d");

        assertThat(first.status()).isEqualTo(422);
        assertThat(first.text())
                .contains("name=\"templateValues.app-id\"", "From your account at AppsFlyer")
                .contains("<option value=\"appsflyer\" selected>");
        assertThat(second.status()).as(second.text()).isEqualTo(303);
        var offer = console.ledger.catalog().offer("app").orElseThrow();
        assertThat(offer.url())
                .startsWith("https://app.appsflyer.com/id42?pid=mine_int&")
                .contains("&clickid={clickid}&");
        assertThat(offer.sender()).isEqualTo("af");
    }

    @Test
    void a_url_that_was_typed_in_stands_before_the_template() {
        session.post("/offers/new", "name", "App", "template", "adjust", "url", URL);

        assertThat(console.ledger.catalog().offer("app").orElseThrow().url()).isEqualTo(URL);
    }

    @Test
    void what_cannot_be_a_cap_or_a_window_is_marked() {
        var answer =
                session.post(
                        "/offers/new",
                        "name",
                        "Loan",
                        "url",
                        URL,
                        "dailyCap",
                        "none",
                        "windows",
                        "rebill = long");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("id=\"dailyCap-error\"", "id=\"windows-error\"", "rebill = long");
    }
}
