package matchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The sentences that steps make.
final class TraceTest {

    @ParameterizedTest
    @EnumSource(StepKind.class)
    void every_step_says_all_of_its_values_and_nothing_else(StepKind kind) {
        var values = kind.names().stream().map(name -> '<' + name + '>').toArray(String[]::new);

        var full = Step.of(kind, values);
        var empty = Step.of(kind);

        assertThat(values).allSatisfy(value -> assertThat(full.text()).contains(value));
        assertThat(full.text()).doesNotContain("{", "}", "[", "]");
        assertThat(empty.text()).isNotBlank().doesNotContain("{", "}", "[", "]", "<");
        assertThat(full.named()).hasSize(values.length);
        assertThat(empty.named()).isEmpty();
        assertThat(StepKind.ofNumber(kind.number())).contains(kind);
    }

    @Test
    void what_is_not_known_is_left_out_of_the_sentence() {
        var whole = Step.of(StepKind.CLICK_FOUND, "summer", "shop", "11520");
        var bare = Step.of(StepKind.CLICK_FOUND, "", "", "11520");

        assertThat(whole.text())
                .isEqualTo("Click found: campaign 'summer', offer 'shop', 3 h 12 min old");
        assertThat(bare.text()).isEqualTo("Click found, 3 h 12 min old");
        assertThat(bare.named()).isEqualTo(Map.of("age", "11520"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "59, 59 s",
        "60, 1 min",
        "61, 1 min 1 s",
        "3600, 1 h",
        "86399, 23 h 59 min",
        "86400, 1 day",
        "180000, 2 days 2 h",
        "-90, 1 min 30 s"
    })
    void an_age_has_its_two_largest_units(String seconds, String words) {
        assertThat(Step.of(StepKind.CLICK_UNKNOWN, seconds).text())
                .isEqualTo("No click of this id is stored; the id is " + words + " old");
    }

    @Test
    void a_value_is_one_line_and_has_an_end() {
        var lines = Step.of(StepKind.TXID_FREE, "a\nb\u0000c");
        var atLimit = Step.of(StepKind.TXID_FREE, "x".repeat(Step.VALUE_CHARS_MAX));
        var over = Step.of(StepKind.TXID_FREE, "x".repeat(Step.VALUE_CHARS_MAX + 1));
        var emoji = Step.of(StepKind.TXID_FREE, "😀".repeat(Step.VALUE_CHARS_MAX));

        assertThat(lines.value("txid")).isEqualTo("a?b?c");
        assertThat(atLimit.value("txid")).hasSize(Step.VALUE_CHARS_MAX).endsWith("x");
        assertThat(over.value("txid")).hasSize(Step.VALUE_CHARS_MAX).endsWith("x…");
        assertThat(emoji.value("txid"))
                .hasSizeLessThanOrEqualTo(Step.VALUE_CHARS_MAX)
                .endsWith("😀…");
    }

    @Test
    void a_value_that_looks_like_a_pattern_stays_what_it_is() {
        var step = Step.of(StepKind.TXID_FREE, "{sender}[x]");

        assertThat(step.text()).contains("'{sender}[x]'");
    }

    @Test
    void a_step_has_no_more_values_than_names() {
        assertThatThrownBy(() -> Step.of(StepKind.TOKEN_RIGHT, "one"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Step(StepKind.TXID_FREE, List.of()).value("txid")).isEmpty();
        assertThat(Step.of(StepKind.TXID_FREE, "x").value("nothing")).isEmpty();
    }
}
