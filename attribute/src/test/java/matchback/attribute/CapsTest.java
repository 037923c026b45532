package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.LooseHost;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Correction;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Outcome;
import matchback.ledger.Verdict;
import matchback.model.CapDay;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.model.catalog.ConversionCap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// So many conversions a day, and not one more.
final class CapsTest {
    private static final ZoneId KYIV = ZoneId.of("Europe/Kyiv");

    private final Door door = new Door();

    private static void cap(Door door, int perDay, @Nullable String eventType) {
        door.set(
                Samples.offer("offer", "net").with(new ConversionCap(perDay, eventType), Map.of()));
    }

    private Reason report(String query) {
        return door.post(door.click(), query).reason();
    }

    private int places(String day) {
        var subject = new Subject("cap:offer:" + day);
        return door.state(subject).places().taken();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void in_whatever_order_and_however_often_reports_come_as_many_count_as_there_are_places(
            long seed) {
        var door = new Door();
        cap(door, 10, null);
        var clicks = new ArrayList<ClickId>();
        for (int i = 0; i < 15; i++) {
            clicks.add(door.click());
        }
        var reports = new ArrayList<String>();
        for (int i = 0; i < clicks.size(); i++) {
            for (var more : List.of("", "&txid=A" + i, "&txid=B" + i, "&status=pending")) {
                reports.add("clickid=" + clicks.get(i) + more);
                reports.add("clickid=" + clicks.get(i) + more);
            }
        }
        Collections.shuffle(reports, Random.from(new SplittableRandom(seed)));

        reports.forEach(report -> door.post(Feed.S2S, "", report));
        door.postbacks().forEach(door::submit);

        assertThat(Sums.of(door.facts()).conversions()).isEqualTo(10);
        assertThat(door.state(new Subject("cap:offer:2026-03-01")).places().taken()).isEqualTo(10);
        HistoryTest.checkRebuild(door);
    }

    @Test
    void over_the_cap_is_refused_and_says_which_day_is_full() {
        cap(door, 1, null);
        var first = report("payout=5");

        var second = door.post(door.click(), "payout=5");

        assertThat(first).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(second.reason()).isEqualTo(Reason.OVER_CAP);
        assertThat(second.reason().httpStatus()).isEqualTo(200);
        assertThat(second.detail())
                .isEqualTo("offer 'offer' has all the conversions it may have on 2026-03-01");
        assertThat(Sums.of(door.facts()).decisions())
                .isEqualTo(Map.of("counted", 1L, "refused", 1L));
    }

    @Test
    void the_next_day_has_places_again_and_a_raised_cap_too() {
        cap(door, 1, null);
        report("");
        var full = report("");
        cap(door, 2, null);
        var raised = report("");
        door.pass(Duration.ofDays(1));
        var tomorrow = report("");

        assertThat(full).isEqualTo(Reason.OVER_CAP);
        assertThat(raised).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(tomorrow).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(places("2026-03-01")).isEqualTo(2);
        assertThat(places("2026-03-02")).isEqualTo(1);
    }

    @Test
    void the_day_is_that_of_the_installations_zone_and_a_rebuild_under_another_changes_nothing() {
        var door = new Door(1, new Rules(RulesConfig.DEFAULT.withDaysOf(KYIV)));
        cap(door, 1, null);
        door.at(Instant.parse("2026-03-01T21:59:59.999Z").toEpochMilli());
        var before = door.post(door.click(), "txid=A1").reason();
        var full = door.post(door.click(), "txid=A2").reason();
        door.at(Instant.parse("2026-03-01T22:00:00Z").toEpochMilli());
        var after = door.post(door.click(), "txid=A3").reason();

        assertThat(before).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(full).isEqualTo(Reason.OVER_CAP);
        assertThat(after).isEqualTo(Reason.NEW_CONVERSION);
        HistoryTest.checkRebuild(door, RulesConfig.DEFAULT);
    }

    @Test
    void only_the_caps_event_type_takes_places() {
        cap(door, 1, "deposit");

        var reasons =
                List.of(
                        report("event=deposit"),
                        report("event=deposit"),
                        report("event=registration"),
                        report(""));

        assertThat(reasons)
                .containsExactly(
                        Reason.NEW_CONVERSION,
                        Reason.OVER_CAP,
                        Reason.NEW_CONVERSION,
                        Reason.NEW_CONVERSION);
        assertThat(door.state(new Subject("cap:offer:2026-03-01:deposit")).places().taken())
                .isEqualTo(1);
    }

    @Test
    void a_place_stays_taken_whatever_becomes_of_its_conversion() {
        cap(door, 1, null);
        var click = door.click();
        door.post(click, "txid=A1&status=pending");
        door.post(click, "txid=A1&status=rejected");

        var other = report("txid=A2");
        var again = door.post(click, "txid=A1&status=approved").reason();

        assertThat(other).isEqualTo(Reason.OVER_CAP);
        assertThat(again).isEqualTo(Reason.STATUS_CHANGED);
    }

    @Test
    void what_comes_rejected_takes_a_place_when_it_is_approved() {
        cap(door, 1, null);
        var one = door.click();
        var two = door.click();
        door.post(one, "txid=A1&status=rejected");
        door.post(two, "txid=A2&status=rejected");
        var free = places("2026-03-01");

        var first = door.post(one, "txid=A1&status=approved").reason();
        var second = door.post(two, "txid=A2&status=approved").reason();

        assertThat(free).isZero();
        assertThat(first).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(second).isEqualTo(Reason.OVER_CAP);
        assertThat(Sums.of(door.facts()).conversions()).isEqualTo(1);
    }

    @Test
    void updates_and_duplicates_need_no_place() {
        cap(door, 1, null);
        var click = door.click();
        door.post(click, "txid=A1&payout=5");

        var changed = door.post(click, "txid=A1&payout=7").reason();
        var same = door.post(click, "txid=A1&payout=7").reason();

        assertThat(changed).isEqualTo(Reason.PAYOUT_CHANGED);
        assertThat(same).isEqualTo(Reason.DUPLICATE_TRANSACTION);
        assertThat(places("2026-03-01")).isEqualTo(1);
    }

    @Test
    void a_txid_of_another_click_takes_no_place() {
        cap(door, 2, null);
        report("txid=A1");

        var duplicate = report("txid=A1");

        assertThat(duplicate).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
        assertThat(places("2026-03-01")).isEqualTo(1);
    }

    @Test
    void what_was_over_the_cap_may_be_reported_again_when_there_are_places() {
        cap(door, 1, null);
        report("txid=A1");
        var click = door.click();
        door.post(click, "txid=A2");
        door.pass(Duration.ofDays(1));

        var again = door.post(click, "txid=A2");

        assertThat(again.reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void a_person_who_approves_is_bound_by_the_cap_of_the_reports_day() {
        cap(door, 1, null);
        door.post(door.click("offer", "curl", false), "txid=A1");
        var held = door.postbacks().getLast();
        report("txid=A2");
        door.pass(Duration.ofDays(1));

        var outcome = door.review(held, Verdict.APPROVE, Correction.NONE);

        assertThat(outcome.reason()).isEqualTo(Reason.OVER_CAP);
    }

    @Test
    void while_both_questions_are_open_the_postback_is_pending_and_then_it_counts_once() {
        cap(door, 1, null);
        var host = new LooseHost(new Rules(RulesConfig.DEFAULT), door.ledger::catalog);
        var one = postback(host, "txid=A1");
        var two = postback(host, "txid=A2");
        host.fold(one);
        host.fold(two);
        var pending = List.of(reason(host, one), reason(host, two));
        host.fold(one);
        // The answers to the questions for the txids, then again, as a host may bring them.
        var checks = List.copyOf(host.waiting());
        host.settle();
        checks.forEach(host::fold);
        host.settle();

        assertThat(pending).containsOnly(Reason.CHECK_PENDING);
        assertThat(List.of(reason(host, one), reason(host, two)))
                .containsExactlyInAnyOrder(Reason.NEW_CONVERSION, Reason.OVER_CAP);
        for (var postback : List.of(one, two)) {
            var state = host.state(postback.subject());
            assertThat(state.pending(postback.recordId())).isEmpty();
            assertThat(state.answers(postback.recordId())).isEmpty();
        }
    }

    private PostbackReceived postback(LooseHost host, String query) {
        var id = door.id(false);
        host.fold(door.click(id, "offer", "", false));
        return door.postback(Feed.S2S, "", Params.ofQuery("clickid=" + id + '&' + query), null);
    }

    private static Reason reason(LooseHost host, PostbackReceived postback) {
        return host.state(postback.subject())
                .report(postback.recordId())
                .orElseThrow()
                .outcome()
                .reason();
    }

    @Test
    void the_places_of_a_day_are_no_more_than_the_cap() {
        cap(door, 3, null);

        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < 50; i++) {
            outcomes.add(door.post(door.click(), "txid=A" + i));
        }

        assertThat(outcomes.stream().filter(o -> o.reason() == Reason.OVER_CAP)).hasSize(47);
        assertThat(places("2026-03-01")).isEqualTo(3);
    }

    @Test
    void a_day_is_read_back_from_its_subject() {
        for (var text : List.of("cap:my-offer:2026-03-01", "cap:my_offer:2026-12-31:deposit")) {
            var subject = new Subject(text);

            assertThat(CapDay.of(subject).orElseThrow().subject()).isEqualTo(subject);
        }
        assertThat(CapDay.of(new Subject("tx:net:cap:1"))).isEmpty();
    }
}
