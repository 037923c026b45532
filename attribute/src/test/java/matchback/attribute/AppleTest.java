package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Column;
import matchback.ledger.Correction;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.Outcome;
import matchback.ledger.Verdict;
import matchback.ledger.replay.ReplayProgress;
import matchback.ledger.replay.ReplayRequest;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.apple.ApplePostback;
import matchback.model.apple.ApplePostback.Coarse;
import matchback.model.apple.ApplePostback.Gain;
import matchback.model.apple.ApplePostback.Protocol;
import matchback.model.apple.AppleReport;
import matchback.model.apple.Proof;
import matchback.model.catalog.AppleApp;
import matchback.model.catalog.AppleApp.Value;
import matchback.model.catalog.AppleSource;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What becomes of Apple's postbacks.
final class AppleTest {
    /// Steps that are taken here alone.
    static final Set<StepKind> STEPS =
            EnumSet.range(StepKind.APPLE_READ, StepKind.APPLE_VALUE_OPEN);

    private static final long APP = 525_463_029;
    private static final String NETWORK = "example123.skadnetwork";

    private final Rules rules = new Rules(RulesConfig.DEFAULT);
    private final Door door = new Door(1, rules);
    private int ids;

    private void app(boolean acceptDevelopment, List<String> forwards, Value... values) {
        door.set(Samples.campaign(2, "src", "offer"));
        door.set(
                new AppleApp(
                        Long.toString(APP),
                        "Game",
                        List.of(
                                new AppleSource(null, "5239", "campaign1"),
                                new AppleSource(null, "7139", "campaign2"),
                                new AppleSource("other.skadnetwork", "5239", "campaign2")),
                        null,
                        List.of(values),
                        null,
                        acceptDevelopment,
                        forwards,
                        false));
    }

    private static Value fine(int from, int to, String event, long micros) {
        return new Value(1, from, to, null, event, micros);
    }

    /// A winning postback of the first window.
    private Told told() {
        ids++;
        return new Told("id-" + ids, NETWORK, APP, "5239", 0, true, 40, null, false, Proof.APPLE);
    }

    private record Told(
            String id,
            String network,
            long app,
            String source,
            int window,
            boolean didWin,
            @Nullable Integer fine,
            @Nullable Coarse coarse,
            boolean isTest,
            Proof proof) {

        Told from(String otherNetwork, String identifier) {
            return new Told(
                    id, otherNetwork, app, identifier, window, didWin, fine, coarse, isTest, proof);
        }

        Told lost() {
            return new Told(id, network, app, source, window, false, null, null, isTest, proof);
        }

        Told worth(@Nullable Integer value) {
            return new Told(id, network, app, source, window, didWin, value, null, isTest, proof);
        }

        Told later(int index, Coarse value) {
            return new Told(id, network, app, source, index, didWin, null, value, isTest, proof);
        }

        Told of(long otherApp) {
            return new Told(
                    id, network, otherApp, source, window, didWin, fine, coarse, isTest, proof);
        }

        Told proven(Proof by, boolean test) {
            return new Told(id, network, app, source, window, didWin, fine, coarse, test, by);
        }

        AppleReport report() {
            return new AppleReport(
                    new ApplePostback(
                            Protocol.SKADNETWORK,
                            "4.0",
                            id,
                            network,
                            app,
                            source,
                            window,
                            didWin,
                            Gain.INSTALL,
                            fine,
                            coarse,
                            "click",
                            "",
                            "",
                            isTest),
                    proof);
        }
    }

    private Outcome come(Told told) {
        return come(door.apple(told.report()));
    }

    private Outcome come(PostbackReceived postback) {
        return Objects.requireNonNull(door.submit(postback));
    }

    private Fact only(Kind kind) {
        return Sums.of(door.facts()).kind(kind).getFirst();
    }

    private List<OutboxEntry> outbox(String destination) {
        var entries = new ArrayList<OutboxEntry>();
        try (var snapshot = door.ledger.snapshot()) {
            snapshot.outbox(destination, entries::add);
        }
        return entries;
    }

