package matchback.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import matchback.ledger.Correction;
import matchback.ledger.CostSamples;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.Outcome;
import matchback.ledger.Verdict;
import matchback.ledger.state.ConversionState.Change;
import matchback.ledger.state.ConversionState.Leg;
import matchback.ledger.state.DeliveryState.Attempt;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.ReportState.Past;
import matchback.ledger.state.StatementState.Phase;
import matchback.ledger.testing.Golden;
import matchback.ledger.testing.Mutations;
import matchback.model.Feed;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.catalog.Destination.Moment;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;
import org.junit.jupiter.api.Test;

/// State records, as they were when they were first written.
final class StateCodecTest {
    private static final RecordId ID = new RecordId(0x01A0_C2E1_8400_BEEFL, 0xFEDC_BA98_7654_3210L);
    private static final RecordId ZERO = new RecordId(0, 0);
    private static final long AT = 1_790_000_000_123L;
    private static final Money PAYOUT = new Money(12_500_000, "EUR");

    @Test
    void a_click_looks_as_it_always_did() {
        var full =
                new ClickState(
                        ID,
                        AT,
                        "summer",
                        "propeller",
                        "casino",
                        "network",
                        "ext/1",
                        "banner 4",
                        Map.of("sub1", "a", "sub20", "✓"),
                        Map.of("country", "UA"),
                        0,
                        true,
                        "curl",
                        true,
                        true,
                        AT + 1000,
                        AT + 500);
        var empty =
                new ClickState(
                        ZERO, 0, "", "", "", "", "", "", Map.of(), Map.of(), -1, false, "", false,
                        false, 0, 0);

        var test =
                new ClickState(
                        ID, AT, "", "", "", "", "", "", Map.of(), Map.of(), -1, true, "", false,
                        true, AT, 0, true);

        require("click-test", test, StateCodec.encode(test), StateCodec::click);
        require("click-full", full, StateCodec.encode(full), StateCodec::click);
        require("click-empty", empty, StateCodec.encode(empty), StateCodec::click);
    }

    @Test
    void a_stated_cost_and_the_cost_of_conversions_look_as_they_always_did() {
        var statement =
                new StatementState(CostSamples.stated(), Phase.REPLACED, 4, List.of(ID, ZERO));
        var term = new CostTerm(3_300_000, 12_500_000);

        require("statement", statement, statement.encode(), StatementState::decode);
        require("cost-term", term, term.encode(), CostTerm::decode);
    }

    @Test
    void a_review_looks_as_it_always_did() {
        var review =
                new ReviewState(
                        new Reviewed(
                                ID,
                                AT,
                                7,
                                new Subject("click"),
                                ZERO,
                                Verdict.APPROVE,
                                "console",
                                "said so",
                                new Correction(Status.APPROVED, "", 0L, "", "")),
                        Reason.UNKNOWN_STATUS);

        require("review", review, StateCodec.encode(review), StateCodec::review);
    }

    @Test
    void counters_look_as_they_always_did() {
        var full = new Counters(1L << 40, 1, 2, 300);

        require("counters-full", full, StateCodec.encode(full), StateCodec::counters);
        require(
                "counters-empty",
                Counters.ZERO,
                StateCodec.encode(Counters.ZERO),
                StateCodec::counters);
    }

    @Test
    void answers_look_as_they_always_did() {
        var click = new Subject("06HC5RC40000G0000800000012345678");
        var full =
                Map.of(
                        new Subject("tx:network:A1"),
                        click,
                        new Subject("cap:casino:2026-03-01"),
                        new Subject("cap:casino:2026-03-01"));

        require("answers-full", full, StateCodec.encode(full), StateCodec::answers);
        require("answers-empty", Map.of(), StateCodec.encode(Map.of()), StateCodec::answers);
    }

    @Test
    void a_nonce_looks_as_it_always_did() {
        var full = new NonceState(ID, AT);
        var empty = new NonceState(ZERO, 0);

        require("nonce-full", full, StateCodec.encode(full), StateCodec::nonce);
        require("nonce-empty", empty, StateCodec.encode(empty), StateCodec::nonce);
    }

