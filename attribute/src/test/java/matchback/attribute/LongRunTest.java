package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Column;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Outcome;
import matchback.ledger.state.ConversionState;
import matchback.model.ClickId;
import matchback.model.Reason;
import matchback.model.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What happens to one customer over most of a year, and what remains of the money.
final class LongRunTest {
    private final Door door = new Door();
    private final ClickId click = door.click();

    /// Folding all of it again gives the same state, facts and outbox.
    @AfterEach
    void rebuild() {
        HistoryTest.checkRebuild(door);
    }

    private Outcome onDay(int day, String query) {
        door.at(Door.START + Duration.ofDays(day - 1).toMillis());
        return door.post(click, query);
    }

    private long revenue() {
        return Sums.of(door.facts()).revenue();
    }

    @Test
    void a_sale_a_rebill_after_half_a_year_and_a_chargeback_two_months_later() {
        var sale = onDay(1, "txid=S1&payout=40");
        var rebill = onDay(200, "event=rebill&txid=R1&payout=25");
        long earned = revenue();
        var chargeback = onDay(260, "event=rebill&txid=R1&payout=25&status=chargeback");

        assertThat(sale.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(rebill.reason()).isEqualTo(Reason.ADDITIONAL_CONVERSION);
        assertThat(chargeback.reason()).isEqualTo(Reason.STATUS_CHANGED);
        assertThat(List.of(sale, rebill, chargeback))
                .allSatisfy(outcome -> {
                    assertThat(outcome.campaign()).isEqualTo("campaign1");
                    assertThat(outcome.source()).isEqualTo("src");
                });
        assertThat(earned).isEqualTo(65_000_000);
        assertThat(revenue()).isEqualTo(40_000_000);
        var sums = Sums.of(door.facts());
        assertThat(sums.kind(Kind.CONVERSION))
                .hasSize(2)
                .allSatisfy(row -> {
                    assertThat(row.texts()).containsEntry(Column.EXTERNAL_ID, "ext-1");
                    assertThat(row.texts()).containsEntry(Column.SUB1, "zone 7");
                });
        var reversal = sums.kind(Kind.REVERSAL).getFirst();
        assertThat(reversal.numbers()).containsEntry(Column.REVENUE, -25_000_000L);
        assertThat(reversal.at()).isEqualTo(door.now());
        assertThat(reversal.texts()).containsEntry(Column.CAMPAIGN, "campaign1");
    }

    @Test
    void several_types_of_one_click_are_conversions_of_their_own() {
        var reasons =
                List.of(
                        onDay(1, "event=registration&payout=0").reason(),
                        onDay(2, "event=deposit&txid=D1&payout=50").reason(),
                        onDay(3, "event=purchase&txid=D1&payout=5").reason(),
                        onDay(4, "event=deposit&txid=D1&payout=50").reason());

        assertThat(reasons)
                .containsExactly(
                        Reason.NEW_CONVERSION,
                        Reason.ADDITIONAL_CONVERSION,
                        Reason.ADDITIONAL_CONVERSION,
                        Reason.DUPLICATE_TRANSACTION);
        assertThat(door.state(click).conversions())
                .extracting(ConversionState::eventType)
                .containsExactly("registration", "deposit", "purchase");
        assertThat(revenue()).isEqualTo(55_000_000);
    }

    @Test
    void upsells_are_told_apart_by_their_txid_and_each_is_taken_back_alone() {
        onDay(1, "txid=O1&payout=10&value=100");
        onDay(1, "txid=O2&payout=7&value=70");
        onDay(1, "txid=O3&payout=3&value=30");
        onDay(5, "txid=O2&status=refund");
        onDay(9, "txid=O3&status=rejected");
        long left = revenue();
        var late = onDay(20, "txid=O2&payout=7&status=approved");
        var again = onDay(21, "txid=O2&status=refund");

        assertThat(left).isEqualTo(10_000_000);
        assertThat(late.reason()).isEqualTo(Reason.STALE_STATUS);
        assertThat(again.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION);
        assertThat(revenue()).isEqualTo(10_000_000);
        assertThat(door.state(click).conversions())
                .extracting(ConversionState::status)
                .containsExactly(Status.APPROVED, Status.REVERSED, Status.REJECTED);
        assertThat(Sums.of(door.facts()).kind(Kind.REVERSAL)).hasSize(1);
    }

    @Test
    void a_reversal_takes_back_what_it_was_worth_then_and_not_at_the_rate_of_now() {
        door.set(Samples.rate("EUR", "1.1"));
        onDay(1, "txid=S1&payout=10&currency=EUR");
        door.set(Samples.rate("EUR", "1.5"));

        onDay(90, "txid=S1&payout=10&currency=EUR&status=chargeback");

        assertThat(revenue()).isZero();
        var reversal = Sums.of(door.facts()).kind(Kind.REVERSAL).getFirst();
        assertThat(reversal.numbers()).containsEntry(Column.REVENUE, -11_000_000L);
        assertThat(reversal.numbers()).containsEntry(Column.PAYOUT, -10_000_000L);
    }

    @Test
    void without_a_first_conversion_the_window_closes_and_after_one_it_stays_open() {
        var other = door.click();
        onDay(1, "txid=S1&payout=40");

        var rebill = onDay(31, "event=rebill&txid=R1&payout=25").reason();
        door.at(Door.START + Duration.ofDays(31).toMillis());
        var late = door.post(other, "txid=S2&payout=40").reason();

        assertThat(rebill).isEqualTo(Reason.ADDITIONAL_CONVERSION);
        assertThat(late).isEqualTo(Reason.TOO_LATE);
        assertThat(Sums.of(door.facts()).decisions())
                .isEqualTo(Map.of("counted", 2L, "refused", 1L));
    }
}
