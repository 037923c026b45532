package matchback.deliver.postback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import matchback.deliver.Answer;
import matchback.deliver.Judgement;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Verdict;
import matchback.deliver.Verdict.Sign;
import matchback.deliver.testing.Told;
import matchback.ledger.Event.AttemptResult;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is called, and what the answer means.
class PostbackTest {
    private final Postback postback = new Postback(Told.SECRETS);

    private static Told sale() {
        return new Told("postback")
                .with("url", "https://own.example/pb?id={externalid}&sum={payout}&e={event}")
                .value("externalid", "X 1&2");
    }

    private Parcel parcel(Told sale) {
        var prepared = postback.prepare(Told.KEY, sale.shipment(), sale.catalog(), Told.NOW);
        assertThat(prepared).isInstanceOf(Preparation.Ready.class);
        return ((Preparation.Ready) prepared).parcel();
    }

    private OutboundRequest request(Told sale) {
        return postback.pack(Told.KEY, List.of(parcel(sale)), sale.catalog());
    }

    private static String body(OutboundRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @Test
    void the_url_is_called_with_the_macros_filled() {
        var request = request(sale().named("sale", "won"));

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.url()).isEqualTo("https://own.example/pb?id=X%201%262&sum=12.50&e=won");
        assertThat(request.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, https://own.example/pending",
        "APPROVED, https://own.example/pb",
        "REJECTED, https://own.example/rejected",
        "REVERSED, https://own.example/pb",
        "CHANGED, https://own.example/pb"
    })
    void a_moment_has_its_own_url_or_the_first(Moment moment, String expected) {
        var sale =
                sale().with("url.pending", "https://own.example/pending?t={txid}")
                        .with("url.rejected", "https://own.example/rejected?t={txid}")
                        .at(moment);

        assertThat(request(sale).url()).startsWith(expected + '?');
    }

    @ParameterizedTest
    @CsvSource({"PAYOUT, 50, 6.25, 40.00", "VALUE, 100, 12.50, 80.00", "NONE, 100, '', ''"})
    void amounts_are_the_destinations_part(Sum.Of of, int percent, String payout, String value) {
        var sale =
                sale().with("url", "https://own.example/?p={payout}&v={value}")
                        .value("value", "80.00")
                        .sum(of, percent);

        assertThat(request(sale).url())
                .isEqualTo("https://own.example/?p=" + payout + "&v=" + value);
    }

    @Test
    void a_form_and_a_json_body_take_values_that_cannot_end_their_place() {
        var sale = sale().with("method", "POST").value("externalid", "a\"b&c=d\n");

        var form = request(sale.with("body", "id={externalid}&sum={payout}"));
        assertThat(form.method()).isEqualTo("POST");
        assertThat(form.headers())
                .containsEntry("Content-Type", "application/x-www-form-urlencoded");
        assertThat(body(form)).isEqualTo("id=a%22b%26c%3Dd%0A&sum=12.50");

        var json =
                request(
                        sale.with("content-type", "application/json")
                                .with("body", "{\"id\":\"{externalid}\",\"sum\":{payout}}"));
        assertThat(json.headers()).containsEntry("Content-Type", "application/json");
        assertThat(body(json)).isEqualTo("{\"id\":\"a\\\"b&c=d\\n\",\"sum\":12.50}");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "url, https://own.example/?x={nothing}, url does not look like one",
        "url, https://{externalid}.example/, url does not look like one",
        "url.rejected, https://own.example/?x={, url.rejected does not look like one",
        "url, ftp://own.example/, url does not look like one",
        "url, '', url is missing",
        "body, a={nothing}, unknown macro {nothing}",
        "method, PUT, method must be one of"
    })
    void what_cannot_be_called_parks_the_destination(String setting, String value, String why) {
        var sale = sale().with("method", "POST").with(setting, value);

        var prepared = postback.prepare(Told.KEY, sale.shipment(), sale.catalog(), Told.NOW);

        assertThat(prepared).isInstanceOf(Preparation.Parked.class);
        assertThat(((Preparation.Parked) prepared).note()).contains(why);
    }

    @ParameterizedTest(name = "{0} \"{1}\" is {2}")
    @CsvSource({
        "200, OK, DELIVERED",
        "200, 'saved OK now', DELIVERED",
        "200, '', RETRY",
        "200, maintenance, RETRY",
        "200, 'ERROR: already been notified', DELIVERED",
        "409, 'ERROR: already been notified', DELIVERED",
        "200, 'ERROR: Tag is invalid!', DEAD",
        "400, 'ERROR: Tag is invalid!', DEAD",
        "500, OK, RETRY",
        "401, 'ERROR: Tag is invalid!', PARKED"
    })
    void words_in_the_answer_tell_what_becomes_of_it(
            int status, String body, AttemptResult expected) {
        var sale =
                sale().with("success-text", "OK")
                        .with("known-text", "already been notified")
                        .with("refused-text", "Tag is invalid | Goal ID is invalid");

        assertThat(verdict(sale, status, body).result()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"200, DELIVERED", "204, DELIVERED", "400, RETRY", "410, DEAD", "503, RETRY"})
    void without_words_the_status_tells(int status, AttemptResult expected) {
        assertThat(verdict(sale(), status, "anything").result()).isEqualTo(expected);
    }

    private Verdict verdict(Told sale, int status, String body) {
        var byStatus =
                new Verdict(
                        switch (status) {
                            case 200, 204 -> AttemptResult.DELIVERED;
                            case 401 -> AttemptResult.PARKED;
                            case 410 -> AttemptResult.DEAD;
                            default -> AttemptResult.RETRY;
                        },
                        Sign.ALIVE,
                        status,
                        body,
                        Duration.ZERO);
        var judgement =
                postback.judge(
                        List.of(parcel(sale)),
                        new Answer.Answered(status, Map.of(), body),
                        byStatus);
        return ((Judgement.All) judgement).verdict();
    }

    @Test
    void what_is_secret_in_url_and_header_stands_among_the_secrets() {
        var request =
                request(
                        sale().with("url", "https://own.example/?api_key=abcd1234&id={externalid}")
                                .secret("authorization", "Bearer wxyz9876"));

        assertThat(request.secrets()).contains("abcd1234", "Bearer wxyz9876");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer wxyz9876");
    }
}