    @Test
    void a_conversion_looks_as_it_always_did() {
        var full =
                new ConversionState(
                        2,
                        ID,
                        "deposit",
                        "A1",
                        Status.REVERSED,
                        PAYOUT,
                        -13_750_000,
                        new Money(0, "USD"),
                        "network",
                        List.of(new Leg(Feed.PIXEL, AT), new Leg(Feed.S2S, 0)),
                        AT,
                        AT - 1000,
                        ID,
                        AT + 9,
                        "out-1",
                        "browser-1",
                        List.of(
                                new Change(
                                        ID,
                                        AT,
                                        Feed.PIXEL,
                                        Reason.NEW_CONVERSION,
                                        Status.PENDING,
                                        PAYOUT),
                                new Change(
                                        ZERO,
                                        AT + 1,
                                        Feed.S2S,
                                        Reason.STATUS_CHANGED,
                                        Status.APPROVED,
                                        new Money(0, "EUR"))));
        var empty =
                new ConversionState(
                        0,
                        ZERO,
                        "",
                        "",
                        Status.PENDING,
                        new Money(0, "USD"),
                        0,
                        null,
                        "",
                        List.of(),
                        0,
                        0,
                        null,
                        0,
                        "",
                        "",
                        List.of());

        require("conversion-full", full, StateCodec.encode(full), StateCodec::conversion);
        require("conversion-empty", empty, StateCodec.encode(empty), StateCodec::conversion);
    }

    @Test
    void the_times_of_a_conversions_legs_look_as_they_always_did() {
        var legs =
                List.of(
                        new Leg(Feed.BROWSER, AT),
                        new Leg(Feed.S2S, AT + 7),
                        new Leg(Feed.PIXEL, AT + 9));
        var conversion = reportedBy(legs);

        require(
                "conversion-legs",
                conversion,
                StateCodec.encode(conversion),
                StateCodec::conversion);
    }

    @Test
    void legs_are_compared_where_their_times_were_noted() {
        assertThat(
                        reportedBy(
                                        List.of(
                                                new Leg(Feed.BROWSER, AT),
                                                new Leg(Feed.S2S, AT + 7),
                                                new Leg(Feed.MMP, AT + 5)))
                                .serverAfterBrowser())
                .hasValue(5);
        assertThat(
                        reportedBy(List.of(new Leg(Feed.S2S, AT), new Leg(Feed.PIXEL, AT + 7)))
                                .serverAfterBrowser())
                .hasValue(-7);
        assertThat(
                        reportedBy(List.of(new Leg(Feed.S2S, AT), new Leg(Feed.PIXEL, 0)))
                                .serverAfterBrowser())
                .isEmpty();
        assertThat(reportedBy(List.of(new Leg(Feed.S2S, AT))).serverAfterBrowser()).isEmpty();
    }

    private static ConversionState reportedBy(List<Leg> legs) {
        return new ConversionState(
                1,
                ID,
                "sale",
                "",
                Status.APPROVED,
                PAYOUT,
                0,
                null,
                "",
                legs,
                AT,
                AT,
                null,
                0,
                "",
                "",
                List.of());
    }

    @Test
    void a_report_looks_as_it_always_did() {
        var full =
                new ReportState(
                        9,
                        ID,
                        77,
                        AT,
                        Feed.API,
                        "network",
                        new Outcome(
                                Reason.NEW_CONVERSION,
                                List.of(Reason.PAYOUT_DEFAULTED, Reason.MALFORMED_AMOUNT),
                                "12,,5x",
                                "06HC",
                                "0af1",
                                "sale",
                                Status.APPROVED,
                                PAYOUT,
                                "network",
                                "summer",
                                "propeller",
                                1));
        var empty =
                new ReportState(
                        0,
                        ZERO,
                        0,
                        0,
                        Feed.S2S,
                        "",
                        new Outcome(
                                Reason.INTERNAL_ERROR,
                                List.of(),
                                "",
                                "",
                                "",
                                "",
                                null,
                                null,
                                "",
                                "",
                                "",
                                0));

        var replayed =
                new ReportState(
                        2,
                        ID,
                        77,
                        AT,
                        Feed.S2S,
                        "",
                        empty.outcome(),
                        new Past(new RecordId(5, -6), AT + 1, Reason.UNKNOWN_STATUS, 63));

        require("report-replayed", replayed, StateCodec.encode(replayed), StateCodec::report);
        require("report-full", full, StateCodec.encode(full), StateCodec::report);
        require("report-empty", empty, StateCodec.encode(empty), StateCodec::report);
    }

