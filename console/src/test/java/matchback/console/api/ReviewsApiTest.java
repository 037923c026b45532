package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Held postbacks over HTTP, decided by the real rules.
final class ReviewsApiTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    private String held(String query) {
        return traffic.postback(traffic.click(), query).recordId().toString();
    }

    private static String path(String recordId) {
        return "/api/v1/postbacks/" + recordId + "/review";
    }

    private JsonNode postback(String recordId) {
        console.awaitColumns();
        return console.get("/api/v1/postbacks/" + recordId).json();
    }

    @Test
    void an_approval_with_what_was_missing_counts_and_says_who_and_why() {
        var click = traffic.click();
        var id = traffic.postback(click, "payout=12.50&status=foo&txid=A1").recordId().toString();
        console.awaitColumns();

        var reply =
                console.post(
                        path(id),
                        """
                        {"verdict":"approve","status":"approved","note":"asked the network"}
                        """);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("decision").asText()).isEqualTo("counted");
        assertThat(reply.json().path("payout").path("amount").asText()).isEqualTo("12.50");
        assertThat(reply.json().path("deliveries").asInt()).isEqualTo(1);
        var review = reply.json().path("review");
        assertThat(review.path("verdict").asText()).isEqualTo("approve");
        assertThat(review.path("by").asText()).isEqualTo("token:admin");
        assertThat(review.path("note").asText()).isEqualTo("asked the network");
        assertThat(review.path("heldAs").asText()).isEqualTo("unknown_status");
        var story = console.get("/api/v1/clicks/" + click).json();
        var step = story.path("conversions").path(0).path("history").path(0);
        assertThat(step.path("review").path("note").asText()).isEqualTo("asked the network");
        assertThat(story.path("deliveries")).hasSize(1);
        console.awaitColumns();
        var report = console.get("/api/v1/report?metrics=received,counted,held,revenue").json();
        assertThat(report.path("totals").path("counted").asText()).isEqualTo("1");
        assertThat(report.path("totals").path("held").asText()).isEqualTo("0");
        assertThat(report.path("totals").path("revenue").asText()).startsWith("12.5");
    }

    @Test
    void a_rejection_is_a_refusal_with_its_own_reason() {
        var id = held("payout=12.50&status=foo");
        console.awaitColumns();

        var reply = console.post(path(id), "{\"verdict\":\"reject\",\"note\":\"a test\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("reason").asText()).isEqualTo("rejected_in_review");
        assertThat(postback(id).path("decision").asText()).isEqualTo("refused");
    }

    @Test
    void an_approval_without_what_is_missing_names_the_field_and_changes_nothing() {
        var id = held("payout=12.50&status=foo");
        console.awaitColumns();

        var reply = console.post(path(id), "{\"verdict\":\"approve\"}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.fields()).containsExactly("status");
        assertThat(postback(id).path("reason").asText()).isEqualTo("unknown_status");
        assertThat(postback(id).path("review").isNull()).isTrue();
    }

    @Test
    void what_is_decided_is_not_decided_again() {
        var id = held("payout=12.50&status=foo");
        console.awaitColumns();
        console.post(path(id), "{\"verdict\":\"reject\"}");

        var again = console.post(path(id), "{\"verdict\":\"approve\",\"status\":\"approved\"}");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("detail").asText()).contains("rejected_in_review");
        assertThat(postback(id).path("decision").asText()).isEqualTo("refused");
    }

    @Test
    void what_cannot_be_read_is_named_field_by_field() {
        var id = held("payout=12.50&status=foo");
        console.awaitColumns();

        var reply =
                console.post(
                        path(id),
                        """
                        {"verdict":"perhaps","status":"foo","event":"A B","payout":"-1",
                         "currency":"ZZZ","who":"me"}
                        """);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.fields())
                .containsExactlyInAnyOrder(
                        "verdict", "status", "event", "payout", "currency", "who");
        assertThat(console.post(path("0".repeat(32)), "{\"verdict\":\"reject\"}").status())
                .isEqualTo(404);
        var bare =
                console.send(
                        console.bare(path(id))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"verdict\":\"reject\"}")));
        assertThat(bare.status()).isEqualTo(401);
    }

    @Test
    void a_filter_is_tried_dry_then_decided_at_once() {
        for (int i = 0; i < 3; i++) {
            held("payout=2&status=foo&txid=A" + i);
        }
        held("payout=2&event=moonshot");
        held("payout=2&txid=B1");
        console.awaitColumns();

        var dry =
                console.post(
                                "/api/v1/reviews",
                                """
                                {"verdict":"approve","status":"approved","dryRun":true}
                                """)
                        .json();
        var done =
                console.post(
                                "/api/v1/reviews",
                                """
                                {"verdict":"approve","status":"approved",
                                 "filter":{"reason":"unknown_status","sender":"net"}}
                                """)
                        .json();
        console.awaitColumns();
        var rest = console.post("/api/v1/reviews", "{\"verdict\":\"approve\"}").json();
        var rejected = console.post("/api/v1/reviews", "{\"verdict\":\"reject\"}").json();
        console.awaitColumns();

        assertThat(dry.path("matched").asInt()).isEqualTo(4);
        assertThat(dry.path("ready").asInt()).isEqualTo(3);
        assertThat(dry.path("needsValue").asInt()).isEqualTo(1);
        assertThat(dry.path("decided").asInt()).isZero();
        assertThat(done.path("matched").asInt()).isEqualTo(3);
        assertThat(done.path("decided").asInt()).isEqualTo(3);
        assertThat(done.path("left").asInt()).isZero();
        assertThat(done.path("items").path(0).path("reason").asText()).isEqualTo("new_conversion");
        assertThat(rest.path("stillHeld").asInt()).isEqualTo(1);
        assertThat(rest.path("items").path(0).path("message").asText()).contains("event");
        assertThat(rejected.path("decided").asInt()).isEqualTo(1);
        var totals =
                console.get("/api/v1/report?metrics=received,counted,held,refused,revenue")
                        .json()
                        .path("totals");
        assertThat(totals.path("received").asText()).isEqualTo("5");
        assertThat(totals.path("counted").asText()).isEqualTo("4");
        assertThat(totals.path("refused").asText()).isEqualTo("1");
        assertThat(totals.path("revenue").asText()).startsWith("8");
    }

    @Test
    void more_than_one_call_takes_is_left_for_the_next() {
        for (int i = 0; i < BulkReview.ITEMS_MAX + 5; i++) {
            held("payout=2&status=foo");
        }
        console.awaitColumns();

        var first = console.post("/api/v1/reviews", "{\"verdict\":\"reject\"}").json();
        console.awaitColumns();
        var second = console.post("/api/v1/reviews", "{\"verdict\":\"reject\"}").json();

        assertThat(first.path("decided").asInt()).isEqualTo(BulkReview.ITEMS_MAX);
        assertThat(first.path("left").asInt()).isEqualTo(5);
        assertThat(second.path("decided").asInt()).isEqualTo(5);
        assertThat(second.path("left").asInt()).isZero();
    }

    @Test
    void a_filter_that_cannot_be_read_decides_nothing() {
        held("payout=2&status=foo");
        console.awaitColumns();

        var reply =
                console.post(
                        "/api/v1/reviews",
                        """
                        {"verdict":"reject","filter":{"from":"yesterday","resaon":"no_rate"}}
                        """);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.fields()).containsExactlyInAnyOrder("filter.from", "filter.resaon");
        assertThat(console.get("/api/v1/postbacks?decision=held").json().path("items")).hasSize(1);
    }
}
