package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.List;
import matchback.console.testing.TestingConsole;
import matchback.console.testing.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The test bench by the API, with the real listener behind it.
final class SenderTestApiTest {
    private final TestingConsole console = new TestingConsole();
    private final Traffic traffic = new Traffic(console);

    @AfterEach
    void close() {
        console.close();
    }

    private JsonNode test(String sender, String body) {
        return console.post("/api/v1/senders/" + sender + "/test", body).json();
    }

    private void sender(String key, String template) {
        console.post(
                "/api/v1/senders",
                "{\"key\":\"%s\",\"name\":\"%s\",\"template\":\"%s\"}"
                        .formatted(key, key, template));
    }

    private void offer(String key, String sender, String url) {
        console.post(
                "/api/v1/offers",
                "{\"key\":\"%s\",\"name\":\"%s\",\"sender\":\"%s\",\"url\":\"%s\"}"
                        .formatted(key, key, sender, url));
    }

    private static List<String> found(JsonNode result, String field) {
        var lines = new ArrayList<String>();
        result.path("parameters")
                .forEach(line ->
                        lines.add(line.path("name").asText() + ' ' + line.path(field).asText()));
        return lines;
    }

    @Test
    void a_sender_without_template_sends_our_own_parameters() {
        var result = test("net", "{}");

        assertThat(result.path("postbackTemplate").asText())
                .isEqualTo(
                        TestingConsole.PUBLIC_URL
                                + "/postback/net?clickid={clickid}&payout={payout}"
                                + "&currency={currency}&txid={txid}&status={status}");
        var click = result.path("click").path("id").asText();
        assertThat(result.path("postbackUrl").asText())
                .isEqualTo(
                        TestingConsole.PUBLIC_URL
                                + "/postback/net?clickid="
                                + click
                                + "&payout=12.50&currency=USD&txid=TEST1&status=approved");
        assertThat(result.path("click").path("offerUrl").asText())
                .isEqualTo("https://offer.example/?cid=" + click);
        assertThat(found(result, "found"))
                .containsExactly(
                        "clickid as_meant",
                        "payout as_meant",
                        "currency as_meant",
                        "txid as_meant",
                        "status as_meant");
        assertThat(result.path("answer").path("status").asInt()).isEqualTo(200);
        assertThat(result.path("postback").path("reason").asText()).isEqualTo("new_conversion");
        assertThat(result.path("postback").path("steps").get(0).path("code").asText())
                .isEqualTo("test");
        assertThat(result.path("remarks")).isEmpty();
        assertThat(console.get("/api/v1/clicks/" + click).json().path("click").path("test"))
                .isEqualTo(BooleanNode.TRUE);
    }

    @Test
    void nothing_of_a_test_reaches_lists_sums_reports_or_deliveries() {
        for (int i = 0; i < 3; i++) {
            assertThat(test("net", "{}").path("postback").path("reason").asText())
                    .isEqualTo("new_conversion");
        }
        test("net", "{\"values\":{\"{clickid}\":\"\"}}");
        console.awaitColumns();

        for (var list : List.of("postbacks", "conversions", "deliveries", "clicks")) {
            assertThat(console.get("/api/v1/" + list).json().path("items")).as(list).isEmpty();
        }
        assertThat(console.get("/api/v1/sums").json().toString()).doesNotContain("net");
        assertThat(console.get("/api/v1/report?metrics=clicks,conversions").json().toString())
                .contains("\"clicks\":0");
    }

    @Test
    void a_template_is_played_with_the_click_id_where_the_network_keeps_it() {
        sender("ever", "everflow");
        offer("wrong", "ever", "https://offer.example/?cid={clickid}");

        var without = test("ever", "{}");
        offer("right", "ever", "https://offer.example/?sub1={clickid}");
        console.delete("/api/v1/offers/wrong");
        var with = test("ever", "{}");

        assertThat(without.path("postback").path("reason").asText()).isEqualTo("missing_click_id");
        assertThat(without.path("remarks").get(0).asText()).contains("sub1={clickid}", "wrong");
        assertThat(found(without, "found")).contains("clickid missing");
        assertThat(with.path("postback").path("reason").asText()).isEqualTo("new_conversion");
        assertThat(with.path("remarks")).isEmpty();
    }

    @Test
    void values_can_be_changed_and_a_sender_without_offer_can_be_tested() {
        sender("ever", "everflow");

        var result =
                test(
                        "ever",
                        """
                        {"values":{"{transaction_id}":"{transaction_id}","{payout_amount}":""}}
                        """);

        assertThat(found(result, "found"))
                .containsExactly(
                        "clickid as_meant", "payout missing", "txid unfilled", "event as_meant");
        assertThat(result.path("postback").path("reason").asText()).isEqualTo("no_payout");
        assertThat(result.path("remarks").get(0).asText()).startsWith("No offer names this sender");
    }

    @Test
    void what_cannot_be_tested_is_told_by_its_field() {
        var unknown = console.post("/api/v1/senders/nobody/test", "{}");
        var template = test("net", "{\"template\":\"everflo\"}");
        var macro = test("net", "{\"values\":{\"{amount}\":\"1\"}}");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(template.path("errors").get(0).path("field").asText()).isEqualTo("template");
        assertThat(template.path("errors").get(0).path("message").asText()).contains("everflow");
        assertThat(macro.path("errors").get(0).path("field").asText()).isEqualTo("values.{amount}");
    }

    @Test
    void a_listener_that_does_not_answer_is_said_to_be_the_trouble() {
        console.ground.shut();

        var reply = console.post("/api/v1/senders/net/test", "{}");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("title").asText()).contains("took no test");
    }

    @Test
    void the_real_postbacks_are_held_against_the_template() {
        for (int i = 0; i < 5; i++) {
            var id = traffic.click();
            traffic.postback(id, i < 2 ? "payout=1&zone=7" : "payout=1&currency=USD&txid=T" + i);
        }
        console.awaitColumns();

        var recent = test("net", "{}").path("recent");

        assertThat(recent.path("postbacks").asInt()).isEqualTo(5);
        var counts = new ArrayList<String>();
        recent.path("parameters")
                .forEach(line ->
                        counts.add(
                                "%s %d %d %d"
                                        .formatted(
                                                line.path("name").asText(),
                                                line.path("missing").asInt(),
                                                line.path("unfilled").asInt(),
                                                line.path("extra").asInt())));
        assertThat(counts)
                .containsExactly(
                        "clickid 0 0 0",
                        "payout 0 0 0",
                        "currency 2 0 0",
                        "txid 2 0 0",
                        "status 5 0 0",
                        "zone 0 0 2");
    }
}
