package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.state.ConversionState;
import matchback.model.Feed;
import matchback.model.Reason;
import matchback.model.catalog.DuplicateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DuplicateRulesTest {
    private final Door door = new Door();

    private static Door door(DuplicateRule rule) {
        var door = new Door();
        door.set(Samples.sender("net").with(null, rule));
        return door;
    }

    /// All orders of the reports.
    private static List<List<String>> orders(List<String> reports) {
        if (reports.isEmpty()) {
            return List.of(List.of());
        }
        var orders = new ArrayList<List<String>>();
        for (int i = 0; i < reports.size(); i++) {
            var rest = new ArrayList<>(reports);
            var first = rest.remove(i);
            for (var order : orders(rest)) {
                var whole = new ArrayList<String>();
                whole.add(first);
                whole.addAll(order);
                orders.add(whole);
            }
        }
        return orders;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    TRANSACTION    | txid=A&payout=5 txid=A&payout=5 txid=B&payout=7 payout=3                      | 3 | 15
                    TRANSACTION    | txid=A&payout=5&event_id=e txid=B&payout=7&event_id=e txid=A&payout=5         | 2 | 12
                    TRANSACTION    | txid=A&payout=5 txid=A&payout=5&event=lead txid=A&payout=5                    | 2 | 10
                    EVENT_ID       | event_id=e&payout=5 event_id=e&payout=5 event_id=f&payout=7 payout=3          | 3 | 15
                    EVENT_ID       | event_id=e&txid=A&payout=5 event_id=f&txid=A&payout=7 event_id=e&payout=5     | 2 | 12
                    EVENT_ID       | txid=A&payout=5 txid=B&payout=5 payout=5                                      | 1 | 5
                    CLICK_AND_TYPE | txid=A&payout=5 txid=B&payout=5 payout=5 event_id=e&payout=5                  | 1 | 5
                    CLICK_AND_TYPE | txid=A&payout=5 txid=B&payout=5&event=lead payout=5&event=deposit             | 3 | 15
                    KEEP_FIRST     | txid=A&payout=5 txid=B&payout=5 payout=5 event_id=e&payout=5                  | 1 | 5
                    ADD_UP         | txid=A&payout=5 txid=B&payout=7 txid=A&payout=5 payout=3                      | 1 | 12
                    ADD_UP         | event_id=e&payout=5 event_id=f&payout=7 event_id=f&payout=7 payout=3          | 1 | 12
                    ADD_UP         | txid=A&payout=5&status=pending txid=B&payout=7 txid=C&payout=1&status=pending | 1 | 13
                    EACH_REPORT    | txid=A&payout=5 txid=A&payout=5 event_id=e&payout=7 payout=3                  | 3 | 15
                    EACH_REPORT    | payout=3 payout=3 payout=3                                                    | 3 | 9
                    STANDARD       | txid=A&payout=5 txid=A&payout=5 txid=B&payout=7                               | 2 | 12
                    STANDARD       | txid=A&payout=5 payout=5 txid=A&payout=5                                      | 1 | 5
                    """)
    void counts_the_same_in_every_order(
            DuplicateRule rule, String reports, int conversions, long revenue) {
        for (var order : orders(List.of(reports.split(" ")))) {
            var door = door(rule);
            var click = door.click();

            order.forEach(report -> door.post(click, report));

            var sums = Sums.of(door.facts());
            assertThat(sums.conversions()).as("%s", order).isEqualTo(conversions);
            assertThat(sums.revenue()).as("%s", order).isEqualTo(revenue * 1_000_000);
            assertThat(door.state(click).conversions()).hasSize(conversions);
            assertThat(sums.decisions()).as("%s", order).doesNotContainKey("held");
        }
    }

    @ParameterizedTest
    @EnumSource(DuplicateRule.class)
    void whatever_the_rule_a_record_that_comes_again_counts_once(DuplicateRule rule) {
        var door = door(rule);
        var click = door.click();
        door.post(click, "payout=3");

        door.submit(door.postbacks().getFirst());

        assertThat(Sums.of(door.facts()).conversions()).isEqualTo(1);
        assertThat(door.state(click).reports()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(DuplicateRule.class)
    void whatever_the_rule_a_txid_belongs_to_one_click(DuplicateRule rule) {
        var door = door(rule);
        door.post(door.click(), "txid=A&event_id=e1&payout=3");

        var other = door.post(door.click(), "txid=A&event_id=e2&payout=3");

        assertThat(other.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
    }

    @ParameterizedTest
    @EnumSource(DuplicateRule.class)
    void whatever_the_rule_a_pixel_and_a_server_report_are_one_conversion(DuplicateRule rule) {
        for (boolean isPixelFirst : new boolean[] {true, false}) {
            for (var query : List.of("txid=A&payout=5", "event_id=e&payout=5", "payout=5")) {
                var door = door(rule);
                var click = door.click();
                if (isPixelFirst) {
                    door.pixel(click, "");
                }
                door.post(click, query);
                if (!isPixelFirst) {
                    door.pixel(click, "");
                }

                var sums = Sums.of(door.facts());
                assertThat(sums.conversions()).as("%s %s", query, isPixelFirst).isEqualTo(1);
                assertThat(sums.revenue()).as("%s %s", query, isPixelFirst).isEqualTo(5_000_000);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DuplicateRule.class)
    void whatever_the_rule_a_status_changes_the_conversion_its_ids_name(DuplicateRule rule) {
        var door = door(rule);
        var click = door.click();

        door.post(click, "txid=A&event_id=e&payout=5&status=pending");
        door.post(click, "txid=A&event_id=e&payout=5&status=approved");
        var rejected = door.post(click, "txid=A&event_id=e&payout=5&status=rejected");

        assertThat(rejected.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(Sums.of(door.facts()).conversions()).isZero();
        assertThat(door.state(click).conversions()).hasSize(1);
    }

    @Test
    void by_click_and_type_a_later_report_updates() {
        door.set(Samples.sender("net").with(null, DuplicateRule.CLICK_AND_TYPE));
        var click = door.click();
        door.post(click, "txid=A&payout=5&status=pending");

        var payout = door.post(click, "txid=B&payout=7&status=approved");
        var again = door.post(click, "txid=C&payout=7&status=approved");

        assertThat(payout.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(again.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
        var conversion = door.state(click).conversions().getFirst();
        assertThat(conversion.txid()).isEqualTo("A");
        assertThat(conversion.payout().plain()).isEqualTo("7.00");
    }

    @Test
    void keeping_the_first_takes_a_later_status_and_no_later_amount() {
        door.set(Samples.sender("net").with(null, DuplicateRule.KEEP_FIRST));
        var click = door.click();
        door.post(click, "txid=A&payout=5&status=pending");

        var approved = door.post(click, "txid=A&payout=7&value=70&status=approved");

        assertThat(approved.reason()).isEqualTo(Reason.STATUS_CHANGED);
        var conversion = door.state(click).conversions().getFirst();
        assertThat(conversion.payout().plain()).isEqualTo("5.00");
        assertThat(conversion.value()).isNull();
    }

    @Test
    void what_adds_up_is_taken_back_whole() {
        door.set(Samples.sender("net").with(null, DuplicateRule.ADD_UP));
        var click = door.click();
        door.post(click, "txid=A&payout=5&value=50");
        var added = door.post(click, "txid=B&payout=7&value=70");

        door.post(click, "txid=B&status=chargeback");

        assertThat(added.reason()).isEqualTo(Reason.PAYOUT_CHANGED);
        assertThat(door.state(click).conversions())
                .singleElement()
                .extracting(ConversionState::payout)
                .hasToString("Money[micros=12000000, currency=USD]");
        assertThat(Sums.of(door.facts()).revenue()).isZero();
    }

    @Test
    void what_adds_up_is_turned_into_the_currency_of_the_first() {
        door.set(Samples.sender("net").with(null, DuplicateRule.ADD_UP));
        door.set(Samples.rate("EUR", "1.1"));
        var click = door.click();
        door.post(click, "txid=A&payout=5");

        door.post(click, "txid=B&payout=10&currency=EUR");

        assertThat(door.state(click).conversions().getFirst().payout().plain()).isEqualTo("16.00");
        assertThat(Sums.of(door.facts()).revenue()).isEqualTo(16_000_000);
    }

    @Test
    void amounts_that_cannot_be_added_wait_for_a_person() {
        door.set(Samples.sender("net").with(null, DuplicateRule.ADD_UP));
        door.set(Samples.rate("EUR", "1.1"));
        var click = door.click();
        door.post(click, "txid=A&payout=5&currency=EUR");

        var outcome = door.post(click, "txid=B&payout=10");

        assertThat(outcome.reason()).isEqualTo(Reason.NO_RATE);
    }

    @Test
    void a_part_whose_txid_is_another_clicks_adds_nothing() {
        door.set(Samples.sender("net").with(null, DuplicateRule.ADD_UP));
        door.post(door.click(), "txid=B&payout=1");
        var click = door.click();
        door.post(click, "txid=A&payout=5");

        var outcome = door.post(click, "txid=B&payout=7");

        assertThat(outcome.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
        assertThat(door.state(click).conversions().getFirst().payout().plain()).isEqualTo("5.00");
    }

    @Test
    void a_rejection_without_ids_finds_the_only_conversion_where_each_report_counts() {
        door.set(Samples.sender("net").with(null, DuplicateRule.EACH_REPORT));
        var click = door.click();
        door.post(click, "payout=5");

        var rejected = door.post(click, "status=rejected");
        door.post(click, "payout=5");
        var unclear = door.post(click, "status=rejected");

        assertThat(rejected.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(unclear.reason()).isEqualTo(Reason.AMBIGUOUS_CONVERSION);
    }

    @Test
    void the_rule_is_that_of_the_sender_who_reports() {
        door.set(Samples.sender("net").with(null, DuplicateRule.EACH_REPORT));
        door.set(Samples.sender("other"));
        door.set(Samples.offer("free", null));
        var click = door.click("free", "", false);

        for (var sender : List.of("other", "other", "net", "net")) {
            door.post(Feed.S2S, sender, "clickid=" + click + "&payout=5");
        }

        var senders = new TreeSet<String>();
        door.state(click).conversions().forEach(conversion -> senders.add(conversion.sender()));
        assertThat(door.state(click).conversions()).hasSize(3);
        assertThat(senders).containsExactly("net", "other");
    }
}
