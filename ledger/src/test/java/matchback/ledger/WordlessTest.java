package matchback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class WordlessTest {
    @Test
    void what_an_exception_says_is_left_out_and_where_it_happened_is_kept() {
        var cause = new IllegalArgumentException("no click id: ann@example.org");
        var exception = new IllegalStateException("203.0.113.7", cause);

        var log = new StringWriter();
        Wordless.of(exception).printStackTrace(new PrintWriter(log, true));

        assertThat(log.toString())
                .contains("IllegalStateException", "IllegalArgumentException", "WordlessTest.java")
                .doesNotContain("ann@example.org", "203.0.113.7");
    }
}
