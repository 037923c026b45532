package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.LooseHost;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Correction;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Outcome;
import matchback.ledger.Verdict;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Held postbacks and what a person makes of them.
final class ReviewsTest {
    private final Door door = new Door();

    /// One reason to hold a report, and what a person adds to approve it.
    ///
    /// @param payout of the conversion it makes
    record Held(Reason reason, Function<Door, ClickId> report, Correction with, String payout) {
        @Override
        public String toString() {
            return reason.code();
        }
    }

    private static Correction status(Status status) {
        return new Correction(status, "", null, "", "");
    }

    private static Correction money(long micros, String currency) {
        return new Correction(null, "", micros, currency, "");
    }

    private static ClickId post(Door door, ClickId click, String query) {
        door.post(click, query);
        return click;
    }

    static Stream<Held> held() {
        return Stream.concat(lackingValues(), doubtful());
    }

    private static Stream<Held> lackingValues() {
        return Stream.of(
                new Held(
                        Reason.UNKNOWN_STATUS,
                        door -> post(door, door.click(), "status=foo&payout=3"),
                        status(Status.APPROVED),
                        "3.00"),
                new Held(
                        Reason.UNKNOWN_CURRENCY,
                        door -> post(door, door.click(), "currency=ZZZ&payout=4"),
                        new Correction(null, "", null, "USD", ""),
                        "4.00"),
                new Held(
                        Reason.UNKNOWN_EVENT,
                        door -> post(door, door.click(), "event=moonshot&payout=5"),
                        new Correction(null, "deposit", null, "", ""),
                        "5.00"),
                new Held(
                        Reason.NO_PAYOUT,
                        door -> {
                            door.set(Samples.offer("free", "net", null));
                            return post(door, door.click("free", "", false), "txid=A1");
                        },
                        money(6_000_000, "USD"),
                        "6.00"),
                new Held(
                        Reason.NO_RATE,
                        door -> post(door, door.click(), "payout=5&currency=EUR"),
                        money(5_500_000, "USD"),
                        "5.50"));
    }

    private static Stream<Held> doubtful() {
        return Stream.of(
                new Held(
                        Reason.AMOUNT_OVER_LIMIT,
                        door -> {
                            door.set(Samples.limited("net", 50_000_000));
                            return post(door, door.click(), "payout=50.01");
                        },
                        Correction.NONE,
                        "50.01"),
                new Held(
                        Reason.BEFORE_CLICK,
                        door ->
                                post(
                                        door,
                                        door.click(),
                                        "payout=7&event_time=" + (Door.START / 1000 - 301)),
                        Correction.NONE,
                        "7.00"),
                new Held(
                        Reason.IN_FUTURE,
                        door ->
                                post(
                                        door,
                                        door.click(),
                                        "payout=8&event_time=" + (Door.START / 1000 + 301)),
                        Correction.NONE,
                        "8.00"),
                new Held(
                        Reason.CLICK_NOT_RECORDED,
                        door -> post(door, door.id(true), "txid=A1&payout=9"),
                        Correction.NONE,
                        "9.00"),
                new Held(
                        Reason.BOT_CLICK,
                        door -> post(door, door.click("offer", "agent", false), "payout=10.5"),
                        Correction.NONE,
                        "10.50"));
    }

