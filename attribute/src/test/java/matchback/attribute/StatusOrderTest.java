package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Sums;
import org.junit.jupiter.api.Test;

/// Reports of one txid in every order, each of them twice.
final class StatusOrderTest {
    private static final Map<String, String> STATE_OF =
            Map.of(
                    "lead",
                    "pending",
                    "sale",
                    "approved",
                    "rejected",
                    "rejected",
                    "refund",
                    "reversed");

    /// The table of DESIGN: from each state, the states it may become.
    private static final Map<String, Set<String>> TRANSITIONS =
            Map.of(
                    "pending", Set.of("approved", "rejected"),
                    "approved", Set.of("rejected", "reversed"),
                    "rejected", Set.of("approved"),
                    "reversed", Set.of());

    @Test
    void every_order_of_lead_sale_and_rejected_doubled_ends_as_the_table_says() {
        var orders = orders(List.of("lead", "sale", "rejected"));

        assertThat(orders).hasSize(90);
        orders.forEach(StatusOrderTest::check);
    }

    @Test
    void with_a_refund_among_them_too() {
        var orders = orders(List.of("lead", "sale", "rejected", "refund"));

        assertThat(orders).hasSize(2520);
        orders.forEach(StatusOrderTest::check);
    }

    private static void check(List<String> order) {
        var door = new Door();
        var click = door.click();
        var expected = "";
        int changes = 0;
        for (var word : order) {
            var next = STATE_OF.getOrDefault(word, "");
            boolean changed =
                    expected.isEmpty()
                            || TRANSITIONS.getOrDefault(expected, Set.of()).contains(next);

            var outcome = door.post(click, "txid=A1&payout=12.50&status=" + word);

            changes += changed ? 1 : 0;
            expected = changed ? next : expected;
            var decision = outcome.reason().decision().word();
            assertThat(decision)
                    .as("%s at %s", order, word)
                    .isEqualTo(changed ? changes == 1 ? "counted" : "updated" : "duplicate");
        }
        var conversions = door.state(click).conversions();
        assertThat(conversions).hasSize(1);
        assertThat(conversions.getFirst().status().word()).as("%s", order).isEqualTo(expected);
        assertThat(conversions.getFirst().changes()).hasSize(changes);
        checkSums(Sums.of(door.facts()), expected, order);
    }

    private static void checkSums(Sums sums, String expected, List<String> order) {
        assertThat(sums.conversions())
                .as("%s", order)
                .isEqualTo(expected.equals("rejected") ? 0 : 1);
        assertThat(sums.revenue())
                .as("%s", order)
                .isEqualTo(Set.of("pending", "approved").contains(expected) ? 12_500_000 : 0);
        assertThat(sums.decisions().values().stream().mapToLong(n -> n).sum())
                .isEqualTo(order.size());
    }

    /// All distinct orders of the words, each of them twice.
    private static List<List<String>> orders(List<String> words) {
        var orders = new ArrayList<List<String>>();
        extend(words, new int[words.size()], new ArrayList<>(), orders);
        return orders;
    }

    private static void extend(
            List<String> words, int[] used, List<String> order, List<List<String>> orders) {
        if (order.size() == words.size() * 2) {
            orders.add(List.copyOf(order));
            return;
        }
        for (int i = 0; i < words.size(); i++) {
            if (used[i] < 2) {
                used[i]++;
                order.add(words.get(i));
                extend(words, used, order, orders);
                order.removeLast();
                used[i]--;
            }
        }
    }
}
