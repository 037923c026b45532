package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void is_cut_after_500_characters_and_never_within_one() {
        var text = "a".repeat(499) + "😀" + "b".repeat(10_000);

        var excerpt = Excerpt.of(text, List.of());

        assertThat(excerpt).isEqualTo("a".repeat(499));
    }

    @Test
    void shows_no_control_characters_and_no_direction_marks() {
        assertThat(Excerpt.of("a\u0000b\u001B[31mc\r\nd\te\u202Ef\u0085g", List.of()))
                .isEqualTo("a\uFFFDb\uFFFD[31mc  d e\uFFFDf\uFFFDg");
    }

    @Test
    void shows_no_secret_not_even_the_beginning_of_one_at_the_cut() {
        var excerpt = Excerpt.of("x".repeat(495) + "secret-token", List.of("secret-token"));

        assertThat(excerpt).isEqualTo("x".repeat(495) + "***");
    }
}
