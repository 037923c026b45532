package matchback.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cells.
final class CsvTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=", "--"})
    void what_a_spreadsheet_would_run_gets_an_apostrophe(String text) {
        assertThat(Csv.harmless(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1", "1-2", "-", "zone 7", "'x"})
    void everything_else_stays(String text) {
        assertThat(Csv.harmless(text)).isEqualTo(text);
    }

    @Test
    void separators_quotes_and_line_ends_are_quoted() {
        assertThat(Csv.quoted("a")).isEqualTo("a");
        assertThat(Csv.quoted("a,b")).isEqualTo("\"a,b\"");
        assertThat(Csv.quoted("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Csv.quoted("a\nb")).isEqualTo("\"a\nb\"");
    }
}
