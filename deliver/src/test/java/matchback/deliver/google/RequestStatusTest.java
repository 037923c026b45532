package matchback.deliver.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import matchback.deliver.Afterwards;
import matchback.deliver.platform.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestStatusTest {
    private static Afterwards read(String... statuses) {
        return RequestStatus.read(
                Json.lenient(
                        "{\"requestStatusPerDestination\":[" + String.join(",", statuses) + "]}"));
    }

    private static String status(String word, int count, String errors) {
        return """
        {"requestStatus":"%s","eventsIngestionStatus":{"recordCount":"%d"},
         "errorInfo":{"errorCounts":[%s]}}
        """
                .formatted(word, count, errors);
    }

    private static String error(String reason, int count) {
        return "{\"reason\":\"%s\",\"recordCount\":\"%d\"}".formatted(reason, count);
    }

    @Test
    void what_counts_and_what_does_not_is_added_up_over_the_conversion_actions() {
        var afterwards =
                read(
                        status("SUCCESS", 5, ""),
                        status(
                                "PARTIAL_SUCCESS",
                                10,
                                error("PROCESSING_ERROR_REASON_EVENT_TOO_OLD", 2)
                                        + ","
                                        + error("PROCESSING_ERROR_REASON_INVALID_GCLID", 1)),
                        status(
                                "FAILED",
                                1,
                                error(
                                        "PROCESSING_ERROR_OPERATING_ACCOUNT_MISMATCH_FOR_AD_IDENTIFIER",
                                        1)));

        assertThat(afterwards)
                .isEqualTo(
                        new Afterwards.Settled(
                                12,
                                Map.of(
                                        "EVENT_TOO_OLD", 2L,
                                        "INVALID_GCLID", 1L,
                                        "OPERATING_ACCOUNT_MISMATCH_FOR_AD_IDENTIFIER", 1L)));
    }

    @Test
    void one_that_is_known_already_counts() {
        assertThat(
                        read(
                                status(
                                        "FAILED",
                                        2,
                                        error(
                                                "PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID",
                                                2))))
                .isEqualTo(new Afterwards.Settled(2, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROCESSING", "REQUEST_STATUS_UNKNOWN", "SOMETHING_NEW"})
    void while_one_conversion_action_is_open_all_is(String word) {
        assertThat(read(status("SUCCESS", 5, ""), status(word, 5, "")))
                .isEqualTo(new Afterwards.Open());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "FAILURE"})
    void a_failure_without_counts_is_of_all(String word) {
        assertThat(read(status(word, 7, "")))
                .isEqualTo(new Afterwards.Settled(0, Map.of("UNNAMED", 7L)));
    }

    @Test
    void an_answer_about_nothing_tells_nothing() {
        assertThat(RequestStatus.read(Json.lenient("no json"))).isEqualTo(new Afterwards.Unknown());
    }
}
