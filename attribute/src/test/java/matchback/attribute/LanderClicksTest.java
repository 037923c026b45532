package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Column;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.ledger.state.LanderState;
import matchback.model.ClickId;
import matchback.model.Reason;
import matchback.model.Subject;
import org.junit.jupiter.api.Test;

final class LanderClicksTest {
    private final Door door = new Door();

    private LanderClicked step(ClickId click, int button, String offer) {
        return new LanderClicked(
                door.nextRecord(),
                door.now(),
                door.ledger.catalog().version(),
                Subject.click(click),
                button,
                offer);
    }

    private List<Fact> steps() {
        return Sums.of(door.facts()).kind(Kind.LANDER_CLICK);
    }

    @Test
    void a_step_is_a_fact_of_its_own_with_all_that_is_known_of_the_click() {
        var id = door.click();
        door.pass(Duration.ofMinutes(2));

        door.submit(step(id, 0, "offer"));
        door.submit(step(id, 0, "offer"));

        assertThat(steps()).hasSize(2);
        assertThat(steps().getFirst().texts())
                .containsEntry(Column.OFFER, "offer")
                .containsEntry(Column.CLICK_ID, id.text());
        assertThat(steps().stream().map(fact -> fact.numbers().get(Column.IS_UNIQUE)))
                .containsExactlyInAnyOrder(1L, 0L);
        assertThat(steps().getFirst().at()).isEqualTo(door.now());
        assertThat(Sums.of(door.facts()).clicks()).isEqualTo(1);
    }

    @Test
    void the_same_record_again_changes_nothing() {
        var id = door.click();
        var step = step(id, 0, "offer");
        door.submit(step);
        var facts = door.facts();

        door.submit(step);

        assertThat(door.facts()).isEqualTo(facts);
    }

    @Test
    void conversions_are_those_of_the_offer_the_visitor_went_on_to_by_its_window_and_sender() {
        door.set(Samples.offer("other", "second", 20_000_000L, 3));
        var id = door.click();

        door.submit(step(id, 2, "other"));

        var click = door.state(id).click().orElseThrow();
        assertThat(click.offer()).isEqualTo("other");
        assertThat(click.sender()).isEqualTo("second");
        assertThat(click.windowEndsAt()).isEqualTo(Door.START + Duration.ofDays(3).toMillis());
        var visits = Sums.of(door.facts()).kind(Kind.CLICK);
        assertThat(visits).hasSize(1);
        assertThat(visits.getFirst().texts()).containsEntry(Column.OFFER, "other");
    }

    @Test
    void after_a_conversion_the_offer_stays() {
        door.set(Samples.offer("other", null));
        var id = door.click();
        assertThat(door.post(id, "payout=1").reason()).isEqualTo(Reason.NEW_CONVERSION);

        door.submit(step(id, 2, "other"));

        assertThat(door.state(id).click().orElseThrow().offer()).isEqualTo("offer");
        assertThat(steps()).hasSize(1);
    }

    @Test
    void a_click_that_was_only_fetched_ahead_is_a_visit_once_its_visitor_goes_on() {
        var id = door.click("offer", "", true);
        assertThat(Sums.of(door.facts()).clicks()).isZero();

        door.submit(step(id, 0, "offer"));

        assertThat(Sums.of(door.facts()).clicks()).isEqualTo(1);
    }

    @Test
    void a_bots_step_is_marked_as_one() {
        var id = door.click("offer", "agent", false);

        door.submit(step(id, 0, "offer"));

        assertThat(steps().getFirst().numbers()).containsEntry(Column.IS_BOT, 1L);
        assertThat(Sums.of(door.facts()).clicks()).isZero();
    }

    @Test
    void no_more_than_so_many_steps_of_a_click_are_kept() {
        var id = door.click();

        for (int i = 0; i < LanderState.COUNT_MAX + 5; i++) {
            door.submit(step(id, 0, "offer"));
        }

        assertThat(steps()).hasSize(LanderState.COUNT_MAX);
    }

    @Test
    void a_step_of_a_click_that_is_not_there_leaves_nothing() {
        door.submit(step(door.id(false), 0, "offer"));

        assertThat(door.facts()).isEmpty();
    }
}
