package matchback.deliver.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import matchback.deliver.Preparation;
import matchback.deliver.Shipment;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.testing.Told;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What Meta is told, rule by rule (docs/adapters/meta.md).
class MetaEventTest {
    private static final PlatformAdapter ADAPTER =
            new PlatformAdapter(MetaConversions.PLATFORM, Told.SECRETS);
    private static final String TOKEN = "EAAtoken0123456789abcdef";
    private static final String FBC = "fb.1." + (Told.NOW.toEpochMilli() - 600_000) + ".IwAR0_aB-c";

    static Told told() {
        return new Told(MetaConversions.TYPE)
                .with("dataset", "1234567890123456")
                .with("page-url", "https://shop.example/thanks")
                .secret("access-token", TOKEN)
                .landing("/c/1?fbclid=IwAR0_aB-c&x=1");
    }

    private static Preparation prepared(Told told) {
        return prepared(told, told.shipment());
    }

    private static Preparation prepared(Told told, Shipment shipment) {
        return ADAPTER.prepare(Told.KEY, shipment, told.catalog(), Told.NOW);
    }

    private static JsonNode event(Told told) {
        var preparation = prepared(told);
        assertThat(preparation).isInstanceOf(Preparation.Ready.class);
        return Json.lenient(((Preparation.Ready) preparation).parcel().content());
    }

    private static String hopeless(Told told) {
        var preparation = prepared(told);
        assertThat(preparation).isInstanceOf(Preparation.Hopeless.class);
        return ((Preparation.Hopeless) preparation).note();
    }

    private static String parked(Told told) {
        var preparation = prepared(told);
        assertThat(preparation).isInstanceOf(Preparation.Parked.class);
        return ((Preparation.Parked) preparation).note();
    }

    @Test
    void a_sale_has_the_documented_shape() {
        var told =
                told().person(Field.EMAIL, " John_Smith@gmail.com ")
                        .person(Field.PHONE, "+1 (650) 555-1212")
                        .person(Field.COUNTRY, "US")
                        .person(Field.FBP, "fb.1.1596403881668.1116446470")
                        .person(Field.PAGE_URL, "https://shop.example/order/1?x=2");

        assertThat(event(told))
                .isEqualTo(
                        Json.lenient(
                                """
                                {"event_name":"Purchase","event_time":1772452800,"event_id":"E-1",
                                 "action_source":"website",
                                 "event_source_url":"https://shop.example/order/1?x=2",
                                 "user_data":{
                                  "em":"62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
                                  "ph":"e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
                                  "country":"79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621",
                                  "client_ip_address":"192.0.2.7","client_user_agent":"Browser/1.0",
                                  "fbc":"%s","fbp":"fb.1.1596403881668.1116446470"},
                                 "custom_data":{"value":12.50,"currency":"USD","order_id":"T-1"},
                                 "data_processing_options":[]}
                                """
                                        .formatted(FBC)));
    }

