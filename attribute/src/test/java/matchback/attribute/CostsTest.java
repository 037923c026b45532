package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Column;
import matchback.ledger.CostSlice;
import matchback.ledger.Event.CostStated;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of stated costs, and what conversions cost.
final class CostsTest {
    private static final CostSlice SPRING = new CostSlice(Map.of("campaign", "spring"));
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Door door = new Door();
    private int records;

    private RecordId state(CostSlice slice, int first, int last, boolean isAddition) {
        return submit(slice, first, last, isAddition, null);
    }

    private void undo(CostSlice slice, RecordId id) {
        submit(slice, 0, 1, false, id);
    }

    private RecordId submit(
            CostSlice slice, int first, int last, boolean isAddition, @Nullable RecordId undoes) {
        var id = RecordId.of(door.now(), 0, ++records);
        door.submit(
                new CostStated(
                        id,
                        door.now(),
                        1,
                        slice.subject(),
                        "test",
                        "",
                        slice,
                        first * DAY,
                        last * DAY,
                        "UTC",
                        5_000_000,
                        "USD",
                        5_000_000,
                        "",
                        isAddition,
                        undoes));
        return id;
    }

    /// The latest of each fact.
    private List<Fact> costs() {
        return Sums.of(door.facts()).kind(Kind.COST);
    }

    private Set<RecordId> inForce() {
        return costs().stream()
                .filter(fact -> "in_force".equals(fact.texts().get(Column.COST_STATE)))
                .map(Fact::recordId)
                .collect(Collectors.toSet());
    }

    @Test
    void a_statement_takes_the_place_of_those_it_overlaps_in_its_own_slice_alone() {
        var other = new CostSlice(Map.of("campaign", "spring", "sub1", "a"));
        var first = state(SPRING, 1, 2, false);
        var second = state(SPRING, 2, 3, false);
        var elsewhere = state(other, 1, 3, false);
        var added = state(SPRING, 1, 3, true);

        var month = state(SPRING, 1, 30, false);

        assertThat(inForce()).containsExactlyInAnyOrder(elsewhere, added, month);
        undo(SPRING, month);
        assertThat(inForce()).containsExactlyInAnyOrder(elsewhere, added, first, second);
        undo(SPRING, added);
        undo(SPRING, added);
        assertThat(inForce()).containsExactlyInAnyOrder(elsewhere, first, second);
        assertThat(costs()).hasSize(5);
        assertThat(costs().getFirst().texts())
                .containsEntry(Column.CAMPAIGN, "spring")
                .containsEntry(Column.COST_SHAPE, "campaign");
    }

    @Test
    void what_was_replaced_in_part_by_a_later_one_stays_so_when_an_earlier_is_undone() {
        var month = state(SPRING, 1, 30, false);
        var day = state(SPRING, 3, 4, false);
        var later = state(SPRING, 20, 21, false);

        undo(SPRING, day);

        assertThat(inForce()).containsExactly(later);
        undo(SPRING, later);
        assertThat(inForce()).containsExactly(month);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void what_is_in_force_is_as_if_the_undone_had_never_been_stated(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var all = new ArrayList<CostStated>();
        var undone = new LinkedHashSet<RecordId>();
        for (int i = 0; i < 60; i++) {
            var now = List.copyOf(inForce());
            if (random.nextInt(3) == 0 && !now.isEmpty()) {
                var id = now.get(random.nextInt(now.size()));
                undo(SPRING, id);
                undone.add(id);
            } else {
                int first = random.nextInt(20);
                int last = first + 1 + random.nextInt(6);
                boolean isAddition = random.nextInt(6) == 0;
                var id = state(SPRING, first, last, isAddition);
                all.add(stated(id, first, last, isAddition));
            }
            assertThat(inForce()).as("after %d", i).isEqualTo(expected(all, undone));
        }
        assertThat(undone).isNotEmpty();
    }

    private static CostStated stated(RecordId id, int first, int last, boolean isAddition) {
        return new CostStated(
                id,
                0,
                1,
                SPRING.subject(),
                "",
                "",
                SPRING,
                first * DAY,
                last * DAY,
                "UTC",
                0,
                "USD",
                0,
                "",
                isAddition,
                null);
    }

    private static Set<RecordId> expected(List<CostStated> all, Set<RecordId> undone) {
        var inForce = new ArrayList<CostStated>();
        for (var next : all) {
            if (!undone.contains(next.recordId())) {
                inForce.removeIf(next::replaces);
                inForce.add(next);
            }
        }
        return inForce.stream().map(CostStated::recordId).collect(Collectors.toSet());
    }

    @Test
    void a_statement_that_is_sent_again_changes_nothing() {
        state(SPRING, 1, 2, false);
        records--;

        state(SPRING, 1, 2, false);

        assertThat(door.facts().stream().filter(fact -> fact.kind() == Kind.COST)).hasSize(1);
    }

    private void campaign(CostModel model, long costMicros, @Nullable String currency) {
        var plain = Samples.campaign(1, "src", "offer");
        door.set(
                new Campaign(
                        plain.key(),
                        1,
                        plain.name(),
                        plain.source(),
                        plain.offers(),
                        model,
                        costMicros,
                        currency,
                        null,
                        false,
                        false,
                        302,
                        false));
    }

    private List<Long> conversionCosts() {
        return door.facts().stream()
                .filter(fact -> fact.kind() == Kind.CONVERSION || fact.kind() == Kind.REVERSAL)
                .filter(fact -> fact.numbers().containsKey(Column.COST))
                .map(fact -> fact.numbers().get(Column.COST))
                .toList();
    }

    @Test
    void what_a_conversion_costs_was_agreed_at_the_click_and_comes_back_with_a_reversal() {
        door.set(Samples.rate("EUR", "1.1"));
        campaign(CostModel.CPA, 3_000_000, "EUR");
        var id = door.click();
        campaign(CostModel.CPA, 9_000_000, null);

        door.post(id, "txid=A1&payout=20");
        door.post(id, "txid=A1&status=refund");

        assertThat(conversionCosts()).containsExactly(3_300_000L, 3_300_000L, -3_300_000L);
    }

    @Test
    void a_share_of_the_revenue_follows_the_payout() {
        campaign(CostModel.REVSHARE, 12_500_000, null);
        var id = door.click();

        door.post(id, "txid=A1&payout=20.00001&status=pending");
        door.post(id, "txid=A1&payout=40&status=approved");

        assertThat(conversionCosts()).containsExactly(2_500_001L, 5_000_000L);
    }

    @Test
    void conversions_of_clicks_that_were_paid_for_cost_nothing_more() {
        campaign(CostModel.CPC, 50_000, null);

        door.post(door.click(), "txid=A1&payout=20");

        assertThat(conversionCosts()).isEmpty();
    }
}