    @Test
    void a_report_with_the_steps_to_its_decision_looks_as_it_always_did() {
        var explained =
                new ReportState(
                        1,
                        ID,
                        2,
                        AT,
                        Feed.S2S,
                        "",
                        new Outcome(
                                Reason.MISSING_CLICK_ID,
                                List.of(),
                                "",
                                "",
                                "",
                                "",
                                null,
                                null,
                                "",
                                "",
                                "",
                                0,
                                List.of(
                                        Step.of(StepKind.CLICK_ID_MISSING),
                                        Step.of(StepKind.CLICK_FOUND, "summer", "", "11520"))));

        require("report-explained", explained, StateCodec.encode(explained), StateCodec::report);
    }

    @Test
    void what_a_replay_leaves_looks_as_it_always_did() {
        var outcome =
                new Outcome(
                        Reason.MISSING_CLICK_ID,
                        List.of(),
                        "",
                        "",
                        "",
                        "",
                        null,
                        null,
                        "",
                        "",
                        "",
                        0);
        var moved =
                new MovedState(
                        new Subject("06HC5RC40000G0000800000012345678"),
                        outcome,
                        63,
                        77,
                        Reason.UNKNOWN_STATUS);
        var full = new ReplayState(ID, new RecordId(5, -6), AT, 7, "token:admin", "fixed ✓");
        var empty = new ReplayState(ZERO, ZERO, 0, 0, "", "");

        require("moved", moved, ReplayStateCodec.encode(moved), ReplayStateCodec::moved);
        require("replay-full", full, ReplayStateCodec.encode(full), ReplayStateCodec::replay);
        require("replay-empty", empty, ReplayStateCodec.encode(empty), ReplayStateCodec::replay);
    }

    @Test
    void a_delivery_looks_as_it_always_did() {
        var full =
                new DeliveryState(
                        3,
                        2,
                        "0af1",
                        "source:propeller",
                        ID,
                        "out-1",
                        Map.of("payout", "12.50", "externalid", "ext/1"),
                        AT,
                        Progress.WAITING,
                        AT + 5000,
                        11,
                        List.of(
                                new Attempt(
                                        10,
                                        AT,
                                        AttemptResult.RETRY,
                                        "https://source.example/",
                                        503,
                                        "busy",
                                        1234),
                                new Attempt(11, 0, AttemptResult.PARKED, "", 0, "", 0)));
        var empty =
                new DeliveryState(
                        0, 0, "", "", ZERO, "", Map.of(), 0, Progress.DEAD, 0, 0, List.of());

        var reversal =
                new DeliveryState(
                        4,
                        2,
                        "0af1",
                        "meta:fb-main",
                        ID,
                        "out-1",
                        Map.of("status", "reversed"),
                        AT,
                        Progress.DELIVERED,
                        0,
                        1,
                        List.of(),
                        Moment.REVERSED);

        require("delivery-reversal", reversal, StateCodec.encode(reversal), StateCodec::delivery);
        require("delivery-full", full, StateCodec.encode(full), StateCodec::delivery);
        require("delivery-empty", empty, StateCodec.encode(empty), StateCodec::delivery);
    }

    @Test
    void pointers_and_owners_look_as_they_always_did() {
        var owner = new Subject("06HC5RC40000G0000800000012345678");

        require("pointer", 258, StateCodec.encode(258), StateCodec::number);
        require("owner", owner, StateCodec.encode(owner), StateCodec::subject);
    }

    private static <T> void require(
            String name, T record, byte[] bytes, Function<byte[], T> decode) {
        var stored = Golden.require("v1/state-" + name, bytes);

        assertThat(stored[0]).as("format version").isEqualTo((byte) 1);
        assertThat(decode.apply(stored)).isEqualTo(record);
        Mutations.requireOnlyCorruptRecords(stored, decode);
    }
}
