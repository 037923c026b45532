package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.attribute.testing.Counted;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.DuplicateRule;
import matchback.model.trace.Step;
import org.junit.jupiter.api.Test;

/// Whoever knows a click's id can report what he likes about it, as often as he likes: no report
/// may cost more for all those before it.
final class EffortTest {
    private final Counted rules = new Counted(new Rules(RulesConfig.DEFAULT));
    private final Door door = new Door(1, rules);

    @Test
    void a_report_that_counts_by_itself_costs_the_same_after_many_others() {
        door.set(Samples.sender("net").with(null, DuplicateRule.EACH_REPORT));
        var click = door.click();
        for (int i = 0; i < 200; i++) {
            door.post(click, "payout=1");
        }
        rules.reads();
        door.post(click, "payout=1");
        int then = rules.reads();

        for (int i = 0; i < 800; i++) {
            door.post(click, "payout=1");
        }
        rules.reads();
        door.post(click, "payout=1");

        assertThat(rules.reads()).isEqualTo(then);
        assertThat(door.state(click).counters().conversions()).isEqualTo(1_002);
    }

    @Test
    void nobody_is_told_of_a_conversion_without_end() {
        door.set(AnnouncingTest.destination("often", Moment.APPROVED, Moment.CHANGED));
        var click = door.click();
        door.post(click, "txid=T1&payout=1");
        for (int i = 2; i <= Announcing.TOLD_MAX + 50; i++) {
            door.post(click, "txid=T1&payout=" + i);
        }
        rules.reads();
        var outcome = door.post(click, "txid=T1&payout=0.5");

        assertThat(rules.reads()).isLessThan(5 * Announcing.TOLD_MAX);
        assertThat(outcome.steps())
                .extracting(Step::text)
                .contains(
                        "hook:often is not told: it was told of this conversion as often as anybody"
                                + " is");
        assertThat(door.state(click).deliveries())
                .filteredOn(delivery -> delivery.destination().equals("hook:often"))
                .hasSize(Announcing.TOLD_MAX);
    }
}
