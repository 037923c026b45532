package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Outcome;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.ConversionState.Leg;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Reason;
import matchback.model.Witnesses;
import matchback.model.catalog.DuplicateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// One purchase that is reported by several ways: counted once, whichever ways they are, in
/// whatever order they come and whatever ids they name.
final class HybridTest {
    /// Every way that tells of a click. Apple's tells of none.
    private static final Set<Feed> FEEDS = EnumSet.complementOf(EnumSet.of(Feed.APPLE));

    /// What a report may name of the purchase.
    private static final List<String> IDS =
            List.of("", "&event_id=E", "&txid=T", "&txid=T&event_id=E");

    private static final Duration BETWEEN = Duration.ofMillis(1_234);

    private final Door door = new Door();
    private int purchases;

    static Stream<Arguments> pairs() {
        return FEEDS.stream().flatMap(a -> FEEDS.stream().map(b -> Arguments.of(a, b)));
    }

    /// Ids are the purchase's own.
    private Outcome report(ClickId click, Feed feed, String ids, int payout) {
        var own = ids.replace("=E", "=E" + purchases).replace("=T", "=T" + purchases);
        return door.post(feed, "", "clickid=" + click + own + "&payout=" + payout);
    }

    private ConversionState only(ClickId click) {
        var conversions = door.state(click).conversions();
        assertThat(conversions).hasSize(1);
        return conversions.getFirst();
    }