    @Test
    void the_token_stands_in_a_header_and_nowhere_else() {
        var told = told().with("test-code", "TEST123").with("version", "v27.0");
        var parcel = ((Preparation.Ready) prepared(told)).parcel();

        var request = ADAPTER.pack(Told.KEY, List.of(parcel, parcel), told.catalog());

        var body = new String(request.body(), StandardCharsets.UTF_8);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.url())
                .isEqualTo("https://graph.facebook.com/v27.0/1234567890123456/events");
        assertThat(request.headers())
                .containsEntry("Authorization", "Bearer " + TOKEN)
                .containsEntry("Content-Type", "application/json");
        assertThat(body).doesNotContain(TOKEN);
        assertThat(Json.lenient(body).path("data").size()).isEqualTo(2);
        assertThat(Json.lenient(body).has("test_event_code")).isFalse();
        assertThat(Json.lenient(body).path("partner_agent").asText()).isEqualTo("matchback_s2s");
        assertThat(request.secrets()).contains(TOKEN, FBC, "192.0.2.7", "Browser/1.0");
    }

    @Test
    void only_a_test_carries_the_test_code() {
        var told = told().with("test-code", "TEST123");

        var parcel = ((Preparation.Ready) prepared(told.test())).parcel();
        var request = ADAPTER.pack(Told.KEY, List.of(parcel), told.catalog());

        var body = Json.lenient(new String(request.body(), StandardCharsets.UTF_8));
        assertThat(body.path("test_event_code").asText()).isEqualTo("TEST123");
        assertThat(hopeless(told().test())).startsWith("Set test-code first");
    }

    /// Each row is a rule: a setting, and what stands in the event.
    @ParameterizedTest(name = "{0}: {1} = {2} gives {3} = {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    where it happened              | action-source            | chat      | /action_source                   | chat
                    page of the destination        | page-url                 | https://a.example/b | /event_source_url      | https://a.example/b
                    limited for everybody          | limited-data-use         | always    | /data_processing_options/0       | LDU
                    off for everybody              | limited-data-use         | never     | /data_processing_options/0       |
                    off for who said nothing       | limited-data-use         | reported  | /data_processing_options/0       |
                    no country when off            | limited-data-use-country | 1         | /data_processing_options_country |
                    another click id parameter     | click-id-parameter       | x         | /user_data/fbc                   | fb.1.1772452200000.1
                    no such click id parameter     | click-id-parameter       | y         | /user_data/fbc                   |
                    """)
    void a_setting_is_obeyed(
            String rule, String setting, String value, String path, String expected) {
        var event = event(told().with(setting, value));

        assertThat(event.at(path).asText("")).isEqualTo(expected == null ? "" : expected);
    }

    /// Each row is a rule: what the report says of the person, and what stands in the event.
    @ParameterizedTest(name = "{0}: {1} = {2} gives {3} = {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    reported address comes first   | USER_ADDRESS       | 203.0.113.5 | /user_data/client_ip_address | 203.0.113.5
                    reported agent comes first     | USER_AGENT         | App/2       | /user_data/client_user_agent | App/2
                    no e-mail address, no hash     | EMAIL              | unknown     | /user_data/em                |
                    no phone number, no hash       | PHONE              | none        | /user_data/ph                |
                    a hash stays, in lower case    | EMAIL              | 62A14E44F765419D10FEA99367361A727C12365E2520F32218D505ED9AA0F62F | /user_data/em | 62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f
                    limited data use               | LIMITED_DATA_USE   | 1           | /data_processing_options/0   | LDU
                    Meta finds the state           | LIMITED_DATA_USE   | 1           | /data_processing_options_state | 0
                    no limited data use            | LIMITED_DATA_USE   | 0           | /data_processing_options/0   |
                    no personal ads                | AD_PERSONALIZATION | denied      | /opt_out                     | true
                    personal ads                   | AD_PERSONALIZATION | granted     | /opt_out                     |
                    a cookie that is none          | FBC                | undefined   | /user_data/fbc               | fb.1.1772452200000.IwAR0_aB-c
                    a browser id that is none      | FBP                | undefined   | /user_data/fbp               |
                    page of the report comes first | PAGE_URL           | https://a.example/c | /event_source_url    | https://a.example/c
                    """)
    void what_is_said_of_the_person_is_told(
            String rule, Field field, String value, String path, String expected) {
        var event = event(told().person(field, value));

        assertThat(event.at(path).asText("")).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest(name = "{0} is told as {1}")
    @CsvSource({
        "sale, Purchase",
        "ftd, Purchase",
        "lead, Lead",
        "registration, CompleteRegistration",
        "trial, StartTrial",
        "call, Contact",
        "rebill, rebill"
    })
    void an_event_type_goes_by_metas_name(String type, String name) {
        assertThat(event(told().value("event", type)).path("event_name").asText()).isEqualTo(name);
        assertThat(
                        event(told().value("event", type).named(type, "Mine"))
                                .path("event_name")
                                .asText())
                .isEqualTo("Mine");
    }

    @Test
    void the_amount_is_the_destinations_part() {
        var told = told().value("value", "80.00");

        assertThat(event(told.sum(Sum.Of.VALUE, 100)).at("/custom_data/value").decimalValue())
                .isEqualByComparingTo("80");
        assertThat(event(told.sum(Sum.Of.PAYOUT, 50)).at("/custom_data/value").decimalValue())
                .isEqualByComparingTo("6.25");
        var lead = event(told.sum(Sum.Of.NONE, 100).value("event", "lead"));
        assertThat(lead.at("/custom_data").has("value")).isFalse();
        assertThat(lead.at("/custom_data").has("currency")).isFalse();
    }

    @Test
    void a_purchase_without_a_value_is_not_sent() {
        assertThat(hopeless(told().sum(Sum.Of.NONE, 100))).contains("value of a Purchase");
    }

    @Test
    void what_is_older_than_seven_days_is_not_sent() {
        var limit = Told.NOW.minus(Duration.ofDays(7));

        assertThat(event(told().happened(limit.plusSeconds(120)))).isNotNull();
        assertThat(hopeless(told().happened(limit.minusSeconds(1))))
                .isEqualTo("It happened 7 days ago; Meta takes events of the last 7 days");
    }

    @Test
    void what_happened_in_a_store_may_be_62_days_old() {
        var limit = Told.NOW.minus(Duration.ofDays(62));
        var told = told().with("action-source", "physical_store");

        assertThat(event(told.happened(limit.plusSeconds(120)))).isNotNull();
        assertThat(hopeless(told.happened(limit.minusSeconds(1)))).contains("last 62 days");
    }

    @Test
    void what_lies_in_the_future_happens_now() {
        assertThat(event(told().happened(Told.NOW.plusSeconds(3_600))).path("event_time").asLong())
                .isEqualTo(Told.NOW.getEpochSecond());
    }

    @ParameterizedTest
    @EnumSource(names = {"CHANGED", "REJECTED", "REVERSED"})
    void what_was_told_cannot_be_taken_back(Moment moment) {
        assertThat(hopeless(told().at(moment))).contains("Meta cannot be told");
    }

    @Test
    void a_person_who_denied_it_is_not_told_of() {
        assertThat(hopeless(told().person(Field.AD_USER_DATA, "denied"))).contains("ad_user_data");
    }

    @Test
    void a_website_event_needs_agent_and_page() {
        assertThat(hopeless(told().erased())).contains("user agent");
        assertThat(hopeless(told().with("page-url", ""))).contains("page_url");
    }

    @Test
    void an_event_by_which_nobody_can_be_found_is_not_sent() {
        var told = told().with("action-source", "other");

        assertThat(hopeless(told.erased())).contains("Nothing is known");
    }

    @Test
    void the_state_for_limits_is_not_left_to_an_address_that_is_not_known() {
        var told =
                told().with("action-source", "other")
                        .with("limited-data-use", "always")
                        .person(Field.EMAIL, "john_smith@gmail.com");

        var vague = (Preparation.Hopeless) prepared(told, withoutVisitor(told));
        told.with("limited-data-use-country", "1").with("limited-data-use-state", "1000");
        var exact = (Preparation.Ready) prepared(told, withoutVisitor(told));

        assertThat(vague.note()).contains("limited-data-use-country");
        var event = Json.lenient(exact.parcel().content());
        assertThat(event.at("/data_processing_options/0").asText()).isEqualTo("LDU");
        assertThat(event.at("/data_processing_options_country").asInt()).isEqualTo(1);
        assertThat(event.at("/data_processing_options_state").asInt()).isEqualTo(1_000);
    }

    private static Shipment withoutVisitor(Told told) {
        var whole = told.shipment();
        return new Shipment(
                whole.subject(),
                whole.delivery(),
                whole.click(),
                whole.conversion(),
                Optional.empty(),
                whole.report());
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
        "dataset, '', dataset is missing: Digits.",
        "dataset, pixel, dataset does not look like one",
        "version, 26, version does not look like one",
        "action-source, tv, 'action-source must be one of website, email'",
        "endpoint, graph.facebook.com, endpoint does not look like one",
        "page-url, shop.example, page-url does not look like one"
    })
    void a_destination_that_is_not_set_up_is_parked(String setting, String value, String why) {
        assertThat(parked(told().with(setting, value))).contains(why);
    }

    @Test
    void a_destination_without_a_token_is_parked() {
        var told = new Told(MetaConversions.TYPE).with("dataset", "1234567890123456");

        assertThat(parked(told)).contains("access-token is missing");
    }

    @Test
    void nothing_of_a_person_is_missing_among_the_secrets() {
        var told =
                told().person(Field.EMAIL, "john_smith@gmail.com")
                        .person(Field.EXTERNAL_USER, "user_42")
                        .person(Field.PAGE_URL, "https://shop.example/\"a\"");

        var parcel = ((Preparation.Ready) prepared(told)).parcel();

        assertThat(parcel.secrets())
                .contains(
                        TOKEN,
                        "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
                        "573baabb5ca42a23f3a118d027eadd8dc9bed70e40708a1b1ed9410b00feed0e",
                        "https://shop.example/\"a\"",
                        "https://shop.example/\\\"a\\\"",
                        FBC);
    }
}
