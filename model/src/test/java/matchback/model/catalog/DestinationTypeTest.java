package matchback.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import matchback.model.catalog.DestinationType.Setting;
import org.junit.jupiter.api.Test;

class DestinationTypeTest {
    private static final Setting PIXEL =
            Setting.required("pixel", "Pixel id", "digits, in the account's settings")
                    .like("[0-9]{5,20}");

    @Test
    void a_required_setting_says_where_to_find_it_when_it_is_missing() {
        assertThat(PIXEL.problem(" ")).hasValue("is missing: digits, in the account's settings");
    }

    @Test
    void a_setting_with_a_standard_may_be_left_out() {
        assertThat(PIXEL.otherwise("12345").problem("")).isEmpty();
        assertThat(Setting.optional("test", "Test code", "").problem("")).isEmpty();
    }

    @Test
    void a_value_of_another_form_is_refused_and_not_repeated() {
        assertThat(PIXEL.problem("12345")).isEmpty();
        assertThat(PIXEL.problem("pixel 12345").orElseThrow())
                .startsWith("does not look like one")
                .doesNotContain("12345");
    }

    @Test
    void a_choice_names_what_it_can_be() {
        var source = Setting.optional("source", "Source", "").oneOf("web", "app");

        assertThat(source.problem("web")).isEmpty();
        assertThat(source.problem("tv")).hasValue("must be one of web, app");
    }

    @Test
    void a_line_break_or_a_value_without_end_is_refused() {
        var token = Setting.secret("token", "Token", "");

        assertThat(token.problem("a\r\nb").orElseThrow()).contains("line break");
        assertThat(token.withLines().problem("a\r\n\tb")).isEmpty();
        assertThat(token.withLines().problem("a\u0007b").orElseThrow()).contains("control");
        assertThat(token.problem("a".repeat(Setting.CHARS_MAX + 1)).orElseThrow())
                .contains("longer");
    }
}
