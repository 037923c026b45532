package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import matchback.deliver.Gate.Why;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;

    private final Gate gate = new Gate(DeliverConfig.DEFAULT);

    private void trouble(int times, long now) {
        for (int i = 0; i < times; i++) {
            gate.trouble(now);
        }
    }

    @Test
    void flows_through_four_failures_in_a_row() {
        trouble(4, 0);
        gate.alive();
        trouble(4, 0);

        assertThat(gate.why()).isEqualTo(Why.NONE);
        assertThat(gate.room(0, 3, 8)).isEqualTo(5);
    }

    @Test
    void shuts_at_the_fifth_and_lets_one_through_when_the_pause_is_over() {
        trouble(5, 0);

        assertThat(gate.room(30 * SECOND - 1, 0, 8)).isZero();
        assertThat(gate.room(30 * SECOND, 0, 8)).isEqualTo(1);
        assertThat(gate.room(30 * SECOND, 1, 8)).isZero();
    }

    @Test
    void stragglers_do_not_lengthen_the_pause() {
        trouble(5, 0);
        trouble(3, 10 * SECOND);

        assertThat(gate.shutUntil()).isEqualTo(30 * SECOND);
    }

    @Test
    void each_failed_probe_doubles_the_pause_up_to_five_minutes() {
        trouble(5, 0);

        long now = 0;
        for (long pause : new long[] {60, 120, 240, 300, 300}) {
            now = gate.shutUntil();
            gate.trouble(now);
            assertThat(gate.shutUntil() - now).isEqualTo(pause * SECOND);
        }
    }

    @Test
    void a_good_probe_opens_it_and_forgets() {
        trouble(5, 0);
        gate.trouble(30 * SECOND);

        assertThat(gate.alive()).isTrue();
        assertThat(gate.room(MINUTE, 0, 8)).isEqualTo(8);

        trouble(5, MINUTE);
        assertThat(gate.shutUntil()).isEqualTo(MINUTE + 30 * SECOND);
    }

    @Test
    void parking_says_so_once_and_lasts_a_quarter_of_an_hour() {
        assertThat(gate.park(0)).isTrue();
        assertThat(gate.park(0)).isFalse();

        assertThat(gate.shutUntil()).isEqualTo(15 * MINUTE);
        assertThat(gate.room(15 * MINUTE, 0, 8)).isEqualTo(1);
        assertThat(gate.park(15 * MINUTE)).isFalse();
        assertThat(gate.shutUntil()).isEqualTo(30 * MINUTE);
    }

    @Test
    void new_settings_let_a_probe_through_at_once() {
        gate.park(0);

        gate.settingsChanged(MINUTE);

        assertThat(gate.room(MINUTE, 0, 8)).isEqualTo(1);
    }

    @Test
    void a_destination_cannot_ask_for_more_than_a_parking_pause() {
        gate.throttle(0, Duration.ofHours(20));

        assertThat(gate.why()).isEqualTo(Why.THROTTLED);
        assertThat(gate.shutUntil()).isEqualTo(15 * MINUTE);
    }
}
