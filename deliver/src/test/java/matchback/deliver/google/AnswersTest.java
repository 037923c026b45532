package matchback.deliver.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import matchback.deliver.Answer;
import matchback.deliver.Judgement;
import matchback.deliver.Parcel;
import matchback.deliver.Verdict;
import matchback.deliver.Verdict.Sign;
import matchback.deliver.testing.Told;
import matchback.ledger.Event.AttemptResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Google's answers, and what they mean for four events: the first two of one conversion action,
/// the others of another.
class AnswersTest {
    private static final List<String> ACTIONS = List.of("7001", "7001", "7002", "7002");

    private final DataManager google = new DataManager(Told.SECRETS);

    private static Parcel parcel(String action) {
        return new Parcel(
                new Told("google").shipment(),
                "{\"destinationReferences\":[\"%s\"]}".formatted(action),
                List.of("203.0.113.7"));
    }

    private Judgement judge(int status, String body) {
        return judge(status, body, ACTIONS);
    }

    private Judgement judge(int status, String body, List<String> actions) {
        var byStatus =
                new Verdict(AttemptResult.RETRY, Sign.ALIVE, status, "by status", Duration.ZERO);
        return google.judge(
                actions.stream().map(AnswersTest::parcel).toList(),
                new Answer.Answered(status, Map.of(), body),
                byStatus);
    }

    private static Verdict all(Judgement judgement) {
        return judgement instanceof Judgement.All(var verdict)
                ? verdict
                : org.assertj.core.api.Assertions.fail(judgement.toString());
    }

    private static Map<Integer, Verdict> without(Judgement judgement) {
        return judgement instanceof Judgement.Without(var refused)
                ? refused
                : org.assertj.core.api.Assertions.fail(judgement.toString());
    }

    private static Verdict at(Map<Integer, Verdict> refused, int index) {
        return java.util.Objects.requireNonNull(refused.get(index));
    }

    /// @param violations as `field reason`
    private static String refusal(String reason, String... violations) {
        var list =
                java.util.Arrays.stream(violations)
                        .map(violation -> violation.split(" ", 2))
                        .map(parts ->
                                "{\"field\":\"%s\",\"reason\":\"%s\",\"description\":\"wrong\"}"
                                        .formatted(parts[0], parts[1]))
                        .toList();
        return """
        {"error":{"code":400,"message":"There was a problem.","status":"INVALID_ARGUMENT",
          "details":[
            {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"%s",
             "domain":"datamanager.googleapis.com"},
            {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":%s},
            {"@type":"type.googleapis.com/google.rpc.RequestInfo","requestId":"r1"}]}}
        """
                .formatted(reason, list);
    }

    @Test
    void a_taken_request_is_known_by_its_id() {
        var verdict = all(judge(200, "{\"requestId\":\"r-17\"}"));

        assertThat(verdict.result()).isEqualTo(AttemptResult.DELIVERED);
        assertThat(verdict.note()).isEqualTo("Taken as request r-17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events.events[2].user_data.user_identifiers[0].email_address",
                "events[2].userData",
                "events.events[2]"
            })
    void a_named_event_is_refused_for_good_and_the_others_go_on(String field) {
        var refused =
                without(
                        judge(
                                400,
                                refusal(
                                        "INVALID_SHA256_FORMAT",
                                        field + " INVALID_SHA256_FORMAT")));

        assertThat(refused).containsOnlyKeys(2);
        assertThat(at(refused, 2).result()).isEqualTo(AttemptResult.DEAD);
        assertThat(at(refused, 2).note()).isEqualTo("INVALID_SHA256_FORMAT: wrong (" + field + ")");
    }

    @Test
    void all_named_events_are_refused_at_once() {
        var refused =
                without(
                        judge(
                                400,
                                refusal(
                                        "INVALID_EVENT",
                                        "events.events[0].currency INVALID_CURRENCY_CODE",
                                        "events.events[0].consent INVALID_ENUM_VALUE",
                                        "events.events[3] SOMETHING_NEW",
                                        "events.events[9] INVALID_EVENT")));

        assertThat(refused).containsOnlyKeys(0, 3);
        assertThat(at(refused, 0).note()).startsWith("INVALID_CURRENCY_CODE");
        assertThat(at(refused, 3).result()).isEqualTo(AttemptResult.DEAD);
    }

    @Test
    void a_refused_conversion_action_makes_its_own_events_wait() {
        var refused =
                without(
                        judge(
                                400,
                                refusal(
                                        "INVALID_CONVERSION_ACTION_ID",
                                        "destinations[1].product_destination_id"
                                                + " INVALID_CONVERSION_ACTION_ID")));

        assertThat(refused).containsOnlyKeys(2, 3);
        assertThat(refused.values())
                .allMatch(verdict -> verdict.result() == AttemptResult.PARKED)
                .allMatch(verdict -> verdict.sign() == Sign.ALIVE)
                .allMatch(verdict -> verdict.retryAfter().isPositive());
    }

