package matchback.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SeenVisitorsTest {
    private static final long NOW = 1_800_000_000_000L;

    @Test
    void a_visitor_is_first_again_24_hours_after_the_first_click() {
        var seen = new SeenVisitors(1);

        assertThat(seen.isFirst("c", "192.0.2.1", "A", NOW)).isTrue();
        assertThat(seen.isFirst("c", "192.0.2.1", "A", NOW + SeenVisitors.WINDOW_MILLIS - 1))
                .isFalse();
        assertThat(seen.isFirst("c", "192.0.2.1", "A", NOW + SeenVisitors.WINDOW_MILLIS)).isTrue();
    }

    @Test
    void the_parts_of_a_visitor_do_not_run_into_each_other() {
        var seen = new SeenVisitors(1);

        assertThat(seen.isFirst("c", "ab", "c", NOW)).isTrue();
        assertThat(seen.isFirst("c", "a", "bc", NOW)).isTrue();
        assertThat(seen.isFirst("ca", "b", "c", NOW)).isTrue();
    }

    @Test
    void many_visitors_are_told_apart_and_remembered() {
        var seen = new SeenVisitors(2);
        int visitors = 200_000;

        int first = 0;
        int again = 0;
        for (int i = 0; i < visitors; i++) {
            first += seen.isFirst("c", "visitor-" + i, "A", NOW) ? 1 : 0;
        }
        for (int i = 0; i < visitors; i++) {
            again += seen.isFirst("c", "visitor-" + i, "A", NOW + 1) ? 1 : 0;
        }

        assertThat(first).isEqualTo(visitors);
        assertThat(again).isZero();
    }

    @Test
    void more_than_it_holds_makes_it_forget_the_oldest_and_not_grow() {
        var seen = new SeenVisitors(3, 16 * 256);
        for (int i = 0; i < 100_000; i++) {
            seen.isFirst("c", "visitor-" + i, "A", NOW);
        }

        assertThat(seen.isFirst("c", "visitor-99999", "A", NOW)).isFalse();
        assertThat(seen.isFirst("c", "visitor-0", "A", NOW)).isTrue();
    }
}
