package matchback.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlaybackClockTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private Instant real = NOON;
    private final PlaybackClock clock = new PlaybackClock(() -> real, Duration.ofMinutes(60));

    @Test
    void before_it_plays_it_is_behind_and_runs_as_usual() {
        assertThat(clock.instant()).isEqualTo(NOON.minus(Duration.ofMinutes(60)));

        real = NOON.plusSeconds(5);

        assertThat(clock.instant()).isEqualTo(NOON.minus(Duration.ofMinutes(60)).plusSeconds(5));
        assertThat(clock.progress()).isZero();
    }

    @Test
    void it_catches_up_evenly_and_is_the_real_one_from_then_on() {
        clock.play(Duration.ofSeconds(60));

        real = NOON.plusSeconds(30);
        assertThat(clock.progress()).isEqualTo(0.5);
        assertThat(clock.instant()).isEqualTo(real.minus(Duration.ofMinutes(30)));

        real = NOON.plusSeconds(60);
        assertThat(clock.instant()).isEqualTo(real);

        real = NOON.plusSeconds(1000);
        assertThat(clock.instant()).isEqualTo(real);
    }

    @Test
    void it_never_goes_back() {
        var before = clock.instant();
        clock.play(Duration.ofSeconds(7));
        for (int millis = 0; millis < 9000; millis += 13) {
            real = NOON.plusMillis(millis);
            assertThat(clock.instant()).isAfterOrEqualTo(before);
            before = clock.instant();
        }
    }
}
