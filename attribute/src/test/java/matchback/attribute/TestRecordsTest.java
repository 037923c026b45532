package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.ledger.Correction;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Outcome;
import matchback.ledger.Verdict;
import matchback.model.ClickId;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.catalog.Sender.Security;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;
import org.junit.jupiter.api.Test;

/// Tests are decided like anything else and leave no trace outside of their own click.
final class TestRecordsTest {
    private final Door door = new Door();

    private ClickId testClick() {
        var id = door.id(false);
        door.submit(
                new ClickRecorded(
                        door.nextRecord(),
                        door.now(),
                        door.ledger.catalog().version(),
                        Subject.click(id),
                        "campaign1",
                        "src",
                        "offer",
                        "",
                        "",
                        -1,
                        "",
                        -1,
                        Map.of(),
                        Map.of(),
                        true,
                        "",
                        false,
                        new byte[0],
                        true));
        return id;
    }

    private PostbackReceived fromBench(String query) {
        var plain = door.postback(Feed.S2S, "net", Params.ofQuery(query), null);
        return new PostbackReceived(
                plain.recordId(),
                plain.receivedAt(),
                plain.catalogVersion(),
                plain.subject(),
                plain.feed(),
                plain.sender(),
                plain.clickId(),
                plain.clickParameter(),
                plain.clickValue(),
                plain.refusal(),
                plain.detail(),
                plain.params(),
                plain.tokenFingerprints(),
                plain.refusingSenders(),
                plain.personalHash(),
                List.of(),
                true);
    }

    private Outcome bench(String query) {
        return Objects.requireNonNull(door.submit(fromBench(query)));
    }

    @Test
    void a_test_is_decided_as_always_and_has_no_facts_and_no_deliveries() {
        var click = testClick();

        var sale = bench("payout=12.50&txid=A1&clickid=" + click);
        var again = bench("payout=12.50&txid=A1&clickid=" + click);
        var refund = bench("txid=A1&status=refund&clickid=" + click);
        var held = bench("txid=A2&status=frozen&clickid=" + click);

        assertThat(List.of(sale.reason(), again.reason(), refund.reason(), held.reason()))
                .containsExactly(
                        Reason.NEW_CONVERSION,
                        Reason.DUPLICATE_TRANSACTION,
                        Reason.STATUS_CHANGED,
                        Reason.UNKNOWN_STATUS);
        assertThat(sale.steps())
                .startsWith(Step.of(StepKind.TEST))
                .endsWith(Step.of(StepKind.DELIVERY_NONE, "test"));
        assertThat(door.state(click).conversions()).hasSize(1);
        assertThat(door.state(click).reports()).hasSize(4);
        assertThat(door.state(click).deliveries()).isEmpty();
        assertThat(door.facts()).isEmpty();
        HistoryTest.checkRebuild(door);
    }

    @Test
    void a_reviewed_test_stays_a_test() {
        var click = testClick();
        var held = fromBench("payout=1&status=frozen&clickid=" + click);
        door.submit(held);

        var outcome =
                door.review(
                        held, Verdict.APPROVE, new Correction(Status.APPROVED, "", null, "", ""));

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.deliveries()).isZero();
        assertThat(door.facts()).isEmpty();
    }

    @Test
    void a_postback_of_the_bench_without_a_click_id_has_no_facts_either() {
        assertThat(bench("payout=1").reason()).isEqualTo(Reason.MISSING_CLICK_ID);
        assertThat(bench("clickid={sub1}").reason()).isEqualTo(Reason.UNRESOLVED_MACRO);
        assertThat(bench("clickid=" + door.id(false)).reason()).isEqualTo(Reason.UNKNOWN_CLICK);

        assertThat(door.facts()).isEmpty();
    }

    @Test
    void a_txid_of_a_test_stays_free_for_the_sale_it_stands_for() {
        bench("payout=1&txid=A1&clickid=" + testClick());

        var sale = door.post(door.click(), "payout=1&txid=A1");
        var test = bench("payout=1&txid=A1&clickid=" + testClick());

        assertThat(sale.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(test.reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void what_the_bench_cannot_show_is_told_and_not_held_against_it() {
        door.set(
                Samples.secured(
                        "net", new Security(List.of(door.fingerprints.of("secret")), List.of())));

        var outcome = bench("payout=1&clickid=" + testClick());
        var right = bench("payout=1&txid=A2&token=secret&clickid=" + testClick());

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.steps())
                .contains(
                        Step.of(
                                StepKind.PROOF_NOT_TESTED,
                                "bad_token",
                                "no token was sent for sender 'net'"));
        assertThat(right.steps()).contains(Step.of(StepKind.TOKEN_RIGHT));
    }

    @Test
    void the_bench_opens_no_way_past_the_proof_to_a_real_click() {
        door.set(
                Samples.secured(
                        "net", new Security(List.of(door.fingerprints.of("secret")), List.of())));
        var real = door.click();

        var outcome = bench("payout=1&clickid=" + real);

        assertThat(outcome.reason()).isEqualTo(Reason.BAD_TOKEN);
        assertThat(door.state(real).conversions()).isEmpty();
    }

    @Test
    void somebody_elses_postback_about_a_test_click_counts_for_nothing() {
        var click = testClick();

        var outcome = door.post(click, "payout=1&txid=A1");

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(outcome.deliveries()).isZero();
        assertThat(door.facts()).isEmpty();
    }

    @Test
    void a_postback_of_the_bench_about_a_real_click_is_no_test() {
        var real = door.click();

        var outcome = bench("payout=1&txid=A1&clickid=" + real);

        assertThat(outcome.steps()).doesNotContain(Step.of(StepKind.TEST));
        assertThat(outcome.deliveries()).isEqualTo(1);
        assertThat(door.facts()).isNotEmpty();
    }
}
