package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Outcome;
import matchback.model.Feed;
import matchback.model.Reason;
import matchback.model.Status;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MatchingTest {
    private final Door door = new Door();

    private Sums sums() {
        return Sums.of(door.facts());
    }

    @Nested
    class A_report_without_txid_and_a_server_report_with_one {

        @ParameterizedTest
        @EnumSource(
                value = Feed.class,
                names = {"S2S", "PIXEL", "COOKIE", "BROWSER"})
        void count_once_when_the_one_without_comes_first(Feed feed) {
            var click = door.click();

            var first = door.post(feed, "", "clickid=" + click);
            var then = door.post(click, "txid=A1&payout=12.50");

            assertThat(first.reason()).isEqualTo(Reason.NEW_CONVERSION);
            assertThat(then.reason()).isEqualTo(Reason.COMPLETED);
            assertThat(then.conversionId()).isEqualTo(first.conversionId());
            assertThat(sums().conversions()).isEqualTo(1);
            assertThat(sums().revenue()).isEqualTo(12_500_000);
            var again = door.post(click, "txid=A1&payout=12.50");
            assertThat(again.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION);
        }

        @ParameterizedTest
        @EnumSource(
                value = Feed.class,
                names = {"S2S", "PIXEL", "COOKIE", "BROWSER"})
        void count_once_when_the_one_with_comes_first(Feed feed) {
            var click = door.click();

            door.post(click, "txid=A1&payout=12.50");
            var then = door.post(feed, "", "clickid=" + click);

            assertThat(then.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
            assertThat(sums().conversions()).isEqualTo(1);
            assertThat(sums().revenue()).isEqualTo(12_500_000);
        }

        @Test
        void count_twice_when_more_than_a_day_lies_between() {
            var click = door.click();
            door.pixel(click, "");
            door.pass(Duration.ofHours(24).plusMillis(1));

            var then = door.post(click, "txid=A1");

            assertThat(then.reason()).isEqualTo(Reason.ADDITIONAL_CONVERSION);
        }

        @Test
        void count_once_a_day_apart_to_the_millisecond() {
            var click = door.click();
            door.pixel(click, "");
            door.pass(Duration.ofHours(24));

            var then = door.post(click, "txid=A1");

            assertThat(then.reason()).isEqualTo(Reason.COMPLETED);
        }

        @Test
        void count_once_even_when_the_adopting_report_is_stale() {
            var click = door.click();
            door.post(click, "payout=5");

            var stale = door.post(click, "txid=A1&status=lead");
            door.pass(Duration.ofDays(3));
            var late = door.post(click, "txid=A1&status=sale&payout=5");

            assertThat(stale.reason()).isEqualTo(Reason.STALE_STATUS);
            assertThat(late.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION);
            assertThat(sums().conversions()).isEqualTo(1);
        }
    }

    @Nested
    class Servers_and_browsers {

        @Test
        void a_browser_changes_nothing_a_server_has_said() {
            var click = door.click();
            door.post(click, "txid=A1&status=lead&payout=3&value=9");

            var byPixel = door.pixel(click, "status=approved&payout=99&value=99");

            assertThat(byPixel.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
            var conversion = door.state(click).conversions().getFirst();
            assertThat(conversion.status()).isEqualTo(Status.PENDING);
            assertThat(conversion.payout().plain()).isEqualTo("3.00");
            assertThat(conversion.feeds()).containsExactly(Feed.S2S, Feed.PIXEL);
        }

        @Test
        void a_browsers_payout_is_not_taken() {
            var click = door.click();

            var byPixel = door.pixel(click, "payout=99");

            assertThat(byPixel.payout()).hasToString("Money[micros=10000000, currency=USD]");
            assertThat(byPixel.warnings()).contains(Reason.PAYOUT_DEFAULTED);
        }

        @Test
        void a_servers_first_word_stands_above_a_browsers() {
            var click = door.click();
            door.pixel(click, "event_id=B1");

            var byServer = door.post(click, "status=lead&payout=4");

            assertThat(byServer.reason()).isEqualTo(Reason.COMPLETED);
            assertThat(byServer.status()).isEqualTo(Status.PENDING);
            assertThat(byServer.payout()).hasToString("Money[micros=4000000, currency=USD]");
        }

        @Test
        void a_server_that_adds_nothing_is_a_duplicate() {
            var click = door.click();
            door.pixel(click, "");

            var byServer = door.post(click, "");

            assertThat(byServer.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
        }
    }

    @Nested
    class Two_server_txids_and_two_anonymous_pixels {

        @Test
        void make_two_conversions_in_every_order() {
            var reports = List.of("txid=A1", "txid=A2", "", "");
            int orders = 0;
            for (int first = 0; first < 4; first++) {
                for (int second = 0; second < 4; second++) {
                    for (int third = 0; third < 4; third++) {
                        int last = 6 - first - second - third;
                        if (first == second || first == third || second == third) {
                            continue;
                        }
                        orders++;
                        var click = door.click();
                        for (int index : new int[] {first, second, third, last}) {
                            var query = reports.get(index);
                            var feed = query.isEmpty() ? Feed.PIXEL : Feed.S2S;
                            door.post(
                                    feed,
                                    "",
                                    "clickid=" + click + '&' + query.replace("A", "A" + orders));
                        }
                        assertThat(door.state(click).conversions()).hasSize(2);
                    }
                }
            }
            assertThat(orders).isEqualTo(24);
            assertThat(sums().conversions()).isEqualTo(48);
        }
    }

    @Nested
    class An_event_id {

        @Test
        void finds_the_conversion_before_any_txid() {
            var click = door.click();
            door.post(click, "event_id=E1&txid=A1");

            var other = door.post(click, "event_id=E1&txid=A2");

            assertThat(other.reason()).isEqualTo(Reason.DUPLICATE_EVENT_ID);
            assertThat(door.state(click).conversions()).hasSize(1);
        }

        @Test
        void carries_a_status_to_its_conversion() {
            var click = door.click();
            door.post(click, "event_id=E1&status=lead");

            var approved = door.post(click, "event_id=E1&status=sale");

            assertThat(approved.reason()).isEqualTo(Reason.STATUS_CHANGED);
        }

        @Test
        void that_is_new_is_linked_when_its_report_joins_by_txid() {
            var click = door.click();
            var first = door.post(click, "event_id=E1&txid=A1");
            door.post(click, "event_id=E2&txid=A1");

            var byLinked = door.post(click, "event_id=E2");

            assertThat(byLinked.reason()).isEqualTo(Reason.DUPLICATE_EVENT_ID);
            assertThat(byLinked.conversionId()).isEqualTo(first.conversionId());
        }

        @Test
        void lets_its_conversion_learn_a_txid() {
            var click = door.click();
            door.post(click, "event_id=E1");
            door.pass(Duration.ofDays(2));

            var named = door.post(click, "event_id=E1&txid=A1");
            var again = door.post(click, "txid=A1");

            assertThat(named.reason()).isEqualTo(Reason.COMPLETED);
            assertThat(again.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION);
        }
    }

    @Nested
    class Event_types {

        @Test
        void of_one_txid_are_conversions_of_their_own() {
            var click = door.click();

            var lead = door.post(click, "txid=A1&event=lead");
            var deposit = door.post(click, "txid=A1&event=FTD");

            assertThat(lead.event()).isEqualTo("lead");
            assertThat(deposit.reason()).isEqualTo(Reason.ADDITIONAL_CONVERSION);
            assertThat(deposit.event()).isEqualTo("deposit");
        }

        @Test
        void may_come_from_the_senders_statuses() {
            door.set(
                    Samples.mapped(
                            "net", java.util.Map.of("dep", "event:deposit", "won", "approved")));
            var click = door.click();

            var deposit = door.post(click, "txid=A1&status=Dep");
            var won = door.post(click, "txid=A1&status=WON");

            assertThat(deposit.event()).isEqualTo("deposit");
            assertThat(deposit.status()).isEqualTo(Status.APPROVED);
            assertThat(won.event()).isEqualTo("sale");
        }

        @Test
        void that_are_macros_count_as_missing() {
            var sale = door.post(door.click(), "event={event}&currency=[currency]");

            assertThat(sale.reason()).isEqualTo(Reason.NEW_CONVERSION);
            assertThat(sale.event()).isEqualTo("sale");
            assertThat(sale.warnings()).contains(Reason.UNRESOLVED_PARAMETER);
        }
    }

    @Nested
    class One_txid_on_two_clicks {

        @Test
        void counts_once_for_one_sender() {
            door.post(door.click(), "txid=A1");

            var other = door.post(door.click(), "txid=A1");

            assertThat(other.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
            assertThat(sums().conversions()).isEqualTo(1);
        }

        @Test
        void counts_for_each_of_two_senders() {
            door.set(Samples.sender("other"));
            door.set(Samples.offer("theirs", "other"));
            door.post(door.click(), "txid=A1");

            var other = door.post(door.click("theirs", "", false), "txid=A1");

            assertThat(other.reason()).isEqualTo(Reason.NEW_CONVERSION);
            assertThat(sums().conversions()).isEqualTo(2);
        }

        @Test
        void is_not_adopted_by_the_second() {
            door.post(door.click(), "txid=A1");
            var click = door.click();
            door.pixel(click, "");

            Outcome other = door.post(click, "txid=A1&payout=77");

            assertThat(other.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
            var conversion = door.state(click).conversions().getFirst();
            assertThat(conversion.txid()).isEmpty();
            assertThat(conversion.payout().plain()).isEqualTo("10.00");
        }

        @Test
        void is_taken_by_a_click_that_adopted_it() {
            var click = door.click();
            door.pixel(click, "");
            door.post(click, "txid=A1");

            var other = door.post(door.click(), "txid=A1");

            assertThat(other.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
        }

        @Test
        void is_free_while_the_first_is_held() {
            door.post(door.click(), "txid=A1&status=foo");

            var other = door.post(door.click(), "txid=A1");

            assertThat(other.reason()).isEqualTo(Reason.NEW_CONVERSION);
        }
    }

    @Test
    void a_txid_that_is_a_macro_is_left_out() {
        var click = door.click();

        var first = door.post(click, "txid={txid}");
        var then = door.post(click, "txid={txid}");

        assertThat(first.warnings()).contains(Reason.TXID_UNRESOLVED);
        assertThat(then.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
    }

    @Test
    void a_txid_of_more_than_255_characters_is_refused() {
        var click = door.click();

        var longest = door.post(click, "txid=" + "x".repeat(255));
        var longer = door.post(click, "txid=" + "x".repeat(256));

        assertThat(longest.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(longer.reason()).isEqualTo(Reason.MALFORMED_REQUEST);
        assertThat(longer.detail()).isEqualTo("txid has 256 characters; at most 255");
    }
}
