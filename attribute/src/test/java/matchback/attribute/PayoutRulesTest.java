package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Correction;
import matchback.ledger.Outcome;
import matchback.ledger.Verdict;
import matchback.model.Reason;
import matchback.model.catalog.PayoutRule;
import matchback.model.catalog.PayoutRule.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PayoutRulesTest {
    private final Door door = new Door();

    private void rule(Kind kind, long micros) {
        door.set(Samples.sender("net").with(new PayoutRule(kind, micros), null));
    }

    private static String payout(Outcome outcome) {
        var payout = Objects.requireNonNull(outcome.payout());
        return payout.plain() + ' ' + payout.currency();
    }

    private static List<Reason> warnings(Outcome outcome) {
        return outcome.warnings().stream().filter(w -> w != Reason.UNSIGNED_SENDER).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    FIXED           | 5000000  | payout=12.50          | 5.00 USD     |                  | payout 5.00 USD is fixed by the sender's rule
                    FIXED           | 5000000  | txid=A                | 5.00 USD     |                  | payout 5.00 USD is fixed by the sender's rule
                    FIXED           | 0        | payout=3              | 0.00 USD     |                  | payout 0.00 USD is fixed by the sender's rule
                    SHARE_OF_PAYOUT | 80000000 | payout=12.50          | 10.00 USD    |                  | payout 10.00 USD is 80 % of the sent payout 12.50 USD, by the sender's rule
                    SHARE_OF_PAYOUT | 33333333 | payout=0.01           | 0.003333 USD |                  | payout 0.003333 USD is 33.333333 % of the sent payout 0.01 USD, by the sender's rule
                    SHARE_OF_PAYOUT | 50000000 | payout=0.000001       | 0.000001 USD |                  | payout 0.000001 USD is 50 % of the sent payout 0.000001 USD, by the sender's rule
                    SHARE_OF_PAYOUT | 50000000 | payout=8&currency=EUR | 4.00 EUR     |                  | payout 4.00 EUR is 50 % of the sent payout 8.00 EUR, by the sender's rule
                    SHARE_OF_PAYOUT | 50000000 | payout=0              | 0.00 USD     |                  | payout 0.00 USD is 50 % of the sent payout 0.00 USD, by the sender's rule
                    SHARE_OF_PAYOUT | 50000000 | value=40              | 10.00 USD    | PAYOUT_DEFAULTED | the offer's 10.00 USD was taken
                    SHARE_OF_VALUE  | 12500000 | payout=99&value=40    | 5.00 USD     |                  | payout 5.00 USD is 12.5 % of the order's value 40.00 USD, by the sender's rule
                    SHARE_OF_VALUE  | 12500000 | payout=99             | 10.00 USD    | PAYOUT_DEFAULTED | the offer's 10.00 USD was taken
                    OFFER_DEFAULT   | 0        | payout=99&value=40    | 10.00 USD    |                  | payout 10.00 USD is the offer's, by the sender's rule
                    """)
    void a_new_conversion_earns_what_the_rule_says(
            Kind kind, long micros, String query, String payout, String warning, String detail) {
        door.set(Samples.rate("EUR", "1.1"));
        rule(kind, micros);

        var outcome = door.post(door.click(), query);

        assertThat(outcome.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(payout(outcome)).isEqualTo(payout);
        assertThat(warnings(outcome))
                .isEqualTo(Optional.ofNullable(warning).map(Reason::valueOf).stream().toList());
        assertThat(outcome.detail()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "FIXED, 5000000, payout=7&value=50, 5.00 USD, COMPLETED",
        "OFFER_DEFAULT, 0, payout=7, 10.00 USD, DUPLICATE_TRANSACTION",
        "SHARE_OF_PAYOUT, 50000000, payout=7, 3.50 USD, PAYOUT_CHANGED",
        "SHARE_OF_PAYOUT, 50000000, value=7, 2.00 USD, COMPLETED",
        "SHARE_OF_VALUE, 50000000, value=7, 3.50 USD, PAYOUT_CHANGED",
        "SHARE_OF_VALUE, 50000000, payout=7, 20.00 USD, DUPLICATE_TRANSACTION",
    })
    void an_update_follows_the_same_rule(
            Kind kind, long micros, String query, String payout, Reason reason) {
        rule(kind, micros);
        var click = door.click();
        door.post(click, "txid=A1&payout=4&value=40");

        var outcome = door.post(click, "txid=A1&" + query);

        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(payout(outcome)).isEqualTo(payout);
    }

    @Test
    void a_share_must_keep_to_the_limit_and_a_fixed_amount_need_not() {
        door.set(
                Samples.limited("net", 50_000_000)
                        .with(new PayoutRule(Kind.SHARE_OF_VALUE, 10_000_000), null));
        var over = door.post(door.click(), "value=500.01");
        var within = door.post(door.click(), "value=500");
        door.set(
                Samples.limited("net", 50_000_000)
                        .with(new PayoutRule(Kind.FIXED, 60_000_000), null));
        var fixed = door.post(door.click(), "payout=1");

        assertThat(over.reason()).isEqualTo(Reason.AMOUNT_OVER_LIMIT);
        assertThat(within.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(fixed.reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void a_value_that_a_browser_named_earns_no_share() {
        rule(Kind.SHARE_OF_VALUE, 50_000_000);

        var outcome = door.pixel(door.click(), "value=1000000");

        assertThat(payout(outcome)).isEqualTo("10.00 USD");
        assertThat(warnings(outcome)).containsExactly(Reason.PAYOUT_DEFAULTED);
    }

    @Test
    void an_offer_without_a_payout_holds_what_should_earn_its_default() {
        rule(Kind.OFFER_DEFAULT, 0);
        door.set(Samples.offer("offer", "net", null));

        var outcome = door.post(door.click(), "payout=99");

        assertThat(outcome.reason()).isEqualTo(Reason.NO_PAYOUT);
    }

    @Test
    void a_persons_word_is_above_the_rule() {
        rule(Kind.FIXED, 5_000_000);
        var click = door.click("offer", "curl", false);
        door.post(click, "payout=1");

        var outcome =
                door.review(
                        door.postbacks().getLast(),
                        Verdict.APPROVE,
                        new Correction(null, "", 7_000_000L, "", ""));

        assertThat(payout(outcome)).isEqualTo("7.00 USD");
    }

    @Test
    void a_reversal_takes_back_what_the_rule_gave() {
        rule(Kind.SHARE_OF_VALUE, 12_500_000);
        var click = door.click();
        door.post(click, "txid=A1&value=40");
        var counted = Sums.of(door.facts()).revenue();

        door.post(click, "txid=A1&value=40&status=chargeback");

        assertThat(counted).isEqualTo(5_000_000);
        assertThat(Sums.of(door.facts()).revenue()).isZero();
    }
}
