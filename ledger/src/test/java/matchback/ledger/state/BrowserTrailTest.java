package matchback.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.Sight;
import matchback.ledger.state.BrowserTrail.Seen;
import matchback.ledger.testing.Golden;
import matchback.model.RecordId;
import matchback.model.Subject;
import org.junit.jupiter.api.Test;

final class BrowserTrailTest {
    private static final Subject CLICK = new Subject("click");
    private static final long AT = 1_790_000_000_123L;

    private final SubjectStateTest.Rows rows = new SubjectStateTest.Rows();
    private final BrowserTrail trail = new BrowserTrail(rows, CLICK);

    private static BrowserReported report(int number, Sight... sights) {
        return new BrowserReported(
                new RecordId(1, number), AT + number, 1, CLICK, List.of(sights), new byte[0]);
    }

    @Test
    void nothing_is_known_of_a_click_whose_browser_told_nothing() {
        assertThat(trail.summary()).isEmpty();
        assertThat(trail.sights()).isEmpty();
        assertThat(trail.has(new RecordId(1, 1))).isFalse();
    }

    @Test
    void sights_are_kept_in_order_with_the_record_they_came_in() {
        var view = new Sight(Sight.PAGE_VIEW, -1, "");
        var signup = new Sight("signup", 0, "e-1");

        trail.add(report(1, view));
        trail.add(report(2, signup));

        assertThat(trail.sights())
                .containsExactly(
                        new Seen(new RecordId(1, 1), AT + 1, view),
                        new Seen(new RecordId(1, 2), AT + 2, signup));
        assertThat(trail.has(new RecordId(1, 1))).isTrue();
        assertThat(trail.summary()).contains(new BrowserTrail.Summary(2, 0, new RecordId(1, 2)));
    }

    @Test
    void what_is_beyond_the_limit_is_counted_and_not_kept() {
        var many = new Sight[150];
        IntStream.range(0, many.length).forEach(i -> many[i] = new Sight("scroll", i % 100, ""));

        var first = trail.add(report(1, many));
        var second = trail.add(report(2, many));
        var third = trail.add(report(3, new Sight("late", -1, "")));

        assertThat(first).hasSize(150);
        assertThat(second).hasSize(50);
        assertThat(third).isEmpty();
        assertThat(trail.sights()).hasSize(BrowserTrail.SIGHTS_MAX);
        assertThat(trail.summary())
                .contains(new BrowserTrail.Summary(200, 101, new RecordId(1, 3)));
    }

    @Test
    void its_records_look_as_they_always_did() {
        trail.add(report(7, new Sight(Sight.ENGAGED, 12, ""), new Sight("signup", -1, "e-1")));

        var stored = new ByteArrayOutputStream();
        rows.range(
                new byte[0],
                (key, value) -> {
                    stored.writeBytes(key);
                    stored.writeBytes(value);
                    return true;
                });
        Golden.require("v1/state-browser-trail", stored.toByteArray());
    }
}
