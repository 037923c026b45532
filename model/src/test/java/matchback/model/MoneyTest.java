package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MoneyTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.00",
        "1, 0.000001",
        "10000, 0.01",
        "12500000, 12.50",
        "12345600, 12.3456",
        "100000000, 100.00",
        "1000000000000, 1000000.00",
        "-12500000, -12.50",
        "-1, -0.000001",
        "999999999999999999, 999999999999.999999"
    })
    void an_amount_is_printed_as_a_plain_decimal_with_two_to_six_places(long micros, String text) {
        assertThat(new Money(micros, "USD").plain()).isEqualTo(text);
        assertThat(Money.plain(micros)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"USD, USD", "usd, USD", "' eur ', EUR", "UAH, UAH", "JPY, JPY"})
    void a_currency_is_read_in_any_case(String text, String code) {
        assertThat(Money.currency(text)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "US", "USDT", "$", "ABC", "QQQ", "ＵＳＤ", "{currency}", "uıd"})
    void anything_else_is_no_currency(String text) {
        assertThat(Money.currency(text)).isEmpty();
    }

    @Test
    void money_has_at_most_eighteen_digits() {
        assertThatThrownBy(() -> new Money(Money.MICROS_MAX + 1, "USD"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Money(-Money.MICROS_MAX - 1, "USD"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Money(1, "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Money(Money.MICROS_MAX, "USD").negated().negated())
                .isEqualTo(new Money(Money.MICROS_MAX, "USD"));
    }

    @Test
    void the_table_of_currencies_has_nothing_that_the_platform_does_not_know() {
        for (var code : Iso4217.CODES) {
            assertThat(java.util.Currency.getInstance(code).getCurrencyCode()).isEqualTo(code);
        }
        assertThat(Iso4217.CODES).hasSize(231).doesNotContain("XXX", "XTS");
    }
}
