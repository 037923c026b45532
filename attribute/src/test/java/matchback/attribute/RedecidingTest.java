package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Mortal;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Catalogs;
import matchback.ledger.Correction;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Outcome;
import matchback.ledger.Rebuild;
import matchback.ledger.Table;
import matchback.ledger.Verdict;
import matchback.ledger.replay.Replay;
import matchback.ledger.replay.ReplayPreview;
import matchback.ledger.replay.ReplayProgress;
import matchback.ledger.replay.ReplayRequest;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.ConversionCap;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender.Security;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;
import org.junit.jupiter.api.Test;

/// What was decided by wrong rules is decided again by right ones.
final class RedecidingTest {
    private final Rules rules = new Rules(RulesConfig.DEFAULT);
    private final Door door = new Door(1, rules);
    private final Replay replay = door.replay(rules);

    private ReplayRequest all(boolean deliver) {
        return new ReplayRequest(
                0, Long.MAX_VALUE, Set.of(), Set.of(), deliver, "tester", "the mapping was wrong");
    }

    private ReplayPreview preview() {
        return replay.preview(replay.newId(), all(false), new ReplayProgress());
    }

    private ReplayPreview run(boolean deliver) {
        var preview = replay.preview(replay.newId(), all(deliver), new ReplayProgress());
        var result = replay.apply(preview, new ReplayProgress());
        assertThat(result.left()).isEmpty();
        assertThat(result.subjects()).isEqualTo(preview.summary().changedSubjects());
        return preview;
    }

    private PostbackReceived last() {
        return door.postbacks().getLast();
    }

    private Outcome of(PostbackReceived postback) {
        return of(postback, postback.subject());
    }

    private Outcome of(PostbackReceived postback, Subject subject) {
        return door.state(subject).report(postback.recordId()).orElseThrow().outcome();
    }

    private Sums sums() {
        return Sums.of(door.facts());
    }

    private void statuses(Map<String, String> statuses) {
        door.set(Samples.mapped("net", statuses));
    }

    private ConversionState only(ClickId click) {
        assertThat(door.state(click).conversions()).hasSize(1);
        return door.state(click).conversions().getFirst();
    }

    private DeliveryState delivery(ClickId click) {
        assertThat(door.state(click).deliveries()).hasSize(1);
        return door.state(click).deliveries().getFirst();
    }

    private void delivered(ClickId click) {
        var delivery = delivery(click);
        door.submit(
                new DeliveryAttempted(
                        door.nextRecord(),
                        door.now(),
                        door.ledger.catalog().version(),
                        Subject.click(click),
                        delivery.number(),
                        delivery.attemptsMade() + 1,
                        AttemptResult.DELIVERED,
                        "https://source.example/",
                        200,
                        "ok",
                        5,
                        0));
    }

    private List<String> outbox() {
        try (var snapshot = door.ledger.snapshot()) {
            var due = new ArrayList<String>();
            for (var destination : snapshot.outboxDestinations()) {
                snapshot.outbox(destination, entry -> due.add(entry.subject().text()));
            }
            return due;
        }
    }

    /// Folds the ledger again and compares all that comes out.
    private void requireSameAfterRebuild() {
        var again = door.tables.copy();
        for (var table : List.of(Table.STATE, Table.FACTS, Table.OUTBOX)) {
            again.clear(table);
        }
        Rebuild.run(again, rules, new Catalogs(again, "USD"), again::apply, _ -> {});
        for (var table : List.of(Table.STATE, Table.FACTS, Table.OUTBOX)) {
            assertThat(Rebuild.digest(again, table))
                    .as("%s", table)
                    .isEqualTo(Rebuild.digest(door.tables, table));
        }
    }

    @Test
    void a_preview_says_what_would_change_and_writes_nothing() {
        statuses(Map.of("1", "rejected"));
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=1&payout=5");
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=7&payout=5");
        var before = tables();

        statuses(Map.of("1", "approved"));
        var summary = preview().summary();

        assertThat(summary.records()).isEqualTo(2);
        assertThat(summary.changedSubjects()).isEqualTo(1);
        assertThat(summary.changedRecords()).isEqualTo(1);
        assertThat(summary.revenueBefore()).isZero();
        assertThat(summary.revenueAfter()).isEqualTo(5_000_000);
        assertThat(summary.deliveriesWanted()).isEqualTo(1);
        assertThat(tables()).isEqualTo(before);
    }

