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
