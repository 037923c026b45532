package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryScheduleTest {
    @ParameterizedTest
    @CsvSource({
        "1, PT5S",
        "2, PT5M",
        "3, PT30M",
        "4, PT2H",
        "5, PT5H",
        "6, PT10H",
        "7, PT14H",
        "8, PT20H",
        "9, PT24H"
    })
    void the_pauses_are_those_of_the_schedule(int attempts, Duration pause) {
        assertThat(RetrySchedule.pauseAfter(attempts, 0, Duration.ZERO)).contains(pause);
    }

    @Test
    void after_ten_attempts_there_is_no_more() {
        assertThat(RetrySchedule.ATTEMPTS_MAX).isEqualTo(10);
        assertThat(RetrySchedule.pauseAfter(10, 0, Duration.ZERO)).isEmpty();
        assertThat(RetrySchedule.pauseAfter(11, 0, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void all_pauses_together_take_about_75_hours() {
        var sum = Duration.ZERO;
        for (int attempts = 1; attempts < RetrySchedule.ATTEMPTS_MAX; attempts++) {
            sum = sum.plus(RetrySchedule.pauseAfter(attempts, 0, Duration.ZERO).orElseThrow());
        }

        assertThat(sum).isBetween(Duration.ofHours(75), Duration.ofHours(76));
    }

    @Test
    void jitter_only_lengthens_by_at_most_a_tenth() {
        assertThat(RetrySchedule.pauseAfter(4, 1, Duration.ZERO)).contains(Duration.ofMinutes(132));
        assertThat(RetrySchedule.pauseAfter(4, 0.5, Duration.ZERO))
                .contains(Duration.ofMinutes(126));
    }

    @Test
    void a_longer_pause_that_the_destination_asks_for_is_kept_and_a_shorter_one_is_not() {
        assertThat(RetrySchedule.pauseAfter(1, 0, Duration.ofMinutes(2)))
                .contains(Duration.ofMinutes(2));
        assertThat(RetrySchedule.pauseAfter(2, 0, Duration.ofSeconds(1)))
                .contains(Duration.ofMinutes(5));
    }
}
