package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Replays over the API.
final class ReplaysApiTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    private void statuses(String statuses) {
        var reply =
                console.put(
                        "/api/v1/senders/net",
                        "{\"key\":\"net\",\"name\":\"Affiliate network\",\"statuses\":"
                                + statuses
                                + "}");
        assertThat(reply.status()).isEqualTo(200);
    }

    private Reply begin(String more) {
        return console.post(
                "/api/v1/replays", "{\"from\":\"2026-03-01\",\"to\":\"2026-03-02\"" + more + "}");
    }

    private JsonNode await(String path) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        var replay = console.get(path).json();
        while (replay.path("state").asText().matches("previewing|applying")) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
            replay = console.get(path).json();
        }
        return replay;
    }

    private Reply apply(String path, String query) {
        return console.send(
                console.withToken(path + "/apply" + query).POST(BodyPublishers.noBody()));
    }

    /// A day on which approved reports were taken for rejected ones.
    private void wrongDay() {
        statuses("{\"1\":\"rejected\"}");
        for (int i = 0; i < 5; i++) {
            traffic.postback(traffic.click(), "status=1&payout=2.5&txid=T" + i);
        }
        traffic.postback(traffic.click(), "status=approved&payout=7&txid=T9");
    }

    @Test
    void a_wrong_day_is_previewed_listed_applied_and_reported() {
        wrongDay();
        statuses("{\"1\":\"approved\"}");

        var begun = begin(",\"note\":\"status 1 was wrong\"");
        var path = begun.header("Location");
        var ready = await(path);
        var first = console.get(path + "/changes?limit=3").json();
        var rest = console.get(path + "/changes?cursor=" + first.path("next").asText()).json();
        var applied = apply(path, "");
        var done = await(path);
        console.awaitColumns();
        var report = console.get("/api/v1/report?metrics=conversions,revenue").json();

        assertThat(begun.status()).isEqualTo(202);
        assertThat(ready.path("state").asText()).isEqualTo("ready");
        var summary = ready.path("summary");
        assertThat(summary.path("postbacks").asInt()).isEqualTo(6);
        assertThat(summary.path("changedPostbacks").asInt()).isEqualTo(5);
        assertThat(summary.path("revenueBefore").asText()).isEqualTo("7.00");
        assertThat(summary.path("revenueAfter").asText()).isEqualTo("19.50");
        assertThat(summary.path("deliveriesWanted").asInt()).isEqualTo(5);
        assertThat(first.path("items")).hasSize(3);
        assertThat(rest.path("items")).hasSize(2);
        assertThat(rest.path("next").isNull()).isTrue();
        var change = first.path("items").path(0);
        assertThat(change.path("before").path("status").asText()).isEqualTo("rejected");
        assertThat(change.path("after").path("status").asText()).isEqualTo("approved");
        assertThat(applied.status()).isEqualTo(202);
        assertThat(done.path("state").asText()).isEqualTo("applied");
        assertThat(done.path("result").path("clicks").asInt()).isEqualTo(5);
        assertThat(report.path("totals").path("revenue").asText()).isEqualTo("19.50");
        assertThat(report.path("totals").path("conversions").asInt()).isEqualTo(6);
    }

    @Test
    void the_sums_of_the_day_still_add_up() {
        wrongDay();
        statuses("{\"1\":\"ignore\"}");

        var path = begin("").header("Location");
        await(path);
        apply(path, "");
        await(path);
        console.awaitColumns();

        var day = console.get("/api/v1/sums").json().path("items").path(0);
        assertThat(day.path("received").asInt()).isEqualTo(6);
        assertThat(day.path("refused").asInt()).isEqualTo(5);
        assertThat(day.path("counted").asInt()).isEqualTo(1);
    }

    @Test
    void a_report_that_finds_another_click_is_found_there() {
        var one = traffic.click();
        var two = traffic.click();
        var sent = traffic.reported("net", one, "old=" + one + "&other=" + two + "&payout=2");
        console.put(
                "/api/v1/senders/net",
                "{\"key\":\"net\",\"name\":\"N\",\"parameters\":{\"clickid\":\"other\"}}");

        var path = begin("").header("Location");
        await(path);
        apply(path, "");
        var done = await(path);
        var story = console.get("/api/v1/postbacks/" + sent.recordId()).json();

        assertThat(done.path("result").path("clicks").asInt()).isEqualTo(2);
        assertThat(story.path("clickId").asText()).isEqualTo(two.text());
        assertThat(story.path("request").path("target").asText()).contains("old=" + one);
        assertThat(story.path("replayed").path("first").asText()).isEqualTo("new_conversion");
        assertThat(console.get("/api/v1/clicks/" + one).json().path("conversions")).isEmpty();
        assertThat(console.get("/api/v1/clicks/" + two).json().path("conversions")).hasSize(1);
    }

    @Test
    void wrong_fields_are_named() {
        var nothing = console.post("/api/v1/replays", "{}");
        var wrong =
                console.post(
                        "/api/v1/replays",
                        """
                        {"from":"yesterday","to":"2026-03-01","senders":["nett"],
                         "reasons":["new_conversion","unsigned_sender"],"delivery":true}
                        """);
        var backwards =
                console.post("/api/v1/replays", "{\"from\":\"2026-03-02\",\"to\":\"2026-03-02\"}");

        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.fields()).containsExactly("from", "to");
        assertThat(wrong.fields())
                .containsExactlyInAnyOrder("delivery", "from", "senders[0]", "reasons[1]");
        assertThat(wrong.error("senders[0]")).contains("net");
        assertThat(backwards.fields()).containsExactly("to");
    }

    @Test
    void a_preview_by_other_settings_than_those_of_now_is_not_applied() {
        wrongDay();
        statuses("{\"1\":\"approved\"}");
        var path = begin("").header("Location");
        await(path);

        statuses("{\"1\":\"pending\"}");
        var refused = apply(path, "?again=true");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText()).contains("catalog was changed");
        assertThat(console.get(path).json().path("state").asText()).isEqualTo("ready");
    }

    @Test
    void clicks_that_changed_since_are_tried_out_again_when_asked_to() {
        statuses("{\"1\":\"rejected\"}");
        var click = traffic.click();
        traffic.postback(click, "status=1&payout=2&txid=A");
        statuses("{\"1\":\"approved\"}");
        var path = begin("").header("Location");
        await(path);
        traffic.postback(click, "status=1&payout=3&txid=B");

        var refused = apply(path, "");
        var again = apply(path, "?again=true");
        var done = await(path);
        var odd = apply(path, "?again=maybe");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText()).startsWith("1 of the clicks");
        assertThat(again.status()).isEqualTo(202);
        assertThat(done.path("result").path("clicks").asInt()).isEqualTo(1);
        assertThat(done.path("result").path("leftClicks").asInt()).isZero();
        assertThat(odd.status()).isEqualTo(400);
    }

    @Test
    void a_preview_can_be_cancelled_and_is_not_applied_then() {
        wrongDay();
        var path = begin("").header("Location");
        await(path);

        var cancelled = console.delete(path);
        var refused = apply(path, "");

        assertThat(cancelled.status()).isEqualTo(204);
        assertThat(console.get(path).json().path("state").asText()).isEqualTo("cancelled");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(console.get("/api/v1/replays").json().path("items")).hasSize(1);
        assertThat(console.get("/api/v1/replays/x").status()).isEqualTo(404);
    }
}
