package matchback.deliver.tiktok;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import matchback.deliver.Preparation;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.testing.Told;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What TikTok is told, rule by rule (docs/adapters/tiktok.md).
class TikTokEventTest {
    private static final PlatformAdapter ADAPTER =
            new PlatformAdapter(TikTok.PLATFORM, Told.SECRETS);
    private static final String TOKEN = "an-access-token-1234";

    private static int rules;

    static Told sale() {
        return new Told("tiktok")
                .with("pixel-code", "CPIXEL7")
                .secret("access-token", TOKEN)
                .landing("/c/1?ttclid=E.C.P.abc&x=1");
    }

    private static Preparation prepared(Told sale) {
        return ADAPTER.prepare(Told.KEY, sale.shipment(), sale.catalog(), Told.NOW);
    }

    private static JsonNode event(Told sale) {
        var preparation = prepared(sale);
        assertThat(preparation).isInstanceOf(Preparation.Ready.class);
        return Json.lenient(((Preparation.Ready) preparation).parcel().content());
    }

    private static String hopeless(Told sale) {
        var preparation = prepared(sale);
        assertThat(preparation).isInstanceOf(Preparation.Hopeless.class);
        return ((Preparation.Hopeless) preparation).note();
    }

    private static JsonNode body(Told sale) {
        var parcel = ((Preparation.Ready) prepared(sale)).parcel();
        var request = ADAPTER.pack(Told.KEY, List.of(parcel, parcel), sale.catalog());
        return Json.lenient(new String(request.body(), StandardCharsets.UTF_8));
    }

    @AfterAll
    static void count() {
        System.out.printf("tiktok: %d rules of the sheet tested%n", rules);
    }

    @Test
    void a_whole_event_has_the_documented_shape() {
        var sale =
                sale().person(Field.EMAIL, " Person@Example.com ")
                        .person(Field.PHONE, "+1 (650) 555-1212")
                        .person(Field.EXTERNAL_USER, "user-77")
                        .person(Field.TTP, "2F7h37YkS1j57")
                        .person(Field.PAGE_URL, "https://shop.example/thanks");

        assertThat(event(sale))
                .isEqualTo(
                        Json.lenient(
                                """
                                {"event":"CompletePayment","event_time":1772452800,"event_id":"E-1",
                                 "user":{
                                  "email":"542d240129883c019e106e3b1b2d3f3cb3537c43c425364de8e951d5a3083345",
                                  "phone":"1e231c66011e7a2d867a9cfae267a6aff103cf4913640b6e71a99850fc0ffbc8",
                                  "external_id":"def2f8cbd6ea70e00c8941af86f00a3a2eda32f4d4e279792655dfa41b6f8da3",
                                  "ttclid":"E.C.P.abc","ttp":"2F7h37YkS1j57",
                                  "ip":"192.0.2.7","user_agent":"Browser/1.0"},
                                 "page":{"url":"https://shop.example/thanks"},
                                 "properties":{"value":12.50,"currency":"USD","order_id":"T-1"}}
                                """));
    }

