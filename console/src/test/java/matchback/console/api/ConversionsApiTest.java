package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import matchback.console.testing.Reply;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Conversions handed in as JSON.
final class ConversionsApiTest {
    private static final String PATH = "/api/v1/conversions";

    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    private SubjectState state(ClickId click) {
        var subject = Subject.click(click);
        return new SubjectState(console.ledger.snapshot().state(subject), subject);
    }

    private Reply keyed(String key, String json) {
        return console.send(
                console.withToken(PATH)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(json)));
    }

    @Test
    void one_conversion_is_decided_and_answered_as_at_the_door() {
        var click = traffic.click();

        var reply =
                console.post(
                        PATH,
                        """
                        {"clickid":"%s","payout":12.50,"txid":"A1","status":"approved"}
                        """
                                .formatted(click));

        assertThat(reply.status()).isEqualTo(200);
        var answer = reply.json();
        assertThat(answer.path("decision").asText()).isEqualTo("counted");
        assertThat(answer.path("reason").asText()).isEqualTo("new_conversion");
        assertThat(answer.path("clickId").asText()).isEqualTo(click.text());
        assertThat(answer.path("payout").path("amount").asText()).isEqualTo("12.50");
        assertThat(answer.path("receipt").path("hash").asText()).hasSize(64);
        assertThat(answer.path("campaign").asText()).isEqualTo("summer");
        assertThat(answer.path("warnings")).isEmpty();
        assertThat(state(click).conversions())
                .singleElement()
                .extracting(ConversionState::feeds)
                .asString()
                .isEqualTo("[" + Feed.API + "]");
    }

    @Test
    void the_raw_row_the_caller_and_a_hidden_secret_are_kept_apart() {
        var click = traffic.click();

        var reply =
                console.post(
                        PATH,
                        "{\"clickid\":\"%s\",\"email\":\"a@example.org\",\"token\":\"s3cret-word\"}"
                                .formatted(click));

        var id = reply.json().path("receipt").path("recordId").asText();
        var story = console.get("/api/v1/postbacks/" + id + "?clickId=" + click).json();
        assertThat(story.path("feed").asText()).isEqualTo("api");
        var request = story.path("request");
        assertThat(request.path("method").asText()).isEqualTo("POST");
        assertThat(request.path("target").asText()).isEqualTo(PATH);
        assertThat(request.path("body").asText())
                .contains("a@example.org")
                .doesNotContain("s3cret-word");
        assertThat(story.path("params").toString()).doesNotContain("example.org");
    }

    @Test
    void a_single_one_that_is_refused_has_the_status_code_of_its_reason() {
        var reply = console.post(PATH, "{\"clickid\":\"{clickid}\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("reason").asText()).isEqualTo("unresolved_macro");
    }

    @Test
    void several_are_answered_one_by_one_in_their_order() {
        var one = traffic.click();
        var two = traffic.click();

        var reply =
                console.post(
                        PATH,
                        """
                        {"sender":"net","conversions":[
                          {"clickid":"%s","txid":"T1","payout":"5,25"},
                          {"clickid":"%s","txid":"T1","payout":"5,25"},
                          {"clickid":"%s","txid":"T1"},
                          {"clickid":"nothing"},
                          {"clickid":"%s","txid":"T2","sender":"nobody"},
                          {"clickid":"%s","txid":"T3","payout":"lots"}]}
                        """
                                .formatted(one, one, two, two, two));

        assertThat(reply.status()).isEqualTo(200);
        var reasons =
                IntStream.range(0, 6)
                        .mapToObj(i -> reply.json().path("items").path(i))
                        .map(item ->
                                item.path("index").asInt() + " " + item.path("reason").asText());
        assertThat(reasons)
                .containsExactly(
                        "0 new_conversion",
                        "1 duplicate_transaction",
                        "2 duplicate_transaction_other_click",
                        "3 malformed_click_id",
                        "4 unknown_sender",
                        "5 new_conversion");
        var counts = reply.json().path("counts");
        assertThat(counts.path("counted").asInt()).isEqualTo(2);
        assertThat(counts.path("duplicate").asInt()).isEqualTo(2);
        assertThat(counts.path("refused").asInt()).isEqualTo(2);
        assertThat(counts.path("held").asInt()).isZero();
        assertThat(reply.json().path("items").path(5).path("warnings").toString())
                .contains("malformed_amount", "payout_defaulted");
    }

    @Test
    void a_bare_list_is_taken_too() {
        var click = traffic.click();

        var reply = console.post(PATH + "?sender=net", "[{\"clickid\":\"" + click + "\"}]");

        assertThat(reply.json().path("items").path(0).path("decision").asText())
                .isEqualTo("counted");
    }

    @Test
    void what_a_sender_must_prove_is_not_asked_of_who_has_the_token() {
        console.put(
                "/api/v1/senders/net",
                """
                {"key":"net","name":"Network","security":
                 {"token":"a-token-of-theirs","addresses":["203.0.113.0/24"]}}
                """);
        var click = traffic.click();

        var reply = console.post(PATH, "{\"sender\":\"net\",\"clickid\":\"" + click + "\"}");

        assertThat(reply.json().path("decision").asText()).isEqualTo("counted");
    }

    @Test
    void the_senders_mapping_reads_the_fields() {
        console.put(
                "/api/v1/senders/net",
                """
                {"key":"net","name":"Network","parameters":{"payout":"money","txid":"lead"},
                 "statuses":{"ok":"approved"},"currency":"EUR"}
                """);
        console.post("/api/v1/exchange-rates", "{\"key\":\"EUR\",\"rate\":\"2\"}");
        var click = traffic.click();

        var reply =
                console.post(
                        PATH,
                        """
                        {"sender":"net","clickid":"%s","money":"1 234.5","lead":"L9","status":"OK"}
                        """
                                .formatted(click));

        assertThat(reply.json().path("payout").toString()).contains("1234.50").contains("EUR");
        assertThat(state(click).conversions().getFirst().txid()).isEqualTo("L9");
    }

    @Test
    void late_ones_are_judged_by_their_own_time() {
        var click = traffic.click();
        var within = console.clock.instant().plus(Duration.ofDays(29));
        console.clock.advance(Duration.ofDays(45));

        var without = console.post(PATH, "{\"clickid\":\"%s\"}".formatted(click));
        var beyond =
                console.post(
                        PATH,
                        "{\"clickid\":\"%s\",\"event_time\":\"%s\"}"
                                .formatted(click, within.plus(Duration.ofDays(2))));
        var inTime =
                console.post(
                        PATH,
                        "{\"clickid\":\"%s\",\"event_time\":\"%s\"}".formatted(click, within));

        assertThat(without.json().path("reason").asText()).isEqualTo("too_late");
        assertThat(beyond.json().path("reason").asText()).isEqualTo("too_late");
        assertThat(inTime.json().path("reason").asText()).isEqualTo("new_conversion");
    }

    @Test
    void nothing_is_stored_of_a_call_that_cannot_be_read() {
        var click = traffic.click();

        var noObject = console.post(PATH, "{\"conversions\":[{\"clickid\":\"" + click + "\"},7]}");
        var none = console.post(PATH, "[]");
        var unknown = console.post(PATH, "{\"conversions\":[],\"sendr\":\"net\"}");
        var noJson = console.post(PATH, "{\"clickid\":");

        assertThat(noObject.status()).isEqualTo(422);
        assertThat(noObject.text()).contains("conversions[1]");
        assertThat(none.text()).contains("At least one conversion");
        assertThat(unknown.text()).contains("sender");
        assertThat(noJson.status()).isEqualTo(400);
        assertThat(state(click).reports()).isEmpty();
    }

    @Test
    void too_many_and_too_much_are_told_with_the_limit() {
        var many =
                IntStream.rangeClosed(0, ConversionsApi.ITEMS_MAX)
                        .mapToObj(i -> "{\"clickid\":\"x\"}")
                        .collect(Collectors.joining(",", "[", "]"));
        var much = "{\"clickid\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}";

        assertThat(console.post(PATH, many).text()).contains("1001 entries; at most 1000");
        assertThat(console.post(PATH, much).status()).isEqualTo(413);
        assertThat(console.post(PATH, much).text()).contains("2097152 bytes");
    }

    @Test
    void it_needs_the_token() {
        var reply = console.send(console.bare(PATH).POST(BodyPublishers.ofString("{}")));

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void a_call_that_is_sent_again_gets_its_first_answer_and_does_nothing() {
        var click = traffic.click();
        var json = "[{\"clickid\":\"%s\"},{\"clickid\":\"%s\"}]".formatted(click, click);

        var first = keyed("call-1", json);
        var again = keyed("call-1", json);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.status()).isEqualTo(200);
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(state(click).reports()).hasSize(2);
    }

    @Test
    void a_refusal_is_kept_with_its_status_too() {
        var first = keyed("call-1", "{\"clickid\":\"nothing\"}");
        var again = keyed("call-1", "{\"clickid\":\"nothing\"}");

        assertThat(again.status()).isEqualTo(400).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
    }

    @Test
    void a_key_stands_for_one_call_only() {
        var click = traffic.click();
        keyed("call-1", "{\"clickid\":\"%s\"}".formatted(click));

        var other = keyed("call-1", "{\"clickid\":\"%s\",\"txid\":\"2\"}".formatted(click));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text()).contains("idempotency-key-reused");
        assertThat(state(click).reports()).hasSize(1);
    }

    @Test
    void a_key_can_be_used_again_after_a_day() {
        var click = traffic.click();
        keyed("call-1", "{\"clickid\":\"%s\"}".formatted(click));
        console.clock.advance(Duration.ofHours(25));

        var next = keyed("call-1", "{\"clickid\":\"%s\",\"txid\":\"2\"}".formatted(click));

        assertThat(next.status()).isEqualTo(200);
        assertThat(state(click).reports()).hasSize(2);
    }

    @Test
    void a_crash_between_conversions_and_answer_counts_nothing_twice() {
        var one = traffic.click();
        var two = traffic.click();
        var json =
                "[{\"clickid\":\"%s\",\"payout\":1},{\"clickid\":\"%s\",\"payout\":2}]"
                        .formatted(one, two);
        // The note that the call was begun is written, its answer is not.
        console.cabinet.failAfter(1);
        var cut = keyed("call-1", json);
        console.cabinet.failAfter(Integer.MAX_VALUE);
        console.clock.advance(Duration.ofMinutes(3));

        var again = keyed("call-1", json);
        var other = keyed("call-1", "[{\"clickid\":\"%s\"}]".formatted(one));

        assertThat(cut.status()).isEqualTo(503);
        assertThat(again.json().path("counts").path("counted").asInt()).isEqualTo(2);
        assertThat(state(one).reports()).hasSize(1);
        assertThat(state(two).reports()).hasSize(1);
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void a_key_that_is_none_is_named() {
        var reply = keyed("k".repeat(256), "{\"clickid\":\"x\"}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text()).contains("Idempotency-Key", "255");
    }
}
