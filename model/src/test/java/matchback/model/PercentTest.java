package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PercentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a|a",
                "A-Z.a_z~0|A-Z.a_z~0",
                "a b|a%20b",
                "a+b|a%2Bb",
                "a&b=c|a%26b%3Dc",
                "100%|100%25",
                "https://x/?y#z|https%3A%2F%2Fx%2F%3Fy%23z",
                "кіт|%D0%BA%D1%96%D1%82",
                "✓|%E2%9C%93",
                "😀|%F0%9F%98%80",
                "{clickid}|%7Bclickid%7D",
            })
    void a_text_is_encoded_so_that_it_stays_one_value(String text, String encoded) {
        assertThat(Percent.encode(text)).isEqualTo(encoded);
        assertThat(Percent.decode(encoded, true).text()).isEqualTo(text);
    }

    @Test
    void a_line_break_or_nul_cannot_leave_its_place() {
        assertThat(Percent.encode("a\r\nSet-Cookie: x\u0000"))
                .isEqualTo("a%0D%0ASet-Cookie%3A%20x%00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a%20b|a b",
                "%41|A",
                "%c3%bc|ü",
                "%C3%BC|ü",
                "%2B|+",
                "%25|%",
                "%2541|%41",
                "ü|ü",
                "😀|😀",
            })
    void whole_escapes_are_decoded(String text, String decoded) {
        assertThat(Percent.decode(text, false)).isEqualTo(new Percent.Decoded(decoded, true));
    }

    @Test
    void a_plus_is_a_space_only_in_forms() {
        assertThat(Percent.decode("a+b", true).text()).isEqualTo("a b");
        assertThat(Percent.decode("a+b", false).text()).isEqualTo("a+b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "%zz",
                "%4g",
                "100% sure",
                "%u0041",
                "%00",
                "a%00b",
                "\u0000",
                "%FF",
                "%C3",
                "%C3%28",
                "%ED%A0%80",
                "%F5%80%80%80",
                "%C0%AF",
                "\uD800"
            })
    void what_is_cut_off_or_no_utf_8_or_nul_is_not_intact(String text) {
        assertThat(Percent.decode(text, true).isIntact()).isFalse();
    }

    @Test
    void broken_escapes_stay_as_they_are() {
        assertThat(Percent.decode("100% sure %4", false).text()).isEqualTo("100% sure %4");
    }

    @Test
    void whatever_is_encoded_is_decoded_to_the_same() {
        var random = new SplittableRandom(Long.getLong("seed", 5));
        for (int i = 0; i < 5000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                int codePoint = 1 + random.nextInt(Character.MAX_CODE_POINT);
                boolean isSurrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
                text.appendCodePoint(isSurrogate ? 'x' : codePoint);
            }

            var decoded = Percent.decode(Percent.encode(text.toString()), random.nextBoolean());

            assertThat(decoded).isEqualTo(new Percent.Decoded(text.toString(), true));
        }
    }
}
