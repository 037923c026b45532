package matchback.deliver.reddit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import matchback.deliver.Answer;
import matchback.deliver.Judgement;
import matchback.deliver.Preparation;
import matchback.deliver.Verdict;
import matchback.deliver.Verdict.Sign;
import matchback.deliver.platform.Json;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.testing.Told;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Field;
import matchback.model.catalog.Destination.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Reddit is told, rule by rule (docs/adapters/reddit.md).
class RedditEventTest {
    private static final PlatformAdapter ADAPTER =
            new PlatformAdapter(Reddit.PLATFORM, Told.SECRETS);

    private static Told sale() {
        return new Told("reddit")
                .with("pixel-id", "t2_pixel")
                .secret("access-token", "reddit-token-1234")
                .landing("/c/1?rdt_cid=R-77");
    }

    private static Preparation prepared(Told sale) {
        return ADAPTER.prepare(Told.KEY, sale.shipment(), sale.catalog(), Told.NOW);
    }

    private static JsonNode body(Told sale) {
        var preparation = prepared(sale);
        assertThat(preparation).isInstanceOf(Preparation.Ready.class);
        var parcel = ((Preparation.Ready) preparation).parcel();
        var request = ADAPTER.pack(Told.KEY, List.of(parcel), sale.catalog());
        assertThat(request.url())
                .isEqualTo("https://ads-api.reddit.com/api/v3/pixels/t2_pixel/conversion_events");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer reddit-token-1234");
        return Json.lenient(new String(request.body(), StandardCharsets.UTF_8));
    }

    private static String hopeless(Told sale) {
        var preparation = prepared(sale);
        assertThat(preparation).isInstanceOf(Preparation.Hopeless.class);
        return ((Preparation.Hopeless) preparation).note();
    }

    @Test
    void a_whole_event_has_the_documented_shape() {
        var sale =
                sale().person(Field.EMAIL, " Person@Example.com ")
                        .person(Field.PHONE, "+1 (650) 555-1212")
                        .person(Field.PAGE_URL, "https://shop.example/thanks");

        assertThat(body(sale))
                .isEqualTo(
                        Json.lenient(
                                """
                                {"data":{"events":[{"event_at":1772452800000,"action_source":"WEBSITE",
                                 "event_source_url":"https://shop.example/thanks","click_id":"R-77",
                                 "type":{"tracking_type":"PURCHASE"},
                                 "user":{
                                  "email":"542d240129883c019e106e3b1b2d3f3cb3537c43c425364de8e951d5a3083345",
                                  "phone_number":"1e231c66011e7a2d867a9cfae267a6aff103cf4913640b6e71a99850fc0ffbc8",
                                  "ip_address":"192.0.2.7","user_agent":"Browser/1.0"},
                                 "metadata":{"value":12.50,"currency":"USD","conversion_id":"E-1"}}]}}
                                """));
    }

    @ParameterizedTest(name = "{0} is told as {1} {2}")
    @CsvSource({
        "sale, PURCHASE, ''",
        "lead, LEAD, ''",
        "registration, SIGN_UP, ''",
        "kyc, CUSTOM, kyc"
    })
    void an_event_type_goes_by_reddits_name_or_as_a_custom_one(
            String type, String tracking, String custom) {
        var event = body(sale().value("event", type)).at("/data/events/0/type");

        assertThat(event.path("tracking_type").asText()).isEqualTo(tracking);
        assertThat(event.path("custom_event_name").asText("")).isEqualTo(custom);
    }

    @Test
    void only_a_test_goes_out_as_one() {
        assertThat(body(sale().with("test-id", "t-9").test()).at("/data/test_id").asText())
                .isEqualTo("t-9");
        assertThat(body(sale().with("test-id", "t-9")).at("/data").has("test_id")).isFalse();
        assertThat(hopeless(sale().test())).contains("Set test-id first");
    }

    @Test
    void what_reddit_could_not_use_is_not_sent() {
        assertThat(hopeless(sale().erased())).contains("Keep rdt_cid in the tracking link");
        assertThat(hopeless(sale().at(Moment.REVERSED))).contains("cannot be told");
        assertThat(hopeless(sale().person(Field.AD_USER_DATA, "denied"))).contains("ad_user_data");
        assertThat(hopeless(sale().happened(Told.NOW.minus(Duration.ofDays(8)))))
                .contains("of the last 7 days");
    }

    @ParameterizedTest(name = "{0} is {1} for {2}")
    @CsvSource({
        "200, DELIVERED, All",
        "400, DEAD, Halve",
        "401, PARKED, All",
        "403, PARKED, All",
        "404, PARKED, All",
        "422, DEAD, Halve",
        "429, RETRY, All",
        "503, RETRY, All"
    })
    void the_status_tells_what_becomes_of_it(int status, AttemptResult result, String scope) {
        var parcel = ((Preparation.Ready) prepared(sale())).parcel();
        var byStatus =
                new Verdict(
                        status == 200 ? AttemptResult.DELIVERED : AttemptResult.RETRY,
                        Sign.ALIVE,
                        status,
                        "said",
                        Duration.ZERO);

        var judgement =
                ADAPTER.judge(
                        List.of(parcel, parcel),
                        new Answer.Answered(status, Map.of(), "said"),
                        byStatus);

        assertThat(judgement.getClass().getSimpleName()).isEqualTo(scope);
        var verdict =
                judgement instanceof Judgement.Halve(var ofOne)
                        ? ofOne
                        : ((Judgement.All) judgement).verdict();
        assertThat(verdict.result()).isEqualTo(result);
    }
}
