package matchback.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import matchback.attribute.testing.Door;
import matchback.attribute.testing.Samples;
import matchback.attribute.testing.Sums;
import matchback.ledger.Column;
import matchback.ledger.Fact.Kind;
import matchback.model.Money;
import matchback.model.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AmountsTest {
    private final Door door = new Door();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    payout=12.50             | NEW_CONVERSION | 12.50 USD |
                    payout=12,50             | NEW_CONVERSION | 12.50 USD |
                    payout=%2412.50          | NEW_CONVERSION | 12.50 USD |
                    payout=1+234.56          | NEW_CONVERSION | 1234.56 USD |
                    payout=0                 | NEW_CONVERSION | 0.00 USD |
                    payout=                  | NEW_CONVERSION | 10.00 USD | PAYOUT_DEFAULTED
                    txid=T                   | NEW_CONVERSION | 10.00 USD | PAYOUT_DEFAULTED
                    payout={payout}          | NEW_CONVERSION | 10.00 USD | UNRESOLVED_PARAMETER PAYOUT_DEFAULTED
                    payout=12,,5x            | NEW_CONVERSION | 10.00 USD | MALFORMED_AMOUNT PAYOUT_DEFAULTED
                    payout=-5                | NEW_CONVERSION | 10.00 USD | MALFORMED_AMOUNT PAYOUT_DEFAULTED
                    payout=NaN               | NEW_CONVERSION | 10.00 USD | MALFORMED_AMOUNT PAYOUT_DEFAULTED
                    payout=1e9               | NEW_CONVERSION | 10.00 USD | MALFORMED_AMOUNT PAYOUT_DEFAULTED
                    payout=9999999999999     | NEW_CONVERSION | 10.00 USD | MALFORMED_AMOUNT PAYOUT_DEFAULTED
                    payout=999999999999.999999 | NEW_CONVERSION | 999999999999.999999 USD |
                    payout=3&value=abc       | NEW_CONVERSION | 3.00 USD | MALFORMED_AMOUNT
                    payout=5&currency=eur    | NEW_CONVERSION | 5.00 EUR |
                    payout=5&currency=GBP    | NO_RATE        | 5.00 GBP |
                    payout=5&currency=XXQ    | UNKNOWN_CURRENCY | 5.00 USD |
                    sum=7                    | NEW_CONVERSION | 7.00 USD |
                    """)
    void the_payout_of_a_new_conversion(
            String query, Reason reason, String payout, String warnings) {
        door.set(Samples.rate("EUR", "1.1"));

        var outcome = door.post(door.click(), query);

        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(text(outcome.payout())).isEqualTo(payout);
        var expected =
                warnings == null
                        ? List.<Reason>of()
                        : List.of(warnings.split(" ")).stream().map(Reason::valueOf).toList();
        assertThat(outcome.warnings().stream().filter(w -> w != Reason.UNSIGNED_SENDER))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    payout=12.50          | DUPLICATE_TRANSACTION | 12.50 USD |
                    txid=A1               | DUPLICATE_TRANSACTION | 12.50 USD |
                    payout=               | DUPLICATE_TRANSACTION | 12.50 USD |
                    payout=12,,5x         | DUPLICATE_TRANSACTION | 12.50 USD | MALFORMED_AMOUNT
                    payout=-1             | DUPLICATE_TRANSACTION | 12.50 USD | MALFORMED_AMOUNT
                    payout={p}            | DUPLICATE_TRANSACTION | 12.50 USD | UNRESOLVED_PARAMETER
                    payout=0              | PAYOUT_CHANGED        | 0.00 USD |
                    payout=13             | PAYOUT_CHANGED        | 13.00 USD |
                    payout=12.50&currency=EUR | PAYOUT_CHANGED    | 12.50 EUR |
                    value=40              | COMPLETED             | 12.50 USD |
                    status=rejected       | STATUS_CHANGED        | 12.50 USD |
                    status=refund&payout=0 | STATUS_CHANGED       | 12.50 USD |
                    status=pending&payout=99 | STALE_STATUS       | 12.50 USD |
                    payout=12.50&currency=GBP | NO_RATE           | 12.50 GBP |
                    """)
    void the_payout_of_an_update(String query, Reason reason, String payout, String warnings) {
        door.set(Samples.rate("EUR", "1.1"));
        var click = door.click();
        door.post(click, "txid=A1&payout=12.50");

        var outcome = door.post(click, query.contains("txid") ? query : "txid=A1&" + query);

        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(text(outcome.payout())).isEqualTo(payout);
        assertThat(outcome.warnings().stream().filter(w -> w != Reason.UNSIGNED_SENDER))
                .map(Reason::name)
                .containsExactlyElementsOf(
                        warnings == null ? List.of() : List.of(warnings.split(" ")));
    }

    private static String text(@org.jspecify.annotations.Nullable Money money) {
        return Objects.requireNonNull(money).plain() + ' ' + money.currency();
    }

    @Test
    void revenue_is_in_the_report_currency() {
        door.set(Samples.rate("EUR", "1.1"));

        door.post(door.click(), "payout=5&currency=EUR&value=20");

        var row = Sums.of(door.facts()).kind(Kind.CONVERSION).getFirst();
        assertThat(row.numbers()).containsEntry(Column.REVENUE, 5_500_000L);
        assertThat(row.numbers()).containsEntry(Column.PAYOUT, 5_000_000L);
        assertThat(row.numbers()).containsEntry(Column.ORDER_VALUE, 20_000_000L);
        assertThat(row.texts()).containsEntry(Column.CURRENCY, "EUR");
    }

    @Test
    void a_changed_rate_leaves_an_equal_payout_alone() {
        door.set(Samples.rate("EUR", "1.1"));
        var click = door.click();
        door.post(click, "txid=A1&payout=5&currency=EUR");
        door.set(Samples.rate("EUR", "2"));

        var again = door.post(click, "txid=A1&payout=5&currency=EUR");

        assertThat(again.reason()).isEqualTo(Reason.DUPLICATE_TRANSACTION);
        assertThat(Sums.of(door.facts()).revenue()).isEqualTo(5_500_000);
    }

    @Test
    void the_limit_holds_what_is_over_it_also_on_an_update() {
        door.set(Samples.limited("net", 50_000_000));
        var click = door.click();

        var at = door.post(click, "txid=A1&payout=50");
        var over = door.post(click, "txid=A1&payout=50.000001");

        assertThat(at.reason()).isEqualTo(Reason.NEW_CONVERSION);
        assertThat(over.reason()).isEqualTo(Reason.AMOUNT_OVER_LIMIT);
        assertThat(over.detail())
                .isEqualTo("payout 50.000001 USD is over the sender's limit of 50.00 USD");
        assertThat(door.state(click).conversions().getFirst().payout().plain()).isEqualTo("50.00");
    }

    @Test
    void the_limit_is_compared_in_the_report_currency() {
        door.set(Samples.limited("net", 50_000_000));
        door.set(Samples.rate("EUR", "1.1"));

        var over = door.post(door.click(), "payout=46&currency=EUR");
        var under = door.post(door.click(), "payout=45&currency=EUR");

        assertThat(over.reason()).isEqualTo(Reason.AMOUNT_OVER_LIMIT);
        assertThat(under.reason()).isEqualTo(Reason.NEW_CONVERSION);
    }

    @Test
    void a_reversal_keeps_the_row_and_takes_its_payout_back_at_its_own_time() {
        var click = door.click();
        door.post(click, "txid=A1&payout=12.50");
        door.pass(java.time.Duration.ofDays(40));

        door.post(click, "txid=A1&status=chargeback&payout=1");

        var sums = Sums.of(door.facts());
        var row = sums.kind(Kind.CONVERSION).getFirst();
        var reversal = sums.kind(Kind.REVERSAL).getFirst();
        assertThat(row.at()).isEqualTo(Door.START);
        assertThat(row.numbers()).containsEntry(Column.REVENUE, 12_500_000L);
        assertThat(reversal.at()).isEqualTo(door.now());
        assertThat(reversal.numbers()).containsEntry(Column.REVENUE, -12_500_000L);
        assertThat(reversal.texts()).containsEntry(Column.SUB1, "zone 7");
        assertThat(reversal.texts()).containsEntry(Column.COUNTRY, "DE");
        assertThat(sums.revenue()).isZero();
    }
}