    @Test
    void a_request_has_the_documented_envelope_and_the_token_in_its_header() {
        var sale = sale().with("test-event-code", "TEST123").test();
        var parcel = ((Preparation.Ready) prepared(sale)).parcel();

        var request = ADAPTER.pack(Told.KEY, List.of(parcel), sale.catalog());

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.url())
                .isEqualTo("https://business-api.tiktok.com/open_api/v1.3/event/track/");
        assertThat(request.headers())
                .containsEntry("Access-Token", TOKEN)
                .containsEntry("Content-Type", "application/json");
        var body = body(sale);
        assertThat(body.path("event_source").asText()).isEqualTo("web");
        assertThat(body.path("event_source_id").asText()).isEqualTo("CPIXEL7");
        assertThat(body.path("test_event_code").asText()).isEqualTo("TEST123");
        assertThat(body.path("data").size()).isEqualTo(2);
    }

    @Test
    void only_a_test_goes_out_as_one() {
        var body = body(sale().with("test-event-code", "TEST123"));

        assertThat(body.has("test_event_code")).isFalse();
        assertThat(hopeless(sale().test())).contains("Set test-event-code first");
        rules++;
    }

    /// Each row is a rule: what is set or sent, and what stands in the event.
    @ParameterizedTest(name = "{0}: {1} {2} gives {3} = {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    e-mail in lower case          | EMAIL    | A.b+c@Gmail.com   | /user/email        | e198e141d59812b694904a22b36eba74a65e8197cb00a11b8a146c954d09c4ed
                    hash stays, in lower case     | EMAIL    | 542D240129883C019E106E3B1B2D3F3CB3537C43C425364DE8E951D5A3083345 | /user/email | 542d240129883c019e106e3b1b2d3f3cb3537c43c425364de8e951d5a3083345
                    no e-mail address             | EMAIL    | unknown           | /user/email        |
                    phone in E.164 with plus      | PHONE    | +49 171 1234567   | /user/phone        | 26fe61aab2698bb3696dc47387e6c64172c6c716727917caaf6ff965d030cb3d
                    phone with 00                 | PHONE    | 0049-171-1234567  | /user/phone        | 26fe61aab2698bb3696dc47387e6c64172c6c716727917caaf6ff965d030cb3d
                    no phone number               | PHONE    | none              | /user/phone        |
                    reported address comes first  | USER_ADDRESS | 203.0.113.5   | /user/ip           | 203.0.113.5
                    reported agent comes first    | USER_AGENT | App/2           | /user/user_agent   | App/2
                    address as it is              | EMAIL    | x@y.example       | /user/ip           | 192.0.2.7
                    limited data use              | LIMITED_DATA_USE | 1         | /limited_data_use  | true
                    no limited data use           | LIMITED_DATA_USE | 0         | /limited_data_use  |
                    """)
    void a_rule_of_user_data_holds(
            String rule, Field field, String value, String path, String expected) {
        var event = event(sale().person(field, value));

        assertThat(event.at(path).asText("")).isEqualTo(expected == null ? "" : expected);
        rules++;
    }

    @ParameterizedTest(name = "{0} is told as {1}")
    @CsvSource({
        "sale, CompletePayment",
        "order, PlaceAnOrder",
        "registration, CompleteRegistration",
        "lead, SubmitForm",
        "install, Download",
        "subscribe, Subscribe",
        "kyc, kyc"
    })
    void an_event_type_goes_by_tiktoks_name(String type, String name) {
        assertThat(event(sale().value("event", type)).path("event").asText()).isEqualTo(name);
        assertThat(event(sale().value("event", type).named(type, "Mine")).path("event").asText())
                .isEqualTo("Mine");
        rules++;
    }

    @Test
    void the_click_id_comes_from_the_parameter_that_is_set() {
        assertThat(clickId(sale())).isEqualTo("E.C.P.abc");
        assertThat(clickId(sale().with("click-id-parameter", "x"))).isEqualTo("1");
        assertThat(
                        clickId(
                                sale().with("click-id-parameter", "externalid")
                                        .value("externalid", "E.C.P.ext")))
                .isEqualTo("E.C.P.ext");
        assertThat(clickId(sale().landing("/c/1?ttclid=__CLICKID__"))).isEmpty();
        rules++;
    }

    private static String clickId(Told sale) {
        return event(sale).at("/user/ttclid").asText("");
    }

    @Test
    void the_amount_is_the_destinations_part() {
        var sale = sale().value("value", "80.00");

        assertThat(event(sale.sum(Sum.Of.VALUE, 100)).at("/properties/value").decimalValue())
                .isEqualByComparingTo("80");
        assertThat(event(sale.sum(Sum.Of.PAYOUT, 50)).at("/properties/value").decimalValue())
                .isEqualByComparingTo("6.25");
        assertThat(hopeless(sale.sum(Sum.Of.NONE, 100))).contains("without an amount");
        assertThat(event(sale.value("event", "lead")).has("properties")).isTrue();
        assertThat(event(sale.value("event", "lead")).at("/properties").has("value")).isFalse();
        rules++;
    }

    @Test
    void what_is_too_old_is_never_sent() {
        assertThat(event(sale().happened(Told.NOW.minus(Duration.ofDays(7)).plusSeconds(120))))
                .isNotNull();
        assertThat(hopeless(sale().happened(Told.NOW.minus(Duration.ofDays(8)))))
                .contains("TikTok takes events of the last 7 days");
        assertThat(
                        event(
                                sale().happened(Told.NOW.minus(Duration.ofDays(8)))
                                        .with("max-age-days", "28")))
                .isNotNull();
        rules++;
    }

    @Test
    void what_lies_in_the_future_happens_now() {
        assertThat(event(sale().happened(Told.NOW.plusSeconds(3600))).path("event_time").asLong())
                .isEqualTo(Told.NOW.getEpochSecond());
        rules++;
    }

    @ParameterizedTest
    @CsvSource({"CHANGED", "REJECTED", "REVERSED"})
    void what_was_told_cannot_be_taken_back(Moment moment) {
        assertThat(hopeless(sale().at(moment))).contains("TikTok cannot be told");
        rules++;
    }

    @Test
    void a_person_who_refused_is_not_told_of() {
        var refused =
                sale().person(Field.AD_USER_DATA, "denied")
                        .person(Field.EMAIL, "person@example.com");

        assertThat(hopeless(refused)).contains("ad_user_data");
        rules++;
    }

    @Test
    void a_person_who_refused_can_be_told_of_by_the_click_id_alone() {
        var refused =
                sale().with("without-consent", "click-id-only")
                        .person(Field.AD_USER_DATA, "denied")
                        .person(Field.EMAIL, "person@example.com");

        assertThat(event(refused).path("user"))
                .isEqualTo(Json.lenient("{\"ttclid\":\"E.C.P.abc\"}"));
        assertThat(hopeless(refused.landing("/c/1"))).contains("could not match");
        rules++;
    }

    @Test
    void an_event_without_an_identifier_is_not_sent() {
        assertThat(hopeless(sale().erased())).contains("Keep ttclid in the tracking link");
        rules++;
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
        "pixel-code, '', pixel-code is missing",
        "pixel-code, 'a b', pixel-code does not look like one",
        "event-source, radio, event-source must be one of",
        "max-age-days, soon, max-age-days does not look like one"
    })
    void a_destination_that_is_not_set_up_is_parked(String setting, String value, String why) {
        var preparation = prepared(sale().with(setting, value));

        assertThat(preparation).isInstanceOf(Preparation.Parked.class);
        assertThat(((Preparation.Parked) preparation).note()).contains(why);
        rules++;
    }

    @Test
    void a_destination_without_a_token_is_parked() {
        var sale = new Told("tiktok").with("pixel-code", "CPIXEL7");

        assertThat(prepared(sale)).isInstanceOf(Preparation.Parked.class);
        rules++;
    }

    @Test
    void nothing_personal_or_secret_is_left_out_of_the_parcels_secrets() {
        var sale = sale().person(Field.EMAIL, "person@example.com").person(Field.TTP, "2F7h37YkS");

        var parcel = ((Preparation.Ready) prepared(sale)).parcel();

        assertThat(parcel.secrets())
                .contains(
                        TOKEN,
                        "542d240129883c019e106e3b1b2d3f3cb3537c43c425364de8e951d5a3083345",
                        "E.C.P.abc",
                        "2F7h37YkS",
                        "192.0.2.7",
                        "Browser/1.0");
    }
}
