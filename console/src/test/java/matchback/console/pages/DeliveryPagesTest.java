package matchback.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import matchback.console.testing.FormSession;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Deliveries, dead letters and backfills, as the pages show and take them without any script.
final class DeliveryPagesTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);
    private final FormSession session = new FormSession(console);

    @AfterEach
    void close() {
        console.close();
    }

    private void connectLate(String more) {
        var made =
                console.post(
                        "/api/v1/destinations",
                        """
                        {"key":"late","name":"Late hook","type":"hook",
                         "settings":{"url":"https://hook.example/"},
                         "secrets":{"token":"abc"}%s}
                        """
                                .formatted(more));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private ClickId converted(String txid) {
        var click = traffic.click();
        traffic.postback(click, "txid=" + txid);
        return click;
    }

    private ClickId dead(String txid, int status, String note) {
        var click = converted(txid);
        traffic.attempt(click, AttemptResult.DEAD, status, note);
        console.awaitColumns();
        return click;
    }

    private List<Progress> deliveries(ClickId click) {
        try (var snapshot = console.ledger.snapshot()) {
            var subject = Subject.click(click);
            var found = new ArrayList<Progress>();
            new SubjectState(snapshot.state(subject), subject)
                    .deliveries()
                    .forEach(delivery -> found.add(delivery.progress()));
            return found;
        }
    }

    private static String page(ClickId click) {
        return "/deliveries/" + click + "/1";
    }

    @Test
    void deliveries_are_found_by_answer_age_and_id() {
        dead("A1", 410, "gone for good");
        dead("B2", 400, "no such pixel");

        assertThat(session.get("/deliveries?answer=410").text())
                .contains("A1")
                .doesNotContain("B2");
        assertThat(session.get("/deliveries?answer=PIXEL").text())
                .contains("B2")
                .doesNotContain("A1");
        assertThat(session.get("/deliveries?q=A1").text())
                .contains(
                        "gone for good",
                        ">Push network</a>",
                        "href=\"/destinations/source%3Apush\"")
                .doesNotContain("B2");
        assertThat(session.get("/deliveries?age=over_hour").text()).contains("Nothing fits");
        assertThat(session.get("/deliveries?age=day&state=dead").text())
                .contains("A1", "B2", "Choose a destination to send its dead letters");
        assertThat(session.get("/deliveries?state=dead&destination=source:push&answer=410").text())
                .contains("href=\"/destinations/source%3Apush/resend?httpStatus=410\"");
    }

    @Test
    void a_delivery_shows_every_try_and_a_dead_letter_is_sent_again() {
        var click = dead("A1", 410, "gone for good");

        var shown = session.get(page(click)).text();
        var sent = session.post(page(click) + "/resend");

        assertThat(shown)
                .contains(
                        "Delivery to Push network",
                        "gone for good",
                        "https://push.example/p?c=ext-1")
                .contains("Send it again", "externalid");
        assertThat(sent.status()).isEqualTo(303);
        assertThat(deliveries(click)).containsExactly(Progress.WAITING);
        assertThat(session.get(sent.header("Location")).text())
                .contains("It is sent again")
                .doesNotContain("Send it again");
        var again = session.post(page(click) + "/resend");
        assertThat(session.get(again.header("Location")).text())
                .contains("only a dead letter can be sent again");
    }

    @Test
    void what_is_no_delivery_is_not_found() {
        var click = converted("A1");

        assertThat(session.get("/deliveries/" + click + "/9").status()).isEqualTo(404);
        assertThat(session.get("/deliveries/" + click + "/0").status()).isEqualTo(404);
        assertThat(session.get("/deliveries/" + click + "/x").status()).isEqualTo(404);
        assertThat(session.get("/deliveries/nobody/1").status()).isEqualTo(404);
    }

    @Test
    void dead_letters_are_looked_at_and_then_sent_again_by_filter() {
        var gone = dead("A1", 410, "gone for good");
        var wrong = dead("B2", 400, "no such pixel");
        var path = "/destinations/source:push/resend";

        var look = session.get(path + "?httpStatus=410&note=GONE").text();
        var done = session.post(path, "httpStatus", "410", "note", "GONE");

        assertThat(look)
                .contains("Dead letters that fit: 1.", "gone for good", "Send 1 again")
                .doesNotContain("no such pixel");
        assertThat(done.header("Location"))
                .isEqualTo("/destinations/source%3Apush/resend?resent=1&superseded=0&left=0");
        assertThat(session.get(done.header("Location")).text()).contains("Sent again: 1.");
        assertThat(deliveries(gone)).containsExactly(Progress.WAITING);
        assertThat(deliveries(wrong)).containsExactly(Progress.DEAD);
    }

    @Test
    void a_filter_that_cannot_be_read_is_said_so() {
        var page = session.get("/destinations/source:push/resend?httpStatus=many&from=yesterday");

        assertThat(page.status()).isEqualTo(422);
        assertThat(page.text()).contains("httpStatus", "yesterday").doesNotContain("Send 0 again");
        assertThat(session.get("/destinations/nobody/resend").status()).isEqualTo(404);
    }

    @Test
    void a_late_destination_is_told_of_the_past_once() {
        var first = converted("A1");
        converted("A2");
        connectLate(",\"conditions\":{\"payoutMin\":5}");
        console.awaitColumns();
        var path = "/destinations/late/backfill";

        var look = session.get(path).text();
        var done = session.post(path, "from", "2026-03-01", "to", "2026-03-01");
        var after = session.get(done.header("Location")).text();

        assertThat(look).contains("Of 2 conversions, 2 would be told.", "value=\"2026-02-23\"");
        assertThat(session.get(path + "?from=2026-02-01&to=2026-02-28").text())
                .contains("Of 0 conversions");
        assertThat(after)
                .contains("told now: 2.", "Of 2 conversions, 0 would be told.")
                .contains("Told already");
        assertThat(deliveries(first)).containsExactly(Progress.WAITING, Progress.WAITING);
    }

    @Test
    void a_sources_own_postback_and_an_archived_destination_are_not_told_of_the_past() {
        connectLate("");
        console.delete("/api/v1/destinations/late");

        assertThat(session.get("/destinations/late/backfill").status()).isEqualTo(404);
        assertThat(session.get("/destinations/source:push/backfill").status()).isEqualTo(404);
    }

    @Test
    void a_click_and_its_postback_say_who_was_not_told_and_why() {
        connectLate(",\"conditions\":{\"payoutMin\":500}");
        var click = traffic.click();
        var postback = traffic.postback(click, "txid=A1");

        var story = session.get("/clicks/" + click).text();
        var report = session.get("/postbacks/" + postback.recordId()).text();

        assertThat(story)
                .contains("Who was told", "Conversion sale A1", "Late hook")
                .contains("the payout is below its least one of 500")
                .contains("href=\"/deliveries/" + click + "/1\"");
        assertThat(report).contains("the payout is below its least one of 500");
    }

    @Test
    void a_destinations_page_leads_to_its_dead_letters() {
        dead("A1", 410, "gone & over");

        assertThat(session.get("/destinations/source:push").text())
                .contains(
                        "href=\"/destinations/source%3Apush/resend?httpStatus=410&amp;note=gone+%26+over\"");
    }
}
