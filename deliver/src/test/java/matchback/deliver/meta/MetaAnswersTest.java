package matchback.deliver.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import matchback.deliver.Answer;
import matchback.deliver.Judgement;
import matchback.deliver.Parcel;
import matchback.deliver.Verdict;
import matchback.deliver.Verdict.Sign;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.testing.Told;
import matchback.ledger.Event.AttemptResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a batch of three, answer by answer.
class MetaAnswersTest {
    private static final String HASH =
            "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f";

    private final PlatformAdapter adapter =
            new PlatformAdapter(MetaConversions.PLATFORM, Told.SECRETS);

    private Judgement judged(int status, Map<String, String> headers, String body) {
        var parcel =
                new Parcel(MetaEventTest.told().shipment(), "{}", List.of(HASH, "Browser/1.0"));
        boolean isSuccess = status / 100 == 2;
        var byStatus =
                new Verdict(
                        isSuccess ? AttemptResult.DELIVERED : AttemptResult.RETRY,
                        isSuccess || status / 100 == 4 ? Sign.ALIVE : Sign.TROUBLED,
                        status,
                        body,
                        Duration.ZERO);
        return adapter.judge(
                List.of(parcel, parcel, parcel),
                new Answer.Answered(status, headers, body),
                byStatus);
    }

    private static Verdict verdict(Judgement judgement) {
        return switch (judgement) {
            case Judgement.All(var all) -> all;
            case Judgement.Halve(var ofOne) -> ofOne;
            case Judgement.Each(var each) -> each.getFirst();
            case Judgement.Without(var refused) -> refused.values().iterator().next();
        };
    }

    private static String error(int code, int subcode, boolean isTransient) {
        return "{\"error\":{\"message\":\"words\",\"code\":%d,\"error_subcode\":%d,\"is_transient\":%s,\"fbtrace_id\":\"A1\"}}"
                .formatted(code, subcode, isTransient);
    }