    private Fact fact(ConversionState conversion) {
        return door.facts().stream()
                .filter(fact -> fact.kind() == Kind.CONVERSION)
                .filter(fact -> conversion.id().equals(fact.texts().get(Column.CONVERSION_ID)))
                .max(Comparator.comparingLong(Fact::version))
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void two_reports_of_one_purchase_count_once(Feed first, Feed second) {
        for (var ids : IDS) {
            for (var other : IDS) {
                purchases++;
                var click = door.click();

                var counted = report(click, first, ids, 3);
                door.pass(BETWEEN);
                var joined = report(click, second, other, 4);
                report(click, first, ids, 3);

                var what = first + ids + " then " + second + other;
                assertThat(counted.reason()).as(what).isEqualTo(Reason.NEW_CONVERSION);
                assertThat(joined.conversionId()).as(what).isEqualTo(counted.conversionId());
                var conversion = only(click);
                assertThat(conversion.feeds())
                        .as(what)
                        .containsExactlyElementsOf(
                                first == second ? List.of(first) : List.of(first, second));
                assertThat(conversion.payout().plain()).as(what).isEqualTo(payout(first, second));
                assertThat(conversion.outboundEventId())
                        .as(what)
                        .isEqualTo(
                                !first.isServer() && ids.contains("event_id")
                                        ? "E" + purchases
                                        : conversion.id());
            }
        }
    }

    /// What the last server said; else what the offer pays, for a browser's word is not taken. The
    /// first report comes once more after the second.
    private static String payout(Feed first, Feed second) {
        return first.isServer() ? "3.00" : second.isServer() ? "4.00" : "10.00";
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void it_is_noted_who_was_first_and_how_much_later_the_other_came(Feed first, Feed second) {
        var click = door.click();
        long start = door.now();

        report(click, first, "", 3);
        door.pass(BETWEEN);
        report(click, second, "", 3);
        door.pass(BETWEEN);
        report(click, second, "", 3);

        var conversion = only(click);
        var legs = new ArrayList<>(List.of(new Leg(first, start)));
        if (first != second) {
            legs.add(new Leg(second, start + BETWEEN.toMillis()));
        }
        assertThat(conversion.legs()).containsExactlyElementsOf(legs);
        var fact = fact(conversion);
        assertThat(fact.texts())
                .containsEntry(Column.FEED, first.word())
                .containsEntry(
                        Column.FEEDS,
                        String.join(
                                ",",
                                Stream.of(first, second)
                                        .map(Feed::word)
                                        .distinct()
                                        .sorted()
                                        .toList()))
                .containsEntry(Column.WITNESSES, conversion.witnesses().word());
        if (first.isServer() == second.isServer()) {
            assertThat(conversion.witnesses())
                    .isEqualTo(first.isServer() ? Witnesses.SERVER : Witnesses.BROWSER);
            assertThat(fact.numbers()).doesNotContainKey(Column.FEED_GAP);
        } else {
            assertThat(conversion.witnesses()).isEqualTo(Witnesses.BOTH);
            assertThat(fact.numbers())
                    .containsEntry(
                            Column.FEED_GAP, (first.isServer() ? -1 : 1) * BETWEEN.toMillis());
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_txid_finds_a_nameless_report_within_a_day_and_no_longer(Feed first, Feed second) {
        var inTime = door.click();
        var late = door.click();
        door.post(first, "", "clickid=" + inTime);
        door.post(first, "", "clickid=" + late);

        door.pass(Duration.ofHours(24));
        door.post(second, "", "clickid=" + inTime + "&txid=A");
        door.pass(Duration.ofMillis(1));
        door.post(second, "", "clickid=" + late + "&txid=B");

        assertThat(only(inTime).txid()).isEqualTo("A");
        assertThat(door.state(late).conversions()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(DuplicateRule.class)
    void a_browser_and_a_server_count_once_whatever_the_senders_rule(DuplicateRule rule) {
        door.set(Samples.sender("net").with(null, rule));
        for (var server : List.of(Feed.S2S, Feed.MMP)) {
            for (var browser : List.of(Feed.PIXEL, Feed.BROWSER)) {
                IDS.forEach(
                        ids -> IDS.forEach(other -> onceInBothOrders(server, ids, browser, other)));
            }
        }
    }

    private void onceInBothOrders(Feed server, String ids, Feed browser, String other) {
        purchases++;
        var serverFirst = door.click();
        report(serverFirst, server, ids, 3);
        report(serverFirst, browser, other, 4);
        purchases++;
        var browserFirst = door.click();
        report(browserFirst, browser, other, 4);
        report(browserFirst, server, ids, 3);

        for (var click : List.of(serverFirst, browserFirst)) {
            assertThat(door.state(click).conversions())
                    .as("%s%s and %s%s", server, ids, browser, other)
                    .hasSize(1);
            assertThat(only(click).witnesses()).isEqualTo(Witnesses.BOTH);
            assertThat(only(click).payout().plain()).isEqualTo("3.00");
        }
    }

    @Test
    void three_ways_count_once_in_every_order() {
        var reports =
                Map.of(
                        Feed.S2S, "&txid=T",
                        Feed.PIXEL, "",
                        Feed.BROWSER, "&event_id=E");
        for (var order : orders(List.copyOf(reports.keySet()))) {
            purchases++;
            var click = door.click();

            order.forEach(feed -> report(click, feed, reports.getOrDefault(feed, ""), 3));

            assertThat(only(click).feeds()).containsExactlyElementsOf(order);
            assertThat(only(click).payout().plain()).isEqualTo("3.00");
            assertThat(only(click).browserEventId()).isEqualTo("E" + purchases);
        }
    }

    @Test
    void two_purchases_that_both_sides_name_are_two_in_every_order() {
        record Said(Feed feed, String txid) {}
        var reports =
                List.of(
                        new Said(Feed.S2S, "one"),
                        new Said(Feed.S2S, "two"),
                        new Said(Feed.BROWSER, "one"),
                        new Said(Feed.BROWSER, "two"));
        for (var order : orders(reports)) {
            purchases++;
            var click = door.click();

            for (var said : order) {
                report(click, said.feed(), "&txid=T-" + said.txid(), 3);
            }

            assertThat(door.state(click).conversions())
                    .hasSize(2)
                    .allMatch(conversion -> conversion.witnesses() == Witnesses.BOTH);
        }
    }

    @Test
    void a_page_that_is_loaded_again_makes_a_new_event_id_and_no_new_purchase() {
        var click = door.click();

        door.post(Feed.BROWSER, "", "clickid=" + click + "&event_id=made-1");
        var again = door.post(Feed.BROWSER, "", "clickid=" + click + "&event_id=made-2");
        door.post(Feed.S2S, "", "clickid=" + click + "&txid=A");

        assertThat(again.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
        assertThat(only(click).browserEventId()).isEqualTo("made-1");
    }

    @Test
    void a_nameless_report_beside_two_purchases_joins_none_and_leaves_no_leg() {
        var click = door.click();
        door.post(Feed.S2S, "", "clickid=" + click + "&txid=A");
        door.post(Feed.S2S, "", "clickid=" + click + "&txid=B");

        var nameless = door.post(Feed.PIXEL, "", "clickid=" + click);

        assertThat(nameless.reason()).isEqualTo(Reason.AMBIGUOUS_CONVERSION);
        assertThat(door.state(click).conversions())
                .hasSize(2)
                .allMatch(conversion -> conversion.witnesses() == Witnesses.SERVER);
    }

    /// All orders of some things.
    private static <T> List<List<T>> orders(List<T> things) {
        if (things.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<T>>();
        for (var first : things) {
            var rest = new ArrayList<>(things);
            rest.remove(first);
            for (var order : orders(rest)) {
                var one = new ArrayList<T>();
                one.add(first);
                one.addAll(order);
                all.add(one);
            }
        }
        return all;
    }
}
