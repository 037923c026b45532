package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offer;
import static matchback.ingest.testing.TestingTracker.offerOf;
import static matchback.ingest.testing.TestingTracker.sender;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import matchback.ingest.testing.RawClient;
import matchback.ingest.testing.RawClient.Reply;
import matchback.ingest.testing.TestingTracker;
import matchback.model.Params.Param;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.model.catalog.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostbacksTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String SHOP = "https://shop.example/?c={clickid}";

    private final TestingTracker tracker =
            new TestingTracker(offer("shop", SHOP), campaign("spring", 7, "shop"));

    @AfterEach
    void stop() {
        tracker.close();
    }

    private static JsonNode json(Reply reply) {
        try {
            return new ObjectMapper().readTree(reply.body());
        } catch (Exception e) {
            throw new AssertionError(reply.toString(), e);
        }
    }

    @Test
    void a_postback_is_answered_with_its_decision_reason_and_receipt() {
        var id = tracker.clickId("spring");

        var reply = tracker.get("/postback?clickid=" + id + "&payout=12.50&txid=A1");

        var record = tracker.postbacks().getLast().recordId().toString();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("counted: new_conversion\n");
        assertThat(reply.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Matchback-Decision")).isEqualTo("counted");
        assertThat(reply.header("Matchback-Receipt")).isEqualTo(record);
        assertThat(tracker.metrics().postbacks(Reason.NEW_CONVERSION)).isEqualTo(1);
        assertThat(tracker.metrics().postbackLatency().cumulative()).endsWith(1);
    }

    @Test
    void who_asks_for_json_gets_all_of_it() {
        var id = tracker.clickId("spring");

        var reply =
                tracker.get(
                        "/postback?clickid=" + id + "&payout=12.5&txid=A1",
                        "Accept: application/json");

        var answer = json(reply);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.fieldNames())
                .toIterable()
                .containsExactly(
                        "decision",
                        "reason",
                        "message",
                        "advice",
                        "warnings",
                        "clickId",
                        "conversionId",
                        "event",
                        "status",
                        "payout",
                        "receipt");
        assertThat(answer.path("decision").asText()).isEqualTo("counted");
        assertThat(answer.path("clickId").asText()).isEqualTo(id);
        assertThat(answer.path("conversionId").asText()).isNotEmpty();
        assertThat(answer.path("event").asText()).isEqualTo("sale");
        assertThat(answer.path("status").asText()).isEqualTo("approved");
        assertThat(answer.path("payout").path("amount").asText()).isEqualTo("12.50");
        assertThat(answer.path("payout").path("currency").asText()).isEqualTo("USD");
        assertThat(answer.path("receipt").path("recordId").asText())
                .isEqualTo(reply.header("Matchback-Receipt"));
        assertThat(answer.path("receipt").path("hash").asText()).matches("[0-9a-f]{64}");
    }

    @Test
    void what_is_not_known_is_null() {
        var reply = tracker.get("/postback?explain=1");

        var answer = json(reply);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(answer.path("reason").asText()).isEqualTo("missing_click_id");
        assertThat(answer.has("clickId")).isTrue();
        for (var name : List.of("clickId", "conversionId", "event", "status", "payout")) {
            assertThat(answer.path(name).isNull()).as(name).isTrue();
        }
    }

    @Test
    void only_a_caller_with_an_api_token_learns_the_campaign() {
        var id = tracker.clickId("spring");
        var target = "/postback?explain=1&clickid=" + id;

        var stranger = json(tracker.get(target, "Authorization: Bearer wrong"));
        var operator =
                json(tracker.get(target, "Authorization: Bearer " + TestingTracker.API_TOKEN));

        assertThat(stranger.has("campaign")).isFalse();
        assertThat(stranger.has("steps")).isFalse();
        assertThat(operator.path("campaign").asText()).isEqualTo("spring");
        assertThat(operator.path("steps").findValuesAsText("code"))
                .startsWith("click_id_read")
                .contains("click_found", "decided");
        assertThat(operator.path("steps").get(0).path("text").asText())
                .isEqualTo("Click id read from parameter 'clickid'");
        assertThat(operator.path("source").isNull()).isTrue();
        assertThat(operator.path("deliveries").asInt()).isZero();
    }

    @Test
    void a_form_counts_like_a_query() {
        var id = tracker.clickId("spring");

        var reply =
                RawClient.post(
                        tracker.port(),
                        "/postback",
                        FORM + "; charset=UTF-8",
                        "clickid=" + id + "&payout=7&txid=caf%C3%A9+1");

        assertThat(reply.body()).isEqualTo("counted: new_conversion\n");
        assertThat(tracker.postbacks().getLast().params().first("txid")).isEqualTo("caf\u00E9 1");
    }

    @Test
    void query_and_form_are_one_request() {
        var id = tracker.clickId("spring");

        var reply =
                RawClient.post(tracker.port(), "/postback?clickid=" + id, FORM, "payout=7&txid=1");

        assertThat(reply.body()).isEqualTo("counted: new_conversion\n");
    }

    @Test
    void json_is_flattened_and_answered_in_json() {
        tracker.put(sender("net", Map.of("clickid", "data.click", "payout", "data.sum")));
        var id = tracker.clickId("spring");

        var reply =
                RawClient.post(
                        tracker.port(),
                        "/postback/net",
                        "application/json",
                        "{\"data\":{\"click\":\""
                                + id
                                + "\",\"sum\":12.50,\"none\":null},"
                                + "\"txid\":[\"T1\"],\"test\":true}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(json(reply).path("reason").asText()).isEqualTo("new_conversion");
        assertThat(json(reply).path("payout").path("amount").asText()).isEqualTo("12.50");
        assertThat(tracker.postbacks().getLast().params().list())
                .containsExactlyInAnyOrder(
                        new Param("data.click", id, true),
                        new Param("data.sum", "12.50", true),
                        new Param("txid", "T1", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{CLICKID}",
                "{{click_id}}",
                "${SUBID}",
                "{$x}",
                "{url(sid)}",
                "[clickid]",
                "[[[subid]]]",
                "#s2#",
                "##SUB_ID_SHORT(action)##",
                "#s2##s3#",
                "<click_id>",
                "%subid%",
                "%%CLICKID%%",
                "__CLICKID__",
                "-clickid-",
                "%7Bclickid%7D",
                "%257Bclickid%257D",
                "%23s2%23"
            })
    void a_macro_that_nobody_replaced_is_named_in_every_style(String macro) {
        var reply = tracker.get("/postback?payout=5&clickid=" + macro + "&txid=1");

        var event = tracker.postbacks().getLast();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("refused: unresolved_macro\n");
        assertThat(event.clickParameter()).isEqualTo("clickid");
        assertThat(event.params().first("payout")).isEqualTo("5");
        assertThat(event.subject()).isEqualTo(Subject.record(event.recordId()));
    }

    @ParameterizedTest
    @CsvSource({
        "clickid",
        "click_id",
        "cid",
        "subid",
        "sub_id",
        "cnv_id",
    })
    void every_alias_is_understood(String alias) {
        var id = tracker.clickId("spring");

        var reply = tracker.get("/postback?" + alias + '=' + id.toLowerCase(Locale.ROOT));

        assertThat(reply.body()).isEqualTo("counted: new_conversion\n");
        assertThat(tracker.postbacks().getLast().clickParameter()).isEqualTo(alias);
        assertThat(tracker.postbacks().getLast().subject().text()).isEqualTo(id);
    }

    @Test
    void the_first_filled_alias_in_our_order_is_taken() {
        var id = tracker.clickId("spring");

        var later = tracker.get("/postback?cnv_id=zzz&subid={subid}&clickid=&cid=" + id);
        var first = tracker.get("/postback?cid=" + id + "&clickid=nonsense");

        assertThat(later.body()).isEqualTo("counted: new_conversion\n");
        assertThat(first.body()).isEqualTo("refused: malformed_click_id\n");
    }

    @Test
    void two_different_authentic_ids_contradict_each_other() {
        var one = tracker.clickId("spring");
        var two = tracker.clickId("spring");

        var reply = tracker.get("/postback?clickid=" + one + "&cid=" + two);
        var same = tracker.get("/postback?clickid=" + one + "&cid=" + one);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("refused: malformed_request\n");
        assertThat(same.body()).isEqualTo("counted: new_conversion\n");
    }

    @Test
    void ids_that_are_none_are_told_apart() {
        var id = tracker.clickId("spring");
        var changed = (id.charAt(31) == '0' ? '1' : '0');

        assertThat(tracker.get("/postback?clickid=" + id.substring(0, 31) + changed).body())
                .isEqualTo("refused: forged_click_id\n");
        assertThat(tracker.get("/postback?clickid=" + id.substring(0, 20)).body())
                .isEqualTo("refused: truncated_click_id\n");
        assertThat(tracker.get("/postback?clickid=0f8fad5b-d9cb-469f-a165-70867728950e").body())
                .isEqualTo("refused: foreign_click_id\n");
        assertThat(tracker.get("/postback?clickid=hello").body())
                .isEqualTo("refused: malformed_click_id\n");
        var unknown = tracker.ids().signed(tracker.clock().millis(), 7, 0, 1, 5);
        var reply = tracker.get("/postback?clickid=" + unknown.text());
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("refused: unknown_click\n");
    }

    @Test
    void a_sender_that_nobody_made_is_recorded_and_refused() {
        var id = tracker.clickId("spring");

        assertThat(tracker.get("/postback/nobody?clickid=" + id).status()).isEqualTo(404);
        assertThat(tracker.get("/postback/no%20body/x?clickid=" + id).body())
                .isEqualTo("refused: unknown_sender\n");
        assertThat(tracker.postbacks()).hasSize(2);
    }

    @Test
    void user_data_secrets_and_unknown_parameters_stay_out_of_the_durable_part() {
        var id = tracker.clickId("spring");

        tracker.get(
                "/postback?clickid="
                        + id
                        + "&payout=1&email=a%40b.example&token=s3cret&to%6ben=s3cret&sig=s3cret"
                        + "&mystery=1",
                "Cookie: s3cret",
                "X-Matchback-Token: s3cret",
                "User-Agent: Network/1");

        var event = tracker.postbacks().getLast();
        var block = tracker.lastBlock();
        assertThat(event.params().list()).extracting(Param::name).containsOnly("clickid", "payout");
        assertThat(event.tokenFingerprints()).containsExactly(tracker.fingerprints().of("s3cret"));
        assertThat(event.toString()).doesNotContain("s3cret").doesNotContain("b.example");
        assertThat(block.toString()).doesNotContain("s3cret");
        assertThat(block.target())
                .isEqualTo(
                        "/postback?clickid="
                                + id
                                + "&payout=1&email=a%40b.example&token=***&to%6ben=***&sig=***"
                                + "&mystery=1");
        assertThat(block.userAgent()).isEqualTo("Network/1");
        assertThat(block.headers()).contains("Host: t.example");
    }

    @Test
    void secrets_in_a_json_body_are_masked_and_the_rest_is_verbatim() {
        var id = tracker.clickId("spring");

        RawClient.post(
                tracker.port(),
                "/postback",
                "application/json",
                "{\"clickid\":\"" + id + "\", \"token\" : \"s3\\\"cret\",\"x\":\"\u00FC\"}");

        assertThat(new String(tracker.lastBlock().body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"clickid\":\"" + id + "\", \"token\" : \"***\",\"x\":\"\u00FC\"}");
    }

    @Test
    void a_token_opens_the_sender_that_asks_for_it() {
        var security = new Sender.Security(List.of(tracker.fingerprints().of("open")), List.of());
        tracker.put(sender("net", Map.of("token", "pass"), security, Sender.Answer.PLAIN));
        var id = tracker.clickId("spring");

        assertThat(tracker.get("/postback/net?clickid=" + id).status()).isEqualTo(401);
        assertThat(tracker.get("/postback/net?clickid=" + id + "&pass=shut").status())
                .isEqualTo(401);
        assertThat(tracker.get("/postback/net?clickid=" + id + "&pass=open").status())
                .isEqualTo(200);
        assertThat(tracker.lastBlock().target()).endsWith("&pass=***");
    }

    @Test
    void an_address_list_refuses_other_callers() {
        var far = new Sender.Security(List.of(), List.of("192.0.2.0/24"));
        var near = new Sender.Security(List.of(), List.of("192.0.2.0/24", "127.0.0.0/8"));
        tracker.put(sender("far", Map.of(), far, Sender.Answer.PLAIN));
        tracker.put(sender("near", Map.of(), near, Sender.Answer.PLAIN));
        var id = tracker.clickId("spring");

        var refused = tracker.get("/postback/far?clickid=" + id);
        var taken = tracker.get("/postback/near?clickid=" + id);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("refused: address_not_allowed\n");
        assertThat(taken.status()).isEqualTo(200);
    }

    @Test
    void a_bare_postback_names_all_senders_that_would_refuse_the_caller() {
        tracker.put(
                sender(
                        "far",
                        Map.of(),
                        new Sender.Security(List.of(), List.of("192.0.2.0/24")),
                        Sender.Answer.PLAIN));
        tracker.put(offerOf("owned", SHOP, "far"));
        tracker.put(campaign("own", 8, "owned"));
        var id = tracker.clickId("own");

        var reply = tracker.get("/postback?clickid=" + id);

        assertThat(reply.body()).isEqualTo("refused: address_not_allowed\n");
        assertThat(tracker.postbacks().getLast().refusingSenders()).containsExactly("far");
    }

    @Test
    void that_a_sender_is_open_is_told_to_its_operator_alone() {
        tracker.put(sender("open", Map.of(), Sender.Security.OPEN, Sender.Answer.PLAIN));
        var target =
                "/postback/open?explain=1&payout=1&txid=A1&clickid=" + tracker.clickId("spring");

        var stranger = json(tracker.get(target));
        var operator =
                json(tracker.get(target, "Authorization: Bearer " + TestingTracker.API_TOKEN));

        assertThat(stranger.path("reason").asText()).isEqualTo("new_conversion");
        assertThat(stranger.path("warnings").toString()).isEqualTo("[]");
        assertThat(operator.path("warnings").toString()).isEqualTo("[\"unsigned_sender\"]");
        assertThat(operator.path("steps").findValuesAsText("code")).contains("proof_not_asked");
    }

    @Test
    void return_and_the_answer_profile_shape_the_answer_of_what_is_stored() {
        tracker.put(
                sender(
                        "net",
                        Map.of(),
                        Sender.Security.OPEN,
                        new Sender.Answer(true, "{\"ok\":1}")));
        var id = tracker.clickId("spring");

        var profile = tracker.get("/postback/net?clickid=" + id);
        var refused = tracker.get("/postback/net?clickid={clickid}");
        var asked = tracker.get("/postback?clickid=" + id + "&return=OK");
        var askedAndRefused = tracker.get("/postback?clickid=x&return=OK");
        var explained = tracker.get("/postback/net?clickid=" + id + "&explain=1");
        var split = tracker.get("/postback?clickid=" + id + "&return=a%0d%0ab");

        assertThat(profile.body()).isEqualTo("{\"ok\":1}");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.header("Matchback-Decision")).isEqualTo("refused");
        assertThat(asked.body()).isEqualTo("OK");
        assertThat(asked.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(askedAndRefused.status()).isEqualTo(400);
        assertThat(askedAndRefused.body()).isEqualTo("OK");
        assertThat(json(explained).path("decision").asText()).isEqualTo("duplicate");
        assertThat(split.body()).startsWith("duplicate: ");
    }

    @Test
    void other_methods_are_not_allowed_and_not_recorded() {
        for (var method : List.of("PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW")) {
            var reply =
                    RawClient.send(
                            tracker.port(),
                            method + " /postback HTTP/1.1\r\nHost: t.example\r\n\r\n");

            assertThat(reply.status()).as(method).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("GET, POST");
        }
        assertThat(tracker.ledger().events()).isEmpty();
    }

    @Test
    void postbacks_written_for_other_trackers_are_understood() {
        for (var url :
                List.of(
                        "cid=%s&payout=3&txid=v1&et=lead&currency=USD",
                        "clickid=%s&sum=3&rdtk_event_id=r1&type=sale&status=Approved",
                        "subid=%s&payout=3&tid=k1&status=sale&currency=USD&return=OK",
                        "cnv_id=%s&payout=3&cnv_status=approved&cnv_currency=USD",
                        "click_id=%s&payout=3&txid=c1&ct=sale")) {
            var reply = tracker.get("/postback?" + String.format(url, tracker.clickId("spring")));

            assertThat(reply.header("Matchback-Decision")).as(url).isEqualTo("counted");
        }
    }
}