    @ParameterizedTest(name = "{0}: HTTP {1} with code {2}/{3}, transient {4}: {5}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    transient                  | 400 | 100   | 0       | true  | RETRY All TROUBLED
                    unknown                    | 500 | 1     | 0       | false | RETRY All TROUBLED
                    service                    | 503 | 2     | 0       | false | RETRY All TROUBLED
                    calls of the app           | 400 | 4     | 0       | false | RETRY All THROTTLED
                    calls of the user          | 400 | 17    | 2446079 | false | RETRY All THROTTLED
                    calls of the page          | 400 | 32    | 0       | false | RETRY All THROTTLED
                    limit of the application   | 400 | 341   | 0       | false | RETRY All THROTTLED
                    custom limit               | 400 | 613   | 0       | false | RETRY All THROTTLED
                    business use case          | 400 | 80000 | 0       | false | RETRY All THROTTLED
                    business use case, ads     | 400 | 80004 | 0       | false | RETRY All THROTTLED
                    business use case, last    | 400 | 80014 | 0       | false | RETRY All THROTTLED
                    too many requests          | 429 | 0     | 0       | false | RETRY All THROTTLED
                    token                      | 400 | 190   | 463     | false | PARKED All PARKED
                    token                      | 401 | 190   | 460     | false | PARKED All PARKED
                    session                    | 400 | 102   | 0       | false | PARKED All PARKED
                    capability                 | 400 | 3     | 0       | false | PARKED All PARKED
                    permission                 | 403 | 10    | 0       | false | PARKED All PARKED
                    permission                 | 400 | 200   | 0       | false | PARKED All PARKED
                    permission                 | 400 | 299   | 0       | false | PARKED All PARKED
                    policy                     | 400 | 368   | 0       | false | PARKED All PARKED
                    no such id                 | 400 | 803   | 0       | false | PARKED All PARKED
                    no such path               | 400 | 2500  | 0       | false | PARKED All PARKED
                    version has expired        | 400 | 2635  | 0       | false | PARKED All PARKED
                    no such dataset            | 400 | 100   | 33      | false | PARKED All PARKED
                    too old                    | 400 | 100   | 2804003 | false | DEAD Halve ALIVE
                    too little user data       | 400 | 100   | 2804050 | false | DEAD Halve ALIVE
                    any other parameter        | 400 | 100   | 0       | false | DEAD Halve ALIVE
                    not in the table           | 400 | 777   | 0       | false | RETRY Halve ALIVE
                    not in the table           | 404 | 777   | 0       | false | RETRY All ALIVE
                    """)
    void a_code_tells_what_becomes_of_it(
            String rule, int status, int code, int subcode, boolean isTransient, String expected) {
        var judgement = judged(status, Map.of(), error(code, subcode, isTransient));

        var verdict = verdict(judgement);
        var scope = judgement.getClass().getSimpleName();
        assertThat(verdict.result() + " " + scope + " " + verdict.sign()).isEqualTo(expected);
        assertThat(verdict.httpStatus()).isEqualTo(status);
        assertThat(verdict.note())
                .isEqualTo(
                        (subcode == 0 ? "" + code : code + "/" + subcode)
                                + " words (fbtrace_id A1)");
    }

    @Test
    void all_that_was_received_is_delivered() {
        var judgement =
                judged(
                        200,
                        Map.of(),
                        "{\"events_received\":3,\"messages\":[],\"fbtrace_id\":\"A1\"}");

        assertThat(judgement).isInstanceOf(Judgement.All.class);
        assertThat(verdict(judgement).result()).isEqualTo(AttemptResult.DELIVERED);
        assertThat(verdict(judgement).note()).contains("\"fbtrace_id\":\"A1\"");
    }

    @Test
    void what_it_does_not_say_it_received_is_sent_again() {
        var judgement = judged(200, Map.of(), "{\"events_received\":2}");

        assertThat(judgement).isInstanceOf(Judgement.Halve.class);
        assertThat(verdict(judgement).result()).isEqualTo(AttemptResult.RETRY);
        assertThat(verdict(judgement).note()).startsWith("It was sent 3 and says it received 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Sign in</html>", "", "{}"})
    void an_answer_that_is_not_metas_has_all_sent_again_later(String body) {
        var judgement = judged(200, Map.of(), body);

        assertThat(judgement).isInstanceOf(Judgement.All.class);
        assertThat(verdict(judgement).result()).isEqualTo(AttemptResult.RETRY);
        assertThat(verdict(judgement).note()).startsWith("The answer does not say");
    }

    @Test
    void the_pause_is_the_one_of_the_usage_header() {
        var usage =
                "{\"1\":[{\"type\":\"ads\",\"estimated_time_to_regain_access\":3},"
                        + "{\"type\":\"other\",\"estimated_time_to_regain_access\":19}]}";

        var named =
                judged(400, Map.of("x-business-use-case-usage", usage), error(80_004, 0, false));
        var unnamed = judged(400, Map.of("x-app-usage", "{}"), error(4, 0, false));

        assertThat(verdict(named).retryAfter()).isEqualTo(Duration.ofMinutes(19));
        assertThat(verdict(unnamed).retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void the_note_holds_metas_own_words_and_nothing_of_the_person() {
        var body =
                """
                {"error":{"message":"Invalid parameter","code":100,"error_subcode":2804050,
                 "error_user_title":"Not Enough","error_user_msg":"em %s of Browser\\/1.0",
                 "fbtrace_id":"A1"}}\
                """
                        .formatted(HASH);

        var verdict = verdict(judged(400, Map.of(), body));

        assertThat(verdict.note())
                .isEqualTo("100/2804050 Not Enough: em *** of *** (fbtrace_id A1)");
    }

    @Test
    void an_answer_that_is_no_json_is_judged_by_its_status() {
        var judgement = judged(502, Map.of(), "<html>Bad gateway</html>");

        assertThat(verdict(judgement).result()).isEqualTo(AttemptResult.RETRY);
        assertThat(verdict(judgement).sign()).isEqualTo(Sign.TROUBLED);
        assertThat(verdict(judgement).note()).contains("Bad gateway");
    }
}
