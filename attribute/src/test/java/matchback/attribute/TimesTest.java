package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import matchback.attribute.testing.Door;
import matchback.model.Feed;
import matchback.model.Percent;
import matchback.model.Reason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimesTest {
    private final Door door = new Door();

    @Test
    void what_an_operator_hands_in_late_is_judged_by_its_own_time() {
        var click = door.click();
        var inTime = door.now() + Duration.ofDays(29).toMillis();
        var late = door.now() + Duration.ofDays(31).toMillis();
        door.pass(Duration.ofDays(60));

        var byS2s = door.post(Feed.S2S, "", "clickid=" + click + "&event_time=" + inTime);
        var byFileLate = door.post(Feed.FILE, "", "clickid=" + click + "&event_time=" + late);
        var byFile = door.post(Feed.FILE, "", "clickid=" + click + "&event_time=" + inTime);

        assertThat(byS2s.reason()).isEqualTo(Reason.TOO_LATE);
        assertThat(byFileLate.reason()).isEqualTo(Reason.TOO_LATE);
        assertThat(byFile.reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void its_own_time_brings_no_click_back_that_is_forgotten() {
        var click = door.click();
        var inTime = door.now() + Duration.ofDays(29).toMillis();
        door.pass(Duration.ofDays(400));

        var byFile = door.post(Feed.FILE, "", "clickid=" + click + "&event_time=" + inTime);

        assertThat(byFile.reason()).isEqualTo(Reason.EXPIRED_CLICK);
    }

    /// The click is of 2026-03-01T12:00:00Z, the receipt an hour later; the sender's zone is Kyiv.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1772368200                    | 2026-03-01T12:30:00Z
                    1772368200123                 | 2026-03-01T12:30:00.123Z
                    2026-03-01T12:30:00Z          | 2026-03-01T12:30:00Z
                    2026-03-01T12:30:00.25z       | 2026-03-01T12:30:00.250Z
                    2026-03-01T14:30:00+02:00     | 2026-03-01T12:30:00Z
                    2026-03-01T14:30:00+0200      | 2026-03-01T12:30:00Z
                    2026-03-01T14:30:00+02        | 2026-03-01T12:30:00Z
                    2026-03-01T14:30:00 02:00     | 2026-03-01T12:30:00Z
                    2026-03-01T14:30:00           | 2026-03-01T12:30:00Z
                    2026-03-01 14:30:00           | 2026-03-01T12:30:00Z
                    2026-03-01 14:30              | 2026-03-01T12:30:00Z
                    2026-03-01T12:00:00Z          | 2026-03-01T12:00:00Z
                    2026-03-01T11:55:00Z          | 2026-03-01T11:55:00Z
                    2026-03-01T13:05:00Z          | 2026-03-01T13:05:00Z
                    """)
    void an_event_time_is_read(String text, Instant expected) {
        var click = door.click();
        door.pass(Duration.ofHours(1));

        var outcome = door.post(click, "event_time=" + Percent.encode(text));

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.warnings()).doesNotContain(Reason.MALFORMED_TIME);
        assertThat(eventAt(click)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "yesterday",
        "2026-03-01",
        "2026-02-30T12:00:00Z",
        "2026-03-01T25:00:00Z",
        "-5",
        "12:30:00",
        "+999999999-12-31T23:59:59Z",
        "177236820012345678"
    })
    void a_time_that_is_none_is_warned_of_and_the_receipt_taken(String text) {
        var click = door.click();
        door.pass(Duration.ofHours(1));

        var outcome = door.post(click, "event_time=" + Percent.encode(text));

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.warnings()).contains(Reason.MALFORMED_TIME);
        assertThat(eventAt(click)).isEqualTo(Instant.ofEpochMilli(door.now()));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T11:54:59.999Z, BEFORE_CLICK",
        "0, BEFORE_CLICK",
        "2026-03-01T13:05:00.001Z, IN_FUTURE",
        "99999999999, IN_FUTURE",
        "99999999999999, IN_FUTURE"
    })
    void a_time_out_of_place_is_held(String text, Reason reason) {
        var click = door.click();
        door.pass(Duration.ofHours(1));

        var outcome = door.post(click, "event_time=" + text);

        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(door.state(click).conversions()).isEmpty();
    }

    private Instant eventAt(matchback.model.ClickId click) {
        var conversion = door.state(click).conversions().getFirst();
        return Instant.ofEpochMilli(conversion.eventAt());
    }

    @Nested
    class The_window_of_thirty_days {

        @Test
        void takes_a_conversion_at_its_last_millisecond() {
            var click = door.click();
            door.pass(Duration.ofDays(30));

            assertThat(door.post(click, "").reason()).isEqualTo(Reason.NEW_CONVERSION);
        }

        @Test
        void refuses_one_a_millisecond_later_whatever_its_event_time() {
            var click = door.click();
            door.pass(Duration.ofDays(30).plusMillis(1));

            var late = door.post(click, "event_time=" + (Door.START / 1000 + 60));

            assertThat(late.reason()).isEqualTo(Reason.TOO_LATE);
            assertThat(late.detail()).contains("window of offer 'offer' is 30 days");
        }

        @Test
        void does_not_bound_a_click_that_converted() {
            var click = door.click();
            door.post(click, "txid=A1");
            door.pass(Duration.ofDays(400));

            assertThat(door.post(click, "txid=A2").reason())
                    .isEqualTo(Reason.ADDITIONAL_CONVERSION);
        }

        @Test
        void is_not_opened_by_a_held_report() {
            var click = door.click();
            door.post(click, "status=foo");
            door.pass(Duration.ofDays(31));

            assertThat(door.post(click, "").reason()).isEqualTo(Reason.TOO_LATE);
        }
    }

    @Nested
    class A_converted_click {
        private final long limit =
                OffsetDateTime.ofInstant(Instant.ofEpochMilli(Door.START), ZoneOffset.UTC)
                        .plusMonths(25)
                        .toInstant()
                        .toEpochMilli();

        @Test
        void takes_a_chargeback_for_25_months() {
            var click = door.click();
            door.post(click, "txid=A1");
            door.at(limit);

            assertThat(door.post(click, "txid=A1&status=chargeback").reason())
                    .isEqualTo(Reason.STATUS_CHANGED);
        }

        @Test
        void is_expired_after_them() {
            var click = door.click();
            door.post(click, "txid=A1");
            door.at(limit + 1);

            assertThat(door.post(click, "txid=A1&status=chargeback").reason())
                    .isEqualTo(Reason.EXPIRED_CLICK);
        }
    }

    @Nested
    class An_unconverted_click_older_than_the_longest_window {

        @Test
        void is_expired_whether_or_not_it_was_recorded() {
            var recorded = door.click();
            var lost = door.id(false);
            var flagged = door.id(true);
            door.pass(Duration.ofDays(365).plusMillis(1));

            assertThat(door.post(recorded, "").reason()).isEqualTo(Reason.EXPIRED_CLICK);
            assertThat(door.post(lost, "").reason()).isEqualTo(Reason.EXPIRED_CLICK);
            assertThat(door.post(flagged, "").reason()).isEqualTo(Reason.EXPIRED_CLICK);
        }

        @Test
        void is_not_expired_a_millisecond_before() {
            var recorded = door.click();
            var lost = door.id(false);
            door.pass(Duration.ofDays(365));

            assertThat(door.post(recorded, "").reason()).isEqualTo(Reason.TOO_LATE);
            assertThat(door.post(lost, "").reason()).isEqualTo(Reason.UNKNOWN_CLICK);
        }
    }
}
