package matchback.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DoubtLimiterTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Address ONE = Address.parse("192.0.2.1").orElseThrow();
    private static final Address OTHER = Address.parse("198.51.100.77").orElseThrow();

    private static int taken(DoubtLimiter limiter, Address address, long at, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += limiter.take(address, at) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void a_burst_is_let_through_and_then_the_rate() {
        var limiter = new DoubtLimiter(50, 500, 7);

        assertThat(taken(limiter, ONE, NOW, 600)).isEqualTo(500);
        assertThat(taken(limiter, ONE, NOW + 1000, 600)).isEqualTo(50);
        assertThat(taken(limiter, ONE, NOW + 60_000, 600)).isEqualTo(500);
    }

    @Test
    void one_address_does_not_use_up_anothers_share() {
        var limiter = new DoubtLimiter(1, 10, 7);

        taken(limiter, ONE, NOW, 100);

        assertThat(taken(limiter, OTHER, NOW, 100)).isEqualTo(10);
    }

    @Test
    void zero_means_no_limit() {
        assertThat(taken(new DoubtLimiter(0, 1, 7), ONE, NOW, 10_000)).isEqualTo(10_000);
    }
}