    private String tables() {
        var all = new StringBuilder();
        for (var table : List.of(Table.LEDGER, Table.STATE, Table.FACTS, Table.OUTBOX)) {
            all.append(Rebuild.digest(door.tables, table));
        }
        return all.toString();
    }

    @Test
    void a_wrong_status_mapping_is_repaired() {
        statuses(Map.of("1", "rejected"));
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=1&payout=5&txid=A1");
        assertThat(sums().revenue()).isZero();
        var id = only(click).id();

        statuses(Map.of("1", "approved"));
        door.pass(Duration.ofHours(1));
        var preview = run(false);

        assertThat(only(click).status()).isEqualTo(Status.APPROVED);
        assertThat(only(click).id()).isEqualTo(id);
        assertThat(of(last()).reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(sums().revenue()).isEqualTo(5_000_000);
        assertThat(door.state(click).deliveries()).isEmpty();
        assertThat(of(last()).deliveries()).isZero();
        assertThat(of(last()).steps())
                .extracting(Step::kind)
                .startsWith(StepKind.DECIDED_AGAIN)
                .contains(StepKind.PROOF_KEPT)
                .endsWith(StepKind.DELIVERY_KEPT_BACK);
        var replay = door.state(click).replay().orElseThrow();
        assertThat(replay.replay()).isEqualTo(preview.id());
        assertThat(replay.note()).isEqualTo("the mapping was wrong");
        requireSameAfterRebuild();
    }

    @Test
    void parts_that_were_added_up_by_mistake_become_conversions_of_their_own() {
        door.set(Samples.sender("net").with(null, DuplicateRule.ADD_UP));
        var click = door.click();
        door.post(click, "txid=A1&payout=5");
        door.post(click, "txid=B2&payout=7");
        assertThat(only(click).payout().micros()).isEqualTo(12_000_000);

        door.set(Samples.sender("net").with(null, DuplicateRule.TRANSACTION));
        door.pass(Duration.ofHours(1));
        run(false);

        assertThat(door.state(click).conversions())
                .extracting(ConversionState::txid)
                .containsExactly("A1", "B2");
        assertThat(sums().conversions()).isEqualTo(2);
        assertThat(sums().revenue()).isEqualTo(12_000_000);
        requireSameAfterRebuild();
    }

    @Test
    void a_part_that_is_none_any_more_leaves_its_txid_to_others() {
        door.set(Samples.sender("net").with(null, DuplicateRule.ADD_UP));
        var click = door.click();
        door.post(click, "txid=A1&payout=5");
        door.post(click, "txid=B2&payout=7");
        door.set(Samples.sender("net").with(null, DuplicateRule.CLICK_AND_TYPE));
        door.pass(Duration.ofHours(1));
        run(false);

        var other = door.click();
        var outcome = door.post(other, "txid=B2&payout=7");

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        requireSameAfterRebuild();
    }

    @Test
    void what_was_held_counts_and_remembers_its_first_decision() {
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=moon&payout=5");
        assertThat(of(last()).reason()).isEqualTo(Reason.UNKNOWN_STATUS);

        statuses(Map.of("moon", "approved"));
        var preview = run(true);

        var report = door.state(click).report(last().recordId()).orElseThrow();
        assertThat(report.outcome().reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(report.first()).isEqualTo(Reason.UNKNOWN_STATUS);
        assertThat(report.outcome().deliveries()).isEqualTo(1);
        assertThat(door.state(click).held(last().recordId())).isEmpty();
        assertThat(preview.changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.before().reason()).isEqualTo(Reason.UNKNOWN_STATUS);
                    assertThat(change.after()).isEqualTo(report.outcome());
                });
        assertThat(outbox()).containsExactly(click.text());
        requireSameAfterRebuild();
    }

