package matchback.deliver.tiktok;

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

/// What becomes of a batch of three, answer by answer.
class TikTokAnswersTest {
    private static final String HASH =
            "542d240129883c019e106e3b1b2d3f3cb3537c43c425364de8e951d5a3083345";

    private final PlatformAdapter adapter = new PlatformAdapter(TikTok.PLATFORM, Told.SECRETS);

    private Judgement judged(int status, String body) {
        var parcel =
                new Parcel(TikTokEventTest.sale().shipment(), "{}", List.of(HASH, "E.C.P.abc"));
        var byStatus =
                new Verdict(
                        status == 200 ? AttemptResult.DELIVERED : AttemptResult.RETRY,
                        status == 200 ? Sign.ALIVE : Sign.TROUBLED,
                        status,
                        body,
                        Duration.ZERO);
        return adapter.judge(
                List.of(parcel, parcel, parcel),
                new Answer.Answered(status, Map.of(), body),
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

    @ParameterizedTest(name = "{0} {1} is {2} for {3}, {4}")
    @CsvSource({
        "200, 0, DELIVERED, All, ALIVE",
        "200, 40001, PARKED, All, PARKED",
        "200, 40002, DEAD, Halve, ALIVE",
        "200, 40100, RETRY, All, THROTTLED",
        "200, 40102, PARKED, All, PARKED",
        "200, 40105, PARKED, All, PARKED",
        "200, 40133, RETRY, All, THROTTLED",
        "200, 40999, RETRY, Halve, ALIVE",
        "200, 50000, RETRY, All, TROUBLED",
        "200, 60001, RETRY, All, TROUBLED",
        "401, 40105, PARKED, All, PARKED",
        "429, 40100, RETRY, All, THROTTLED"
    })
    void a_code_tells_what_becomes_of_it(
            int status, int code, AttemptResult result, String scope, Sign sign) {
        var judgement = judged(status, "{\"code\":%d,\"message\":\"words\"}".formatted(code));

        assertThat(judgement.getClass().getSimpleName()).isEqualTo(scope);
        assertThat(verdict(judgement).result()).isEqualTo(result);
        assertThat(verdict(judgement).sign()).isEqualTo(sign);
        assertThat(verdict(judgement).note()).contains("TikTok " + code + ": words");
    }

    @Test
    void a_bad_parameter_of_the_destination_itself_parks_it() {
        var judgement =
                judged(200, "{\"code\":40002,\"message\":\"event_source: Not a valid choice\"}");

        assertThat(verdict(judgement).result()).isEqualTo(AttemptResult.PARKED);
    }

    @Test
    void an_answer_that_is_not_tiktoks_is_no_success() {
        assertThat(verdict(judged(200, "<html>hello</html>")).result())
                .isEqualTo(AttemptResult.RETRY);
        assertThat(verdict(judged(200, "")).result()).isEqualTo(AttemptResult.RETRY);
        assertThat(verdict(judged(502, "bad gateway")).result()).isEqualTo(AttemptResult.RETRY);
    }

    @Test
    void of_a_batch_that_was_partly_taken_each_event_has_its_own_end() {
        var judgement =
                judged(
                        200,
                        """
                        {"code":20001,"message":"partly","data":{"failed_events":
                         [{"order_in_list":1,"error_message":"bad hash %s"}]}}
                        """
                                .formatted(HASH));

        assertThat(judgement).isInstanceOf(Judgement.Each.class);
        var verdicts = ((Judgement.Each) judgement).verdicts();
        assertThat(verdicts)
                .extracting(Verdict::result)
                .containsExactly(
                        AttemptResult.DELIVERED, AttemptResult.DEAD, AttemptResult.DELIVERED);
        assertThat(verdicts.get(1).note()).contains("bad hash ***");
    }

    @Test
    void no_note_repeats_what_is_personal() {
        var note =
                verdict(
                                judged(
                                        200,
                                        "{\"code\":40002,\"message\":\"user.email: %s of E.C.P.abc\"}"
                                                .formatted(HASH)))
                        .note();

        assertThat(note).contains("user.email: *** of ***").doesNotContain(HASH);
    }
}