    @Test
    void a_winner_is_counted_with_campaign_event_and_revenue() {
        // given
        app(false, List.of(), fine(0, 9, "install", 0), fine(10, 63, "purchase", 4_990_000));

        // when
        var outcome = come(told());

        // then
        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.event()).isEqualTo("purchase");
        assertThat(outcome.payout()).isEqualTo(new Money(4_990_000, "USD"));
        assertThat(outcome.campaign()).isEqualTo("campaign1");
        assertThat(outcome.source()).isEqualTo("src");
        assertThat(outcome.sender()).isEqualTo(NETWORK);
        var conversion = only(Kind.CONVERSION);
        assertThat(conversion.texts())
                .containsAllEntriesOf(
                        Map.of(
                                Column.APP, "525463029",
                                Column.SOURCE_IDENTIFIER, "5239",
                                Column.CONVERSION_WINDOW, "1",
                                Column.ATTRIBUTION, "won",
                                Column.CONVERSION_VALUE, "40",
                                Column.CAMPAIGN, "campaign1",
                                Column.FEED, "apple",
                                Column.TXID, "id-1"))
                .doesNotContainKey(Column.CLICK_ID);
        assertThat(conversion.numbers()).containsEntry(Column.REVENUE, 4_990_000L);
        assertThat(only(Kind.POSTBACK).texts())
                .containsEntry(Column.ATTRIBUTION, "won")
                .containsEntry(Column.SENDER, NETWORK);
    }

    @Test
    void a_second_copy_changes_nothing_whatever_value_it_tells() {
        // given
        app(false, List.of("https://mmp.example/skan"), fine(0, 63, "purchase", 1_000_000));
        var first = told();
        come(first.worth(1));

        // when
        var copy = come(first.worth(63));

        // then
        assertThat(copy.reason()).isEqualTo(Reason.DUPLICATE_REPORT);
        assertThat(Sums.of(door.facts()).conversions()).isEqualTo(1);
        assertThat(Sums.of(door.facts()).decisions())
                .isEqualTo(Map.of("counted", 1L, "duplicate", 1L));
        assertThat(outbox("apple:525463029-1")).hasSize(1);
    }

    @Test
    void what_is_not_signed_by_apple_is_refused_and_keeps_no_place() {
        // given
        app(true, List.of("https://mmp.example/skan"));
        var genuine = told();

        // when
        var forged = come(genuine.proven(Proof.FORGED, false));
        var after = come(genuine);

        // then
        assertThat(forged.reason()).isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(forged.sender()).isEqualTo("apple");
        assertThat(after.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outbox("apple:525463029-1")).hasSize(1);
    }

    @Test
    void tests_are_refused_until_the_app_takes_them() {
        // given
        app(false, List.of());
        var refused =
                List.of(
                        come(told().proven(Proof.DEVELOPMENT, false)),
                        come(told().proven(Proof.APPLE, true)),
                        come(told().proven(Proof.DEVELOPMENT, true).of(0)));
        app(true, List.of());

        // when
        var developer = told();
        var taken = come(developer.proven(Proof.DEVELOPMENT, false));
        var genuine = come(developer);

        // then
        assertThat(refused).extracting(Outcome::reason).containsOnly(Reason.TEST_POSTBACK);
        assertThat(taken.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(genuine.reason())
                .as("everyone can sign for developer mode, also with an id that is another's")
                .isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void what_did_not_win_counts_for_nothing_and_is_handed_on() {
        // given
        app(false, List.of("https://mmp.example/skan", "https://other.example/skan"));
        var lost = told().lost();

        // when
        var reasons = List.of(come(lost).reason(), come(lost).reason());

        // then
        assertThat(reasons).containsExactly(Reason.NOT_WON, Reason.DUPLICATE_REPORT);
        assertThat(Sums.of(door.facts()).conversions()).isZero();
        assertThat(only(Kind.POSTBACK).texts()).containsEntry(Column.ATTRIBUTION, "lost");
        assertThat(outbox("apple:525463029-1")).hasSize(1);
        assertThat(outbox("apple:525463029-2")).hasSize(1);
    }

    @Test
    void a_later_window_counts_by_a_rule_alone() {
        // given
        app(
                false,
                List.of(),
                new Value(2, null, null, Coarse.HIGH, "rebill", 2_000_000),
                new Value(null, null, null, Coarse.MEDIUM, "rebill", 1_000_000));

        // when
        var high = come(told().later(1, Coarse.HIGH));
        var third = come(told().later(2, Coarse.HIGH));
        var medium = come(told().later(2, Coarse.MEDIUM));

        // then
        assertThat(high.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(high.payout()).isEqualTo(new Money(2_000_000, "USD"));
        assertThat(third.reason()).isEqualTo(Reason.LATER_WINDOW);
        assertThat(medium.payout()).isEqualTo(new Money(1_000_000, "USD"));
    }

    @Test
    void a_value_without_a_rule_is_an_install_without_revenue() {
        // given
        app(false, List.of(), fine(0, 9, "purchase", 5_000_000));

        // when
        var unmapped = come(told());
        var none = come(told().worth(null));

        // then
        assertThat(unmapped.event()).isEqualTo("install");
        assertThat(unmapped.warnings()).containsExactly(Reason.UNMAPPED_VALUE);
        assertThat(unmapped.payout()).isEqualTo(new Money(0, "USD"));
        assertThat(none.event()).isEqualTo("install");
        assertThat(none.warnings()).isEmpty();
    }

    @Test
    void digits_that_fit_several_campaigns_are_listed_as_such() {
        // given
        app(false, List.of());

        // when
        var two = come(told().from(NETWORK, "39"));
        var three = come(told().from(NETWORK, "239"));
        var other = come(told().from("other.skadnetwork", "39"));

        // then
        assertThat(two.warnings()).containsExactly(Reason.AMBIGUOUS_SOURCE);
        assertThat(two.detail()).contains("campaign1, campaign2");
        assertThat(two.campaign()).isEmpty();
        assertThat(three.campaign()).isEqualTo("campaign1");
        assertThat(other.campaign()).isEqualTo("campaign2");
    }

    @Test
    void an_unknown_app_waits_until_it_is_set_up_and_approved() {
        // given
        var postback = door.apple(told().report());
        assertThat(come(postback).reason()).isEqualTo(Reason.UNKNOWN_APP);

        // when
        var tooEarly = door.review(postback, Verdict.APPROVE, Correction.NONE);
        app(false, List.of("https://mmp.example/skan"), fine(0, 63, "purchase", 1_000_000));
        var approved = door.review(postback, Verdict.APPROVE, Correction.NONE);

        // then
        assertThat(tooEarly.reason()).isEqualTo(Reason.UNKNOWN_APP);
        assertThat(approved.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(approved.event()).isEqualTo("purchase");
        assertThat(outbox("apple:525463029-1")).hasSize(1);
    }

    @Test
    void a_rejected_one_counts_for_nothing() {
        // given
        var postback = door.apple(told().report());
        come(postback);

        // when
        var rejected = door.review(postback, Verdict.REJECT, Correction.NONE);

        // then
        assertThat(rejected.reason()).isEqualTo(Reason.REJECTED_IN_REVIEW);
        assertThat(Sums.of(door.facts()).decisions()).isEqualTo(Map.of("refused", 1L));
    }

    @Test
    void revenue_in_a_currency_without_a_rate_waits() {
        // given
        door.set(
                new AppleApp(
                        Long.toString(APP),
                        "Game",
                        List.of(),
                        "campaign1",
                        List.of(fine(0, 63, "purchase", 1_000_000)),
                        "EUR",
                        false,
                        List.of(),
                        false));
        var postback = door.apple(told().report());
        assertThat(come(postback).reason()).isEqualTo(Reason.NO_RATE);
        door.set(Samples.rate("EUR", "1.5"));

        // when
        door.review(postback, Verdict.APPROVE, Correction.NONE);

        // then
        assertThat(Sums.of(door.facts()).revenue()).isEqualTo(1_500_000);
        assertThat(only(Kind.CONVERSION).texts()).containsEntry(Column.CAMPAIGN, "campaign1");
    }

    @Test
    void the_steps_tell_how_it_was_decided() {
        // given
        app(false, List.of(), fine(0, 9, "install", 0));
        var first = told().worth(7);
        var taken = EnumSet.of(StepKind.COPY_ASKED);

        // when
        var counted = come(first);
        var copy = come(first);
        var open = come(told().from(NETWORK, "39"));
        var forged = come(told().proven(Proof.FORGED, false));

        // then
        assertThat(counted.steps())
                .extracting(Step::text)
                .containsExactly(
                        "skadnetwork 4.0: app 525463029, ad network example123.skadnetwork, window"
                                + " 1",
                        "Signature right: with a key of Apple's",
                        "Source identifier 5239 stands for campaign 'campaign1'",
                        "No postback with id 'id-1' came before",
                        "Conversion value 7 means install worth 0.00 USD",
                        "Decision: counted, new_conversion");
        assertThat(open.steps())
                .extracting(Step::text)
                .contains(
                        "Source identifier 39 stands for no campaign, or for one of campaign1,"
                                + " campaign2",
                        "The app's values say nothing about it (value 40), so install");
        assertThat(forged.steps()).first().extracting(Step::kind).isEqualTo(StepKind.APPLE_FORGED);
        for (var outcome : List.of(counted, copy, open, forged)) {
            outcome.steps().forEach(step -> taken.add(step.kind()));
        }
        assertThat(taken).containsAll(STEPS);
        HistoryTest.checkRebuild(door);
    }

    @Test
    void a_replay_reads_the_period_by_the_values_of_now_and_hands_nothing_on_again() {
        // given
        app(false, List.of("https://mmp.example/skan"), fine(0, 63, "purchase", 1_000_000));
        var copied = told();
        come(copied);
        come(copied.worth(63));
        come(told().lost());
        app(false, List.of("https://mmp.example/skan"), fine(0, 63, "purchase", 3_000_000));

        // when
        var replay = door.replay(rules);
        var preview =
                replay.preview(
                        replay.newId(),
                        new ReplayRequest(
                                0, Long.MAX_VALUE, Set.of(), Set.of(), true, "tester", ""),
                        new ReplayProgress());
        replay.apply(preview, new ReplayProgress());

        // then
        assertThat(Sums.of(door.facts()).revenue()).isEqualTo(3_000_000);
        assertThat(Sums.of(door.facts()).decisions())
                .isEqualTo(Map.of("counted", 1L, "duplicate", 1L, "refused", 1L));
        assertThat(only(Kind.CONVERSION).texts()).containsEntry(Column.APP, "525463029");
        assertThat(outbox("apple:525463029-1")).hasSize(2);
        HistoryTest.checkRebuild(door);
    }
}
