package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.model.Amount.Malformed;
import matchback.model.Amount.Missing;
import matchback.model.Amount.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AmountTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "0|0",
                "0.00|0",
                "12|12000000",
                "12.5|12500000",
                "12.50|12500000",
                "12,50|12500000",
                "12,5|12500000",
                "$12.50|12500000",
                "$ 12.50|12500000",
                "12.50$|12500000",
                "12,50 €|12500000",
                "₴100|100000000",
                " 12.50 |12500000",
                ".5|500000",
                "0012|12000000",
                "1.234|1234000",
                "1234,5678|1234567800",
                "1 234.56|1234560000",
                "1\u00A0234,56|1234560000",
                "1\u202F234\u202F567|1234567000000",
                "1'234.56|1234560000",
                "1’234.56|1234560000",
                "1,234.56|1234560000",
                "1.234,56|1234560000",
                "1,234,567|1234567000000",
                "1.234.567|1234567000000",
                "1,234,567.89|1234567890000",
                "1.234.567,89|1234567890000",
                "0.000001|1",
                "0.0000010000|1",
                "999999999999.999999|999999999999999999",
            })
    void an_amount_is_read_by_the_documented_rules(String text, long micros) {
        assertThat(Amount.parse(text)).isEqualTo(new Value(micros));
    }

    @Test
    void white_space_around_it_is_left_out() {
        assertThat(Amount.parse("\t12.50\r\n")).isEqualTo(new Value(12_500_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\u2003"})
    void nothing_is_missing(String text) {
        assertThat(Amount.parse(text)).isEqualTo(new Missing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12,,5x",
                "12,,5",
                "12..5",
                "1,234",
                "0,500",
                "-1",
                "-0",
                "+5",
                "12.50-",
                "(12.50)",
                "NaN",
                "nan",
                "Infinity",
                "-Infinity",
                "null",
                "undefined",
                "free",
                "1e3",
                "1E3",
                "0x10",
                "12.5f",
                "12.50 USD",
                "$",
                "€€5",
                "$12.50$",
                ".",
                ",",
                "12.",
                "12,",
                "1 23",
                "1 2345",
                "1,23,456",
                "1.23.456",
                "12,345,6",
                "1,234.567,89",
                "1.234,567.89",
                "1,2345.6",
                "0.0000001",
                "1000000000000",
                "9999999999999999999999",
                "1%",
                "{payout}",
                "１２",
                "٣",
                "12.50\u0000",
                "1<script>"
            })
    void anything_else_is_malformed(String text) {
        assertThat(Amount.parse(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void what_is_too_long_is_malformed_and_cut() {
        var text = "1".repeat(41);

        assertThat(Amount.parse(text)).isEqualTo(new Malformed("1".repeat(40)));
        assertThat(Amount.parse("0.5" + "0".repeat(37))).isEqualTo(new Value(500_000));
    }
}