    @Test
    void the_only_conversion_action_refused_parks_the_destination() {
        var verdict =
                all(
                        judge(
                                400,
                                refusal(
                                        "INVALID_DESTINATION",
                                        "destinations[0].operating_account INVALID_DESTINATION"),
                                List.of("7001", "7001")));

        assertThat(verdict.sign()).isEqualTo(Sign.PARKED);
        assertThat(verdict.note()).contains("INVALID_DESTINATION", "operating_account");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TERMS_AND_CONDITIONS_NOT_SIGNED",
                "DESTINATION_ACCOUNT_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS",
                "DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED"
            })
    void what_the_account_lacks_parks_the_destination(String reason) {
        var verdict = all(judge(400, refusal(reason)));

        assertThat(verdict.result()).isEqualTo(AttemptResult.PARKED);
        assertThat(verdict.sign()).isEqualTo(Sign.PARKED);
        assertThat(verdict.note()).startsWith(reason);
    }

    @Test
    void a_fault_of_some_event_that_is_not_named_is_looked_for_in_halves() {
        assertThat(judge(400, refusal("NO_IDENTIFIERS_PROVIDED")))
                .isInstanceOfSatisfying(
                        Judgement.Halve.class,
                        halve -> assertThat(halve.ofOne().result()).isEqualTo(AttemptResult.DEAD));
    }

    @Test
    void a_reason_that_is_not_known_kills_nothing() {
        assertThat(judge(400, refusal("SOMETHING_NEW")))
                .isInstanceOfSatisfying(
                        Judgement.Halve.class,
                        halve -> assertThat(halve.ofOne().result()).isEqualTo(AttemptResult.RETRY));
        assertThat(judge(400, "<html>")).isInstanceOf(Judgement.Halve.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void what_is_not_allowed_or_not_there_parks_the_destination(int status) {
        var verdict = all(judge(status, refusal("PERMISSION_DENIED")));

        assertThat(verdict.sign()).isEqualTo(Sign.PARKED);
        assertThat(verdict.note()).isEqualTo("PERMISSION_DENIED: There was a problem.");
    }

    @ParameterizedTest
    @CsvSource({
        "IngestionMutateRequestsPerMinutePerProject, RETRY, PT1M",
        "IngestionMutateRequestsPerDayPerProject, PARKED, PT15M"
    })
    void a_used_up_quota_stops_all_for_a_while(String quota, AttemptResult result, Duration pause) {
        var body =
                """
                {"error":{"code":429,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED",
                  "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",
                    "reason":"RATE_LIMIT_EXCEEDED","metadata":{"quota_limit":"%s"}}]}}
                """
                        .formatted(quota);

        var verdict = all(judge(429, body));

        assertThat(verdict.result()).isEqualTo(result);
        assertThat(verdict.sign()).isEqualTo(Sign.THROTTLED);
        assertThat(verdict.retryAfter()).isEqualTo(pause);
    }

    @Test
    void a_pause_that_google_names_is_kept() {
        var body =
                """
                {"error":{"code":429,"message":"Slow down.","details":[
                  {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"7.5s"}]}}
                """;

        assertThat(all(judge(429, body)).retryAfter()).isEqualTo(Duration.ofMillis(7_500));
    }

    @Test
    void trouble_at_google_means_what_its_status_means() {
        assertThat(all(judge(503, "")).note()).isEqualTo("by status");
        assertThat(all(judge(500, refusal("INTERNAL_ERROR"))).result())
                .isEqualTo(AttemptResult.RETRY);
    }

    @Test
    void an_answer_that_is_cut_off_counts_as_far_as_it_goes() {
        var violations =
                IntStream.range(0, 4)
                        .mapToObj(i -> "events.events[" + i + "].currency INVALID_CURRENCY_CODE")
                        .toArray(String[]::new);
        var body = refusal("INVALID_CURRENCY_CODE", violations);

        var refused = without(judge(400, body.substring(0, body.indexOf("events[3]"))));

        assertThat(refused).containsOnlyKeys(0, 1, 2);
    }

    @Test
    void what_is_personal_does_not_stand_in_a_note() {
        var body =
                refusal("INVALID_FORMAT", "events.events[1] INVALID_FORMAT")
                        .replace("wrong", "not an address: 203.0.113.7");

        assertThat(at(without(judge(400, body)), 1).note())
                .isEqualTo("INVALID_FORMAT: not an address: *** (events.events[1])");
    }
}
