package matchback.deliver.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Preparation;
import matchback.deliver.platform.Json;
import matchback.deliver.testing.ManualClock;
import matchback.deliver.testing.Told;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Sum;
import matchback.model.signature.Signature;
import matchback.model.signature.Signature.Reading;
import matchback.model.signature.SignatureScheme;
import matchback.model.signature.SignedRequest;
import matchback.model.signature.StandardWebhooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a system of the user's own is told, and that it can believe it.
class WebhookTest {
    private static final String SECRET = StandardWebhooks.secret(new byte[32]);
    private static final String FORMER =
            StandardWebhooks.secret(
                    "twenty-four bytes at least, here".getBytes(StandardCharsets.UTF_8));

    private final ManualClock clock = new ManualClock(Told.NOW);
    private final Webhook webhook = new Webhook(Told.SECRETS, clock);

    private static Told sale() {
        return new Told("webhook").with("url", "https://own.example/hook").secret("secret", SECRET);
    }

    private OutboundRequest request(Told sale) {
        var prepared = webhook.prepare(Told.KEY, sale.shipment(), sale.catalog(), clock.instant());
        assertThat(prepared).isInstanceOf(Preparation.Ready.class);
        return webhook.pack(
                Told.KEY, List.of(((Preparation.Ready) prepared).parcel()), sale.catalog());
    }