    @ParameterizedTest
    @MethodSource("held")
    void an_approved_report_counts_with_its_money_and_is_delivered_only_then(Held held) {
        var click = held.report().apply(door);
        var postback = door.postbacks().getLast();
        assertThat(current(postback).reason()).isEqualTo(held.reason());
        assertThat(door.state(click).deliveries()).isEmpty();
        assertThat(sums().revenue()).isZero();
        door.pass(Duration.ofHours(5));

        var outcome = door.review(postback, Verdict.APPROVE, held.with());

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(current(postback)).isEqualTo(outcome);
        var conversion = door.state(click).conversions().getFirst();
        assertThat(conversion.payout().plain()).isEqualTo(held.payout());
        assertThat(conversion.recordId()).isEqualTo(postback.recordId());
        assertThat(conversion.eventAt()).isEqualTo(postback.receivedAt());
        assertThat(sums().revenue()).isEqualTo(conversion.revenueMicros());
        assertThat(sums().decisions()).isEqualTo(Map.of("counted", 1L));
        assertThat(door.state(click).held(postback.recordId())).isEmpty();
        // The source of an unrecorded click is the campaign's.
        assertThat(door.state(click).deliveries())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.dueAt()).isEqualTo(door.now()));
        checkRebuild();
    }

    @ParameterizedTest
    @MethodSource("held")
    void a_rejected_report_counts_for_nothing_and_says_so(Held held) {
        var click = held.report().apply(door);
        var postback = door.postbacks().getLast();

        var outcome = door.review(postback, Verdict.REJECT, Correction.NONE);

        assertThat(outcome.reason()).isEqualTo(Reason.REJECTED_IN_REVIEW);
        assertThat(outcome.detail()).contains(held.reason().code());
        assertThat(door.state(click).conversions()).isEmpty();
        assertThat(door.state(click).deliveries()).isEmpty();
        assertThat(sums().decisions()).isEqualTo(Map.of("refused", 1L));
        var review = door.state(click).review(postback.recordId()).orElseThrow();
        assertThat(review.review().by()).isEqualTo("tester");
        assertThat(review.review().note()).isEqualTo("as told by telephone");
        assertThat(review.heldAs()).isEqualTo(held.reason());
        checkRebuild();
    }

    @Test
    void what_is_still_not_known_stays_held_and_leaves_no_mark() {
        var click = post(door, door.click(), "status=foo");
        var postback = door.postbacks().getLast();
        var facts = door.facts();

        var outcome = door.review(postback, Verdict.APPROVE, Correction.NONE);

        assertThat(outcome.reason()).isEqualTo(Reason.UNKNOWN_STATUS);
        assertThat(door.facts()).isEqualTo(facts);
        assertThat(door.state(click).review(postback.recordId())).isEmpty();
        checkRebuild();
    }

    @Test
    void a_word_that_was_mapped_since_needs_no_correction() {
        post(door, door.click(), "status=foo");
        var postback = door.postbacks().getLast();
        door.set(Samples.mapped("net", Map.of("foo", "approved")));

        var outcome = door.review(postback, Verdict.APPROVE, Correction.NONE);

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        checkRebuild();
    }

    @Test
    void an_ambiguous_report_is_a_further_conversion_or_the_named_one() {
        var click = door.click();
        door.post(click, "txid=A1&payout=1");
        door.post(click, "txid=A2&payout=2");
        door.post(click, "payout=5");
        var further = door.postbacks().getLast();
        door.post(click, "status=refund");
        var refund = door.postbacks().getLast();

        var counted = door.review(further, Verdict.APPROVE, Correction.NONE);
        var unnamed = door.review(refund, Verdict.APPROVE, Correction.NONE);
        var named = door.review(refund, Verdict.APPROVE, new Correction(null, "", null, "", "A1"));

        assertThat(counted.reason()).isEqualTo(Reason.ADDITIONAL_CONVERSION);
        assertThat(unnamed.reason()).isEqualTo(Reason.AMBIGUOUS_CONVERSION);
        assertThat(named.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(sums().revenue()).isEqualTo(7_000_000);
        checkRebuild();
    }

    @Test
    void a_second_word_changes_nothing() {
        post(door, door.click(), "status=foo&payout=3");
        var postback = door.postbacks().getLast();
        var approval = door.reviewed(postback, Verdict.APPROVE, status(Status.APPROVED));
        var approved = Objects.requireNonNull(door.submit(approval));
        var facts = door.facts();

        var again = door.submit(approval);
        var rejected = door.review(postback, Verdict.REJECT, Correction.NONE);

        assertThat(again).isEqualTo(approved);
        assertThat(rejected).isEqualTo(approved);
        assertThat(door.facts()).isEqualTo(facts);
        assertThat(sums().decisions()).isEqualTo(Map.of("counted", 1L));
    }

    @Test
    void a_report_that_was_never_held_cannot_be_rejected() {
        var click = post(door, door.click(), "txid=A1");
        var postback = door.postbacks().getLast();

        var outcome = door.review(postback, Verdict.REJECT, Correction.NONE);

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(door.state(click).review(postback.recordId())).isEmpty();
    }

    @Test
    void a_later_report_of_the_same_txid_makes_the_held_one_a_duplicate() {
        var click = door.click();
        door.post(click, "txid=A1&status=foo&payout=3");
        var postback = door.postbacks().getLast();
        door.post(click, "txid=A1&payout=3");

        var outcome = door.review(postback, Verdict.APPROVE, status(Status.APPROVED));

        assertThat(outcome.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION);
        assertThat(door.state(click).conversions()).hasSize(1);
        assertThat(door.state(click).deliveries()).hasSize(1);
        assertThat(sums().decisions()).isEqualTo(Map.of("counted", 1L, "duplicate", 1L));
        checkRebuild();
    }

    @Test
    void an_earlier_held_report_that_is_released_first_owns_the_txid() {
        var first = door.click();
        var second = door.click();
        door.post(first, "txid=A1&status=foo&payout=3");
        var postback = door.postbacks().getLast();

        var released = door.review(postback, Verdict.APPROVE, status(Status.PENDING));
        var other = door.post(second, "txid=A1&payout=3");
        var approved = door.post(first, "txid=A1&payout=3");

        assertThat(released.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(other.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
        assertThat(approved.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(door.state(first).deliveries()).hasSize(1);
        checkRebuild();
    }

    @Test
    void a_held_report_of_another_clicks_txid_stays_that_of_the_other() {
        var first = door.click();
        var second = door.click();
        door.post(second, "txid=A1&status=foo&payout=3");
        var postback = door.postbacks().getLast();
        door.post(first, "txid=A1&payout=3");

        var outcome = door.review(postback, Verdict.APPROVE, status(Status.APPROVED));

        assertThat(outcome.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION_OTHER_CLICK);
        assertThat(door.state(second).conversions()).isEmpty();
        checkRebuild();
    }

    @Test
    void the_review_holds_when_the_answer_about_the_txid_comes_later() {
        var click = door.click();
        door.post(click, "txid=A1&status=foo&payout=3");
        var postback = door.postbacks().getLast();
        var approval = door.reviewed(postback, Verdict.APPROVE, status(Status.APPROVED));
        var host = new LooseHost(new Rules(RulesConfig.DEFAULT), door.ledger::catalog);
        try (var snapshot = door.ledger.snapshot()) {
            snapshot.entries(postback.subject().bucket(), 0, 10)
                    .forEach(entry -> host.fold(entry.event()));
        }

        var asked = host.fold(approval);
        host.fold(host.waiting().removeFirst());
        host.fold(host.waiting().removeFirst());

        assertThat(asked).isNotNull();
        assertThat(Objects.requireNonNull(asked).reason()).isEqualTo(Reason.CHECK_PENDING);
        var state = host.state(postback.subject());
        assertThat(state.report(postback.recordId()).orElseThrow().outcome().reason())
                .isEqualTo(Reason.NEW_CONVERSION);
        assertThat(state.deliveries()).hasSize(1);
        assertThat(state.pending(postback.recordId())).isEmpty();
        assertThat(state.held(postback.recordId())).isEmpty();
    }

    @Test
    void a_report_whose_deciding_failed_is_decided_as_it_came() {
        var click = door.click();
        var report =
                door.postback(
                        Feed.S2S, "", Params.ofQuery("clickid=" + click + "&status=foo"), null);
        var host = new LooseHost(new Rules(RulesConfig.DEFAULT), door.ledger::catalog);
        try (var snapshot = door.ledger.snapshot()) {
            snapshot.entries(report.subject().bucket(), 0, 10)
                    .forEach(entry -> host.fold(entry.event()));
        }
        host.poison(report);

        var again =
                Objects.requireNonNull(
                        host.fold(door.reviewed(report, Verdict.APPROVE, Correction.NONE)));
        var approved =
                Objects.requireNonNull(
                        host.fold(door.reviewed(report, Verdict.APPROVE, status(Status.APPROVED))));

        assertThat(again.reason()).isEqualTo(Reason.UNKNOWN_STATUS);
        assertThat(approved.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(Sums.of(host.facts()).decisions()).isEqualTo(Map.of("counted", 1L));
    }

    private Sums sums() {
        return Sums.of(door.facts());
    }

    private Outcome current(PostbackReceived postback) {
        return door.state(postback.subject()).report(postback.recordId()).orElseThrow().outcome();
    }

    private void checkRebuild() {
        HistoryTest.checkRebuild(door);
    }
}