    @Test
    void a_second_run_changes_nothing() {
        statuses(Map.of("1", "rejected"));
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=1&payout=5&txid=A1");
        statuses(Map.of("1", "approved"));
        run(true);
        var before = tables();

        var again = run(true);

        assertThat(again.summary().changedSubjects()).isZero();
        assertThat(tables()).isEqualTo(before);
    }

    @Test
    void a_txid_goes_to_the_click_that_named_it_first() {
        door.set(Samples.mapped("net", Map.of("txid", "order"), Map.of()));
        var one = door.click();
        var two = door.click();
        door.post(Feed.S2S, "net", "clickid=" + one + "&order=X&tx=A1&payout=3");
        door.pass(Duration.ofMinutes(1));
        door.post(Feed.S2S, "net", "clickid=" + two + "&order=A1&tx=Y&payout=4");
        door.pass(Duration.ofMinutes(1));
        door.post(Feed.S2S, "net", "clickid=" + one + "&order=A1&tx=A2&payout=5");
        assertThat(of(last()).reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);

        door.set(Samples.mapped("net", Map.of("txid", "tx"), Map.of()));
        run(false);

        assertThat(only(two).txid()).isEqualTo("Y");
        assertThat(door.state(one).conversions())
                .extracting(ConversionState::txid)
                .containsExactly("A1", "A2");
        assertThat(owner("A1")).isEqualTo(Subject.click(one));
        assertThat(owner("Y")).isEqualTo(Subject.click(two));
        assertThat(door.state(Subject.transaction("net", "X")).owner()).isEmpty();
        assertThat(sums().revenue()).isEqualTo(12_000_000);
        requireSameAfterRebuild();
    }

    @Test
    void a_txid_that_a_person_named_stays_the_clicks() {
        statuses(Map.of("1", "rejected"));
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=1&payout=5&txid=A1");
        door.pass(Duration.ofMinutes(1));
        door.edit(click, last().recordId(), new Correction(null, "", null, "", "E9"));
        assertThat(owner("E9")).isEqualTo(Subject.click(click));

        statuses(Map.of("1", "approved"));
        run(false);

        assertThat(only(click).txid()).isEqualTo("E9");
        assertThat(owner("E9")).isEqualTo(Subject.click(click));
        assertThat(owner("A1")).isEqualTo(Subject.click(click));
        requireSameAfterRebuild();
    }