    private static boolean fits(OutboundRequest request, String secret) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        var signed =
                new SignedRequest(
                        "POST",
                        "own.example",
                        "/hook",
                        "",
                        name -> headers.getOrDefault(name, ""),
                        request.body());
        return Signature.read(SignatureScheme.STANDARD_WEBHOOKS, signed)
                        instanceof Reading.Shown(var signature)
                && signature.fits(secret);
    }

    private static JsonNode body(OutboundRequest request) {
        return Json.lenient(new String(request.body(), StandardCharsets.UTF_8));
    }

    @Test
    void a_message_is_a_signed_post_of_json() {
        var request = request(sale());

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.url()).isEqualTo("https://own.example/hook");
        assertThat(request.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("webhook-id", "msg_" + Told.CONVERSION_ID + "_1")
                .containsEntry("webhook-timestamp", "1772452800");
        assertThat(fits(request, SECRET)).isTrue();
        assertThat(fits(request, FORMER)).isFalse();
    }

    @Test
    void a_message_that_is_sent_again_keeps_its_id_and_words_and_gets_a_new_time() {
        var first = request(sale());
        clock.step(Told.NOW.plusSeconds(300));

        var second = request(sale());

        assertThat(second.headers().get("webhook-id")).isEqualTo(first.headers().get("webhook-id"));
        assertThat(second.headers().get("webhook-timestamp")).isEqualTo("1772453100");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(fits(second, SECRET)).isTrue();
    }

    @Test
    void what_is_told_of_the_same_conversion_later_has_another_id() {
        assertThat(request(sale().number(2)).headers().get("webhook-id"))
                .isNotEqualTo(request(sale()).headers().get("webhook-id"));
    }

    @Test
    void while_a_secret_is_replaced_both_sign() {
        var request = request(sale().secret("former-secret", FORMER));

        assertThat(request.headers().getOrDefault("webhook-signature", "").split(" ")).hasSize(2);
        assertThat(fits(request, SECRET)).isTrue();
        assertThat(fits(request, FORMER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "whsec_c2hvcnQ=", "whsec_!!!", "AAAA====AAAA"})
    void what_is_no_secret_parks_the_destination(String secret) {
        var sale = sale().secret("secret", secret);

        var prepared = webhook.prepare(Told.KEY, sale.shipment(), sale.catalog(), Told.NOW);

        assertThat(prepared).isInstanceOf(Preparation.Parked.class);
        assertThat(((Preparation.Parked) prepared).note())
                .contains("secret does not look like one: whsec_")
                .doesNotContain(secret);
    }

    @Test
    void a_gateway_gets_its_authorization() {
        var request = request(sale().secret("authorization", "Bearer abcd1234"));

        assertThat(request.headers()).containsEntry("Authorization", "Bearer abcd1234");
        assertThat(request.secrets()).contains("Bearer abcd1234", SECRET);
    }

    @Test
    void the_document_says_what_happened() {
        var sale =
                sale().value("value", "80.00")
                        .value("externalid", "X1")
                        .value("sub1", "a \"b\"")
                        .named("sale", "won")
                        .happened(Instant.parse("2026-03-02T11:59:00Z"));

        assertThat(body(request(sale)))
                .isEqualTo(
                        Json.lenient(
                                """
                                {"type":"conversion.approved","timestamp":"2026-03-02T12:00:00Z",
                                 "data":{"conversionId":"019c5f0000000000000000000000c0de","eventId":"E-1",
                                  "clickId":"06C5R8ZQ000000000000000000000000","event":"won",
                                  "status":"approved","txid":"T-1",
                                  "payout":{"amount":"12.50","currency":"USD"},
                                  "value":{"amount":"80.00","currency":"USD"},
                                  "convertedAt":"2026-03-02T11:59:00Z","clickedAt":"2026-03-02T11:50:00Z",
                                  "campaign":"spring","source":"push","offer":"shoes",
                                  "externalId":"X1","subs":{"sub1":"a \\"b\\""}}}
                                """));
    }

    @Test
    void a_test_says_so() {
        assertThat(body(request(sale().test())).path("test").asBoolean()).isTrue();
        assertThat(body(request(sale())).has("test")).isFalse();
    }

    @Test
    void an_amount_is_the_destinations_part_or_not_told() {
        assertThat(body(request(sale().sum(Sum.Of.PAYOUT, 10))).at("/data/payout/amount").asText())
                .isEqualTo("1.25");
        assertThat(body(request(sale().sum(Sum.Of.NONE, 100))).at("/data").has("payout")).isFalse();
    }

    @Test
    void the_person_is_told_of_only_when_that_is_set() {
        var sale = sale().person(Field.EMAIL, "person@example.com");

        assertThat(body(request(sale)).at("/data").has("user")).isFalse();
        var request = request(sale.with("user-data", "plain"));
        assertThat(body(request).at("/data/user/email").asText()).isEqualTo("person@example.com");
        assertThat(request.secrets()).contains("person@example.com");
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void every_message_fits_the_schema(Moment moment) throws Exception {
        var sale =
                sale().at(moment)
                        .value("value", "80.00")
                        .value("externalid", "X1")
                        .value("creative", "c7")
                        .value("cost", "0.02")
                        .value("sub20", "z")
                        .with("user-data", "plain")
                        .person(Field.EMAIL, "person@example.com")
                        .test();
        JsonNode schema;
        try (var in = Webhook.class.getResourceAsStream("conversion.schema.json")) {
            schema = Json.lenient(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }

        assertThat(SchemaCheck.problems(body(request(sale)), schema, schema, "$")).isEmpty();
        assertThat(
                        SchemaCheck.problems(
                                body(request(sale().value("txid", ""))), schema, schema, "$"))
                .isEmpty();
    }

    @Test
    void the_schema_refuses_what_is_not_in_it() throws Exception {
        JsonNode schema;
        try (var in = Webhook.class.getResourceAsStream("conversion.schema.json")) {
            schema = Json.lenient(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        var wrong =
                Json.lenient(
                        """
                        {"type":"conversion.lost","timestamp":"2026-03-02T12:00:00Z",
                         "data":{"eventId":7,"surprise":true}}
                        """);

        assertThat(SchemaCheck.problems(wrong, schema, schema, "$"))
                .anyMatch(problem -> problem.contains("$.type"))
                .anyMatch(problem -> problem.contains("$.data.eventId"))
                .anyMatch(problem -> problem.contains("$.data.surprise"))
                .anyMatch(problem -> problem.contains("$.data.conversionId"));
    }

    @Test
    void an_erased_person_is_not_told_of() {
        var request =
                request(
                        sale().with("user-data", "plain")
                                .person(Field.EMAIL, "person@example.com")
                                .erased());

        assertThat(body(request).at("/data").has("user")).isFalse();
    }
}
