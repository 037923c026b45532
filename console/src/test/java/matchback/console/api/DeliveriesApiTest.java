package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Deliveries that a person asks for, over HTTP.
final class DeliveriesApiTest {
    private static final String SOURCE = "/api/v1/destinations/source:push";
    private static final String LATE = "/api/v1/destinations/late";

    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    private void makeLate(String more) {
        var made =
                console.post(
                        "/api/v1/destinations",
                        """
                        {"key":"late","type":"hook","settings":{"url":"https://hook.example/"},
                         "secrets":{"token":"abc"}%s}
                        """
                                .formatted(more));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private List<DeliveryState> deliveries(ClickId click) {
        try (var snapshot = console.ledger.snapshot()) {
            var subject = Subject.click(click);
            return new SubjectState(snapshot.state(subject), subject).deliveries();
        }
    }

    private DeliveryState first(ClickId click) {
        return deliveries(click).getFirst();
    }

    private ClickId dead(int status, String note) {
        var click = traffic.click();
        traffic.postback(click, "txid=" + click);
        traffic.attempt(click, AttemptResult.DEAD, status, note);
        return click;
    }

    private static String path(ClickId click, int number) {
        return "/api/v1/deliveries/" + click + "/" + number;
    }

    @Test
    void one_delivery_is_shown_with_its_attempts() {
        var click = dead(410, "gone");

        var shown = console.get(path(click, 1));

        assertThat(shown.json().path("state").asText()).isEqualTo("dead");
        assertThat(shown.json().path("moment").asText()).isEqualTo("approved");
        assertThat(shown.json().at("/attempts/0/note").asText()).isEqualTo("gone");
        assertThat(console.get(path(click, 2)).status()).isEqualTo(404);
        assertThat(console.get("/api/v1/deliveries/x/1").status()).isEqualTo(404);
    }

    @Test
    void a_dead_letter_is_sent_again_and_one_that_waits_is_not() {
        var click = dead(410, "gone");

        var again = console.post(path(click, 1) + "/resend", "");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("state").asText()).isEqualTo("waiting");
        var twice = console.post(path(click, 1) + "/resend", "");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.json().path("detail").asText()).startsWith("Only a dead letter");
    }

    @Test
    void dead_letters_of_a_filter_are_previewed_and_then_sent_again() {
        var gone = dead(410, "Gone for good");
        var refused = dead(422, "unknown click id");
        dead(422, "bad currency");
        var delivered = traffic.click();
        traffic.postback(delivered, "txid=D1");
        traffic.attempt(delivered, AttemptResult.DELIVERED, 200, "");
        console.awaitColumns();

        var preview =
                console.post(SOURCE + "/resend", "{\"httpStatus\":422,\"dryRun\":true}").json();
        assertThat(preview.path("matched").asInt()).isEqualTo(2);
        assertThat(preview.path("resent").asInt()).isEqualTo(2);
        assertThat(preview.path("reasons")).hasSize(2);
        assertThat(first(refused).progress()).isEqualTo(Progress.DEAD);

        var done =
                console.post(SOURCE + "/resend", "{\"httpStatus\":422,\"note\":\"CLICK\"}").json();
        assertThat(done.path("resent").asInt()).isEqualTo(1);
        assertThat(first(refused).progress()).isEqualTo(Progress.WAITING);
        assertThat(first(gone).progress()).isEqualTo(Progress.DEAD);

        console.awaitColumns();
        assertThat(console.post(SOURCE + "/resend", "{}").json().path("resent").asInt())
                .isEqualTo(2);
        console.awaitColumns();
        assertThat(console.post(SOURCE + "/resend", "{}").json().path("matched").asInt()).isZero();
        assertThat(
                        console.get("/api/v1/deliveries?destination=source:push&state=waiting")
                                .json()
                                .path("items"))
                .hasSize(3);
    }

    @Test
    void more_dead_letters_than_a_page_of_the_list_are_all_sent_again() {
        var letters = new ArrayList<ClickId>();
        for (int i = 0; i < 1_100; i++) {
            letters.add(dead(500, "down"));
        }
        console.awaitColumns();

        var done = console.post(SOURCE + "/resend", "{}").json();

        assertThat(done.path("resent").asInt()).isEqualTo(1_100);
        assertThat(done.path("left").asInt()).isZero();
        assertThat(letters).allMatch(click -> first(click).progress() == Progress.WAITING);
    }

    @Test
    void what_cannot_be_asked_is_named() {
        assertThat(console.post(SOURCE + "/resend", "{\"httpStatus\":\"x\"}").fields())
                .containsExactly("httpStatus");
        assertThat(console.post(SOURCE + "/resend", "{\"from\":\"tomorrow\"}").fields())
                .containsExactly("from");
        assertThat(console.post(SOURCE + "/resend", "{\"fron\":\"2026-01-01\"}").error("fron"))
                .isEqualTo("Unknown field; did you mean \"from\"?");
        assertThat(console.post("/api/v1/destinations/nobody/resend", "{}").status())
                .isEqualTo(404);
        assertThat(console.post(LATE + "/backfill", "{}").status()).isEqualTo(404);
    }

    @Test
    void a_destination_that_is_made_late_is_told_of_earlier_conversions_once() {
        var told = new ArrayList<ClickId>();
        for (int i = 0; i < 3; i++) {
            var click = traffic.click();
            traffic.postback(click, "txid=A" + i + "&payout=10");
            told.add(click);
        }
        var dear = traffic.click();
        traffic.postback(dear, "txid=B&payout=500");
        var pending = traffic.click();
        traffic.postback(pending, "txid=C&status=pending");
        var lead = traffic.click();
        traffic.postback(lead, "txid=D&event=lead");
        makeLate(",\"conditions\":{\"eventTypes\":[\"sale\"]}");
        console.awaitColumns();

        var preview = console.post(LATE + "/backfill", "{\"dryRun\":true}").json();
        assertThat(preview.path("matched").asInt()).isEqualTo(6);
        assertThat(preview.path("told").asInt()).isEqualTo(3);
        assertThat(preview.path("untold").toString())
                .contains("\"500.00 is more than Hook takes\"")
                .contains("{\"why\":\"moment\"")
                .contains("{\"why\":\"event_type\"");
        assertThat(deliveries(told.getFirst())).hasSize(1);

        var done = console.post(LATE + "/backfill", "{}").json();
        assertThat(done.path("told").asInt()).isEqualTo(3);
        assertThat(done.path("next").isNull()).isTrue();
        assertThat(told)
                .allMatch(click ->
                        deliveries(click).size() == 2
                                && deliveries(click).getLast().destination().equals("hook:late"));
        assertThat(deliveries(dear)).hasSize(1);

        var again = console.post(LATE + "/backfill", "{}").json();
        assertThat(again.path("told").asInt()).isZero();
        assertThat(again.path("untold").toString()).contains("{\"why\":\"told\"");
        assertThat(told).allMatch(click -> deliveries(click).size() == 2);
    }

    @Test
    void a_backfill_keeps_to_its_period() {
        var early = traffic.click();
        traffic.postback(early, "txid=A1");
        console.clock.advance(Duration.ofDays(2));
        var late = traffic.click();
        traffic.postback(late, "txid=A2");
        makeLate("");
        console.awaitColumns();
        var from = console.clock.instant().minus(Duration.ofDays(1));

        var done = console.post(LATE + "/backfill", "{\"from\":\"" + from + "\"}").json();

        assertThat(done.path("told").asInt()).isEqualTo(1);
        assertThat(deliveries(early)).hasSize(1);
        assertThat(deliveries(late)).hasSize(2);
    }
}