    @Test
    void a_place_of_a_cap_goes_to_the_conversion_that_came_first() {
        door.set(Samples.offer("offer", "net").with(new ConversionCap(1, null), Map.of()));
        statuses(Map.of("1", "ignore"));
        var first = door.click();
        var second = door.click();
        door.post(Feed.S2S, "net", "clickid=" + first + "&status=1&payout=5&txid=A1");
        var one = last();
        door.pass(Duration.ofMinutes(1));
        door.post(Feed.S2S, "net", "clickid=" + second + "&payout=6&txid=A2");
        assertThat(of(last()).reason()).isEqualTo(Reason.NEW_CONVERSION);

        statuses(Map.of("1", "approved"));
        run(false);
        door.pass(Duration.ofMinutes(1));
        door.post(Feed.S2S, "net", "clickid=" + door.click() + "&payout=7&txid=A3");

        assertThat(of(one).reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(door.state(second).reports().getFirst().outcome().reason())
                .isEqualTo(Reason.OVER_CAP);
        assertThat(of(last()).reason()).isEqualTo(Reason.OVER_CAP);
        assertThat(sums().revenue()).isEqualTo(5_000_000);
        requireSameAfterRebuild();
    }

    private Subject owner(String txid) {
        return door.state(Subject.transaction("net", txid)).owner().orElseThrow();
    }

    @Test
    void of_two_clicks_that_both_want_a_txid_now_the_first_gets_it() {
        door.set(Samples.mapped("net", Map.of("txid", "order"), Map.of()));
        var one = door.click();
        var two = door.click();
        door.post(Feed.S2S, "net", "clickid=" + one + "&order=X&tx=A1&payout=3");
        door.pass(Duration.ofMinutes(1));
        door.post(Feed.S2S, "net", "clickid=" + two + "&order=Y&tx=A1&payout=4");
        assertThat(sums().conversions()).isEqualTo(2);

        door.set(Samples.mapped("net", Map.of("txid", "tx"), Map.of()));
        var preview = run(false);

        assertThat(only(one).txid()).isEqualTo("A1");
        assertThat(door.state(two).conversions()).isEmpty();
        assertThat(of(last()).reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
        assertThat(sums().conversions()).isEqualTo(1);
        assertThat(sums().revenue()).isEqualTo(3_000_000);
        assertThat(preview.summary().revenueAfter()).isEqualTo(3_000_000);
        requireSameAfterRebuild();
    }

    @Test
    void a_report_moves_to_the_click_it_names_now() {
        door.set(Samples.mapped("net", Map.of("clickid", "wrong"), Map.of()));
        var one = door.click();
        var two = door.click();
        var query = "wrong=" + one + "&right=" + two + "&payout=5&txid=A1";
        door.post(Feed.S2S, "net", query);
        var sent = last();
        assertThat(only(one).txid()).isEqualTo("A1");
        delivered(one);

        door.set(Samples.mapped("net", Map.of("clickid", "right"), Map.of()));
        var preview = run(true);

        assertThat(door.state(one).conversions()).isEmpty();
        assertThat(door.state(one).reports()).isEmpty();
        assertThat(delivery(one).progress()).isEqualTo(Progress.NOT_RETRACTABLE);
        assertThat(only(two).recordId()).isEqualTo(sent.recordId());
        assertThat(of(sent, Subject.click(two)).clickId()).isEqualTo(two.text());
        assertThat(owner("A1")).isEqualTo(Subject.click(two));
        assertThat(preview.summary().notRetractable()).isEqualTo(1);
        assertThat(sums().conversions()).isEqualTo(1);
        assertThat(sums().decisions()).isEqualTo(Map.of("counted", 1L));
        assertThat(outbox()).containsExactly(two.text());
        requireSameAfterRebuild();
    }

    @Test
    void a_report_that_moved_is_known_at_its_old_place_and_moves_back() {
        door.set(Samples.mapped("net", Map.of("clickid", "wrong"), Map.of()));
        var one = door.click();
        var two = door.click();
        door.post(Feed.S2S, "net", "wrong=" + one + "&right=" + two + "&payout=5");
        var sent = last();
        door.set(Samples.mapped("net", Map.of("clickid", "right"), Map.of()));
        run(false);

        var again = door.submit(sent);
        door.set(Samples.mapped("net", Map.of("clickid", "wrong"), Map.of()));
        run(false);

        assertThat(again).isNotNull();
        assertThat(only(one).recordId()).isEqualTo(sent.recordId());
        assertThat(door.state(two).conversions()).isEmpty();
        assertThat(sums().conversions()).isEqualTo(1);
        assertThat(sums().decisions()).isEqualTo(Map.of("counted", 1L));
        requireSameAfterRebuild();
    }

    @Test
    void reports_without_a_click_find_theirs_and_two_change_places() {
        door.set(Samples.mapped("net", Map.of("clickid", "a"), Map.of()));
        var one = door.click();
        var two = door.click();
        door.post(Feed.S2S, "net", "a=nothing&b=" + one + "&payout=1");
        door.post(Feed.S2S, "net", "a=" + one + "&b=" + two + "&payout=2&event=sale");
        door.post(Feed.S2S, "net", "a=" + two + "&b=" + one + "&payout=3&event=lead");

        door.set(Samples.mapped("net", Map.of("clickid", "b"), Map.of()));
        run(false);

        assertThat(door.state(one).conversions()).hasSize(2);
        assertThat(only(two).payout().micros()).isEqualTo(2_000_000);
        assertThat(sums().revenue()).isEqualTo(6_000_000);
        assertThat(sums().decisions()).isEqualTo(Map.of("counted", 3L));
        requireSameAfterRebuild();
    }

    @Test
    void a_delivery_that_waits_is_cancelled_and_comes_back_when_wanted() {
        statuses(Map.of("1", "approved"));
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=1&payout=5");
        assertThat(outbox()).hasSize(1);

        statuses(Map.of("1", "rejected"));
        var preview = run(false);
        var cancelled = delivery(click);
        var meanwhile = outbox();
        statuses(Map.of("1", "approved"));
        run(false);
        var still = delivery(click);
        run(true);

        assertThat(preview.summary().cancelled()).isEqualTo(1);
        assertThat(cancelled.progress()).isEqualTo(Progress.CANCELLED);
        assertThat(meanwhile).isEmpty();
        assertThat(still.progress()).isEqualTo(Progress.CANCELLED);
        assertThat(delivery(click).progress()).isEqualTo(Progress.WAITING);
        assertThat(delivery(click).eventId()).isEqualTo(cancelled.eventId());
        assertThat(outbox()).hasSize(1);
        requireSameAfterRebuild();
    }

    @Test
    void an_attempt_on_its_way_when_its_delivery_is_cancelled_is_not_forgotten() {
        statuses(Map.of("1", "approved"));
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=1&payout=5");
        statuses(Map.of("1", "rejected"));
        run(false);

        delivered(click);

        assertThat(delivery(click).progress()).isEqualTo(Progress.NOT_RETRACTABLE);
        assertThat(delivery(click).attempts()).hasSize(1);
        requireSameAfterRebuild();
    }

    @Test
    void a_waiting_delivery_is_sent_with_the_values_of_now() {
        door.set(Samples.mapped("net", Map.of("payout", "amount"), Map.of()));
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&amount=50&sum=5");

        door.set(Samples.mapped("net", Map.of("payout", "sum"), Map.of()));
        run(false);

        assertThat(delivery(click).values()).containsEntry("payout", "5.00");
        assertThat(delivery(click).progress()).isEqualTo(Progress.WAITING);
        requireSameAfterRebuild();
    }

    @Test
    void what_was_announced_keeps_its_event_id_when_an_earlier_report_makes_the_conversion() {
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=moon&payout=5&txid=A1");
        var first = last();
        door.pass(Duration.ofMinutes(1));
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=approved&payout=5&txid=A1");
        delivered(click);
        var announced = only(click).outboundEventId();

        statuses(Map.of("moon", "approved"));
        run(true);

        assertThat(only(click).recordId()).isEqualTo(first.recordId());
        assertThat(only(click).outboundEventId()).isEqualTo(announced);
        assertThat(delivery(click).progress()).isEqualTo(Progress.DELIVERED);
        assertThat(sums().conversions()).isEqualTo(1);
        requireSameAfterRebuild();
    }

    @Test
    void a_persons_word_is_heard_again_where_something_is_held() {
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=moon&payout=5");
        var held = last();
        door.pass(Duration.ofMinutes(1));
        door.review(held, Verdict.REJECT, Correction.NONE);

        door.set(Samples.mapped("net", Map.of("txid", "order"), Map.of()));
        run(false);
        var rejected = of(held).reason();
        statuses(Map.of("moon", "approved"));
        run(false);
        var counted = of(held).reason();
        statuses(Map.of());
        run(false);

        assertThat(rejected).isEqualTo(Reason.REJECTED_IN_REVIEW);
        assertThat(counted).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(of(held).reason()).isEqualTo(Reason.REJECTED_IN_REVIEW);
        requireSameAfterRebuild();
    }

    @Test
    void security_rules_made_since_do_not_judge_what_was_let_in() {
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=moon&payout=5");
        var open = last();

        var token = new TokenFingerprints(new byte[32]).of("secret");
        door.set(Samples.secured("net", new Security(List.of(token), List.of())));
        door.post(Feed.S2S, "net", "clickid=" + click + "&payout=7&txid=A1");
        var refused = last();
        statuses(Map.of("moon", "approved"));
        run(false);

        assertThat(of(open).reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(of(refused).reason()).isEqualTo(Reason.BAD_TOKEN);
        requireSameAfterRebuild();
    }

    @Test
    void a_longer_window_lets_in_what_was_too_late() {
        var click = door.click();
        door.pass(Duration.ofDays(40));
        door.post(click, "payout=5");
        assertThat(of(last()).reason()).isEqualTo(Reason.TOO_LATE);

        door.set(window(60));
        run(false);

        assertThat(of(last()).reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    private Offer window(int days) {
        return Samples.offer("offer", "net", 10_000_000L, days);
    }

    @Test
    void a_click_that_was_fetched_ahead_is_no_visit_when_its_conversion_is_none() {
        statuses(Map.of("1", "approved"));
        var click = door.click("offer", "", true);
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=1&payout=5");
        assertThat(sums().clicks()).isEqualTo(1);

        statuses(Map.of("1", "ignore"));
        run(false);
        var clicks = sums().clicks();
        statuses(Map.of("1", "approved"));
        run(false);

        assertThat(clicks).isZero();
        assertThat(sums().clicks()).isEqualTo(1);
        requireSameAfterRebuild();
    }

    @Test
    void what_changes_between_preview_and_writing_is_tried_out_again() {
        statuses(Map.of("1", "rejected"));
        var one = door.click();
        var two = door.click();
        door.post(Feed.S2S, "net", "clickid=" + one + "&status=1&payout=5&txid=A1");
        door.post(Feed.S2S, "net", "clickid=" + two + "&status=1&payout=6&txid=A2");
        statuses(Map.of("1", "approved"));
        var preview = preview();
        assertThat(replay.outdated(preview)).isZero();

        door.post(Feed.S2S, "net", "clickid=" + one + "&status=1&payout=7&txid=A3");
        assertThat(replay.outdated(preview)).isEqualTo(1);
        var result = replay.apply(preview, new ReplayProgress());

        assertThat(result.subjects()).isEqualTo(2);
        assertThat(result.left()).isEmpty();
        assertThat(sums().revenue()).isEqualTo(18_000_000);
        requireSameAfterRebuild();
    }

    @Test
    void another_catalog_makes_a_preview_outdated() {
        statuses(Map.of("1", "rejected"));
        var click = door.click();
        door.post(Feed.S2S, "net", "clickid=" + click + "&status=1&payout=5&txid=A1");
        statuses(Map.of("1", "approved"));
        var preview = preview();

        statuses(Map.of("1", "pending"));

        assertThat(replay.outdated(preview)).isEqualTo(1);
    }

    @Test
    void a_replay_that_is_cut_off_is_finished_by_the_next() {
        // After every number of events, as a crash would leave it.
        for (int cut = 0; cut < 12; cut++) {
            requireFinished(cut);
        }
    }

    private void requireFinished(int cut) {
        var broken = new Door(7, rules);
        broken.set(Samples.mapped("net", Map.of("clickid", "a", "txid", "x"), Map.of()));
        var one = broken.click();
        var two = broken.click();
        broken.post(Feed.S2S, "net", "a=" + one + "&b=" + two + "&payout=2&x=1&y=2");
        broken.pass(Duration.ofSeconds(1));
        broken.post(Feed.S2S, "net", "a=" + two + "&b=" + one + "&payout=3&x=2&y=1");
        broken.pass(Duration.ofSeconds(1));
        broken.post(Feed.S2S, "net", "a=&b=" + one + "&payout=4&x=3&y=3");
        broken.set(Samples.mapped("net", Map.of("clickid", "b", "txid", "y"), Map.of()));
        var mortal = new Mortal(broken.ledger, cut);
        var first = broken.replay(rules, mortal);
        var preview = first.preview(first.newId(), all(false), new ReplayProgress());
        try {
            first.apply(preview, new ReplayProgress());
        } catch (RuntimeException e) {
            assertThat(e).hasRootCauseMessage(Mortal.MESSAGE);
        }

        var next = broken.replay(rules);
        next.apply(
                next.preview(next.newId(), all(false), new ReplayProgress()), new ReplayProgress());

        assertThat(broken.state(one).conversions())
                .as("cut after %d", cut)
                .extracting(ConversionState::txid)
                .containsExactly("1", "3");
        assertThat(broken.state(two).conversions())
                .extracting(ConversionState::txid)
                .containsExactly("2");
        var sums = Sums.of(broken.facts());
        assertThat(sums.revenue()).isEqualTo(9_000_000);
        assertThat(sums.decisions()).isEqualTo(Map.of("counted", 3L));
    }
}
