package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.console.testing.FormSession;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Changing conversions by hand, on pages.
final class EditPagesTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);
    private final FormSession session = new FormSession(console);
    private final ClickId click = traffic.click();

    @AfterEach
    void close() {
        console.close();
    }

    private String path() {
        return "/clicks/" + click + "/conversions/" + conversion().id() + "/edit";
    }

    private ConversionState conversion() {
        try (var snapshot = console.ledger.snapshot()) {
            var subject = Subject.click(click);
            return new SubjectState(snapshot.state(subject), subject).conversions().getFirst();
        }
    }

    @Test
    void the_clicks_page_leads_to_a_form_with_what_the_conversion_is() {
        traffic.postback(click, "txid=A1&payout=5&value=50&status=pending");

        var story = session.get("/clicks/" + click).text();
        var form = session.get(path()).text();

        assertThat(story).contains(path());
        assertThat(form)
                .contains("<option value=\"pending\" selected>")
                .contains("value=\"5.00\"", "value=\"50.00\"", "value=\"A1\"", "value=\"USD\"");
    }

    @Test
    void what_was_changed_is_saved_and_told_in_the_story() {
        traffic.postback(click, "txid=A1&payout=5&value=50&status=pending");

        var saved =
                session.post(
                        path(),
                        "status",
                        "approved",
                        "event",
                        "sale",
                        "payout",
                        "7.50",
                        "currency",
                        "USD",
                        "value",
                        "50.00",
                        "txid",
                        "A1",
                        "note",
                        "told by <telephone>");

        assertThat(saved.status()).as(saved.text()).isEqualTo(303);
        assertThat(conversion().payout().plain()).isEqualTo("7.50");
        assertThat(conversion().status().word()).isEqualTo("approved");
        assertThat(session.get("/clicks/" + click).text())
                .contains("changed by hand by console:admin", "told by &lt;telephone&gt;");
    }

    @Test
    void what_cannot_be_is_said_beside_the_field_and_nothing_typed_is_lost() {
        traffic.postback(click, "txid=A1&payout=5");

        var answer =
                session.post(path(), "payout", "7,50", "note", "why not", "status", "approved");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("id=\"payout-error\"", "7,50", "why not");
    }

    @Test
    void a_form_that_changes_nothing_says_so() {
        traffic.postback(click, "txid=A1&payout=5");

        var answer = session.post(path(), "payout", "5.00", "status", "approved");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("role=\"alert\"");
    }

    @Test
    void a_conversion_that_is_not_there_is_a_404() {
        traffic.postback(click, "txid=A1&payout=5");

        assertThat(session.get("/clicks/" + click + "/conversions/x/edit").status()).isEqualTo(404);
        assertThat(
                        session.get("/clicks/nobody/conversions/" + conversion().id() + "/edit")
                                .status())
                .isEqualTo(404);
    }
}
