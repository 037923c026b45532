package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One click's story, from the ledger.
final class ClicksApiTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void a_story_has_what_was_answered_at_once() {
        var id = traffic.click();
        var counted = traffic.postback(id, "payout=12.50&txid=A1&status=approved");
        traffic.postback(id, "payout=12.50&txid=A1&status=approved");

        var story = console.get("/api/v1/clicks/" + id).json();

        var click = story.path("click");
        assertThat(click.path("id").asText()).isEqualTo(id.text());
        assertThat(click.path("campaign").asText()).isEqualTo("summer");
        assertThat(click.path("campaignName").asText()).isEqualTo("Summer");
        assertThat(click.path("sourceName").asText()).isEqualTo("Push network");
        assertThat(click.path("externalId").asText()).isEqualTo("ext-1");
        assertThat(click.path("cost").asText()).isEqualTo("0.05");
        assertThat(click.path("subs").path("sub1").asText()).isEqualTo("zone 7");
        assertThat(click.path("clickedAt").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(click.path("personal").path("address").asText()).isEqualTo("192.0.2.7");

        assertThat(story.path("conversions")).hasSize(1);
        var conversion = story.path("conversions").path(0);
        assertThat(conversion.path("id").asText()).isEqualTo(counted.recordId().toString());
        assertThat(conversion.path("status").asText()).isEqualTo("approved");
        assertThat(conversion.path("event").asText()).isEqualTo("sale");
        assertThat(conversion.path("payout").asText()).isEqualTo("12.50");
        assertThat(conversion.path("currency").asText()).isEqualTo("USD");
        assertThat(conversion.path("txid").asText()).isEqualTo("A1");
        assertThat(conversion.path("feeds").toString()).isEqualTo("[\"s2s\"]");
        assertThat(conversion.path("history").path(0).path("reason").asText())
                .isEqualTo("new_conversion");

        assertThat(story.path("postbacks")).hasSize(2);
        var first = story.path("postbacks").path(0);
        assertThat(first.path("decision").asText()).isEqualTo("counted");
        assertThat(first.path("receipt").path("hash").asText()).hasSize(64);
        assertThat(first.path("request").path("target").asText()).contains("txid=A1");
        assertThat(first.path("params").path(1).path("value").asText()).isEqualTo("A1");
        assertThat(story.path("postbacks").path(1).path("reason").asText())
                .isEqualTo("duplicate_transaction");

        assertThat(story.path("deliveries")).hasSize(1);
        var delivery = story.path("deliveries").path(0);
        assertThat(delivery.path("destination").asText()).isEqualTo("source:push");
        assertThat(delivery.path("state").asText()).isEqualTo("waiting");
        assertThat(delivery.path("values").path("payout").asText()).isEqualTo("12.50");
    }

    @Test
    void attempts_stand_in_the_story() {
        var id = traffic.click();
        traffic.postback(id, "payout=12.50&txid=A1");
        traffic.attempt(id, AttemptResult.RETRY, 503, "busy");

        var delivery = console.get("/api/v1/clicks/" + id).json().path("deliveries").path(0);

        assertThat(delivery.path("state").asText()).isEqualTo("waiting");
        assertThat(delivery.path("nextAt").asText()).isEqualTo("2026-03-01T12:00:05Z");
        assertThat(delivery.path("attemptsMade").asInt()).isEqualTo(1);
        var attempt = delivery.path("attempts").path(0);
        assertThat(attempt.path("httpStatus").asInt()).isEqualTo(503);
        assertThat(attempt.path("result").asText()).isEqualTo("retry");
        assertThat(attempt.path("note").asText()).isEqualTo("busy");
        assertThat(attempt.path("url").asText()).startsWith("https://push.example/p?c=ext-1");
    }

    @Test
    void an_id_is_read_without_regard_to_case() {
        var id = traffic.click();

        var reply = console.get("/api/v1/clicks/" + id.text().toLowerCase(Locale.ROOT));

        assertThat(reply.json().path("click").path("id").asText()).isEqualTo(id.text());
    }

    @Test
    void what_is_no_click_here_is_told_apart() {
        var id = traffic.click().text();
        var changed = id.substring(0, 31) + (id.charAt(31) == '0' ? '1' : '0');
        var unknown = console.mint.issue(console.clock.millis(), 1, false);

        var forged = console.get("/api/v1/clicks/" + changed);
        var truncated = console.get("/api/v1/clicks/" + id.substring(0, 20));
        var malformed = console.get("/api/v1/clicks/nonsense");
        var lost = console.get("/api/v1/clicks/" + unknown);

        assertThat(forged.status()).isEqualTo(404);
        assertThat(forged.json().path("reason").asText()).isEqualTo("forged_click_id");
        assertThat(truncated.json().path("reason").asText()).isEqualTo("truncated_click_id");
        assertThat(malformed.json().path("reason").asText()).isEqualTo("malformed_click_id");
        assertThat(lost.status()).isEqualTo(404);
        assertThat(lost.json().path("reason").asText()).isEqualTo("unknown_click");
        assertThat(lost.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void postbacks_of_a_click_that_is_not_stored_are_shown_with_the_problem() {
        var unknown = console.mint.issue(console.clock.millis(), 1, false);
        traffic.postback(unknown, "payout=1&txid=A1");

        var reply = console.get("/api/v1/clicks/" + unknown);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("postbacks").path(0).path("reason").asText())
                .isEqualTo(Reason.UNKNOWN_CLICK.code());
    }
}
