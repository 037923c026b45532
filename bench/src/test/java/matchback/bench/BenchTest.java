package matchback.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Smoke: the whole bench, as short as it can be.
class BenchTest {
    @TempDir Path out;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void a_short_run_counts_what_is_on_disk_and_writes_its_results() throws IOException {
        assumeTrue(Tools.find("nginx").isPresent(), "nginx is not installed");
        assumeTrue(Tools.find("wrk").isPresent(), "wrk is not installed");

        int code = run("--quick", "--seconds", "1", "--connections", "8", "--out", out.toString());

        assertThat(code).as(said()).isZero();
        assertThat(said()).contains("every hash and every chain is right").contains("| 8 |");
        assertThat(out.resolve("redirects.md")).isNotEmptyFile();
        assertThat(out.resolve("redirects.json")).content().contains("\"isProven\" : true");
    }

    @Test
    void what_is_misunderstood_is_one_line() throws IOException {
        assertThat(run("--fast")).isEqualTo(2);

        assertThat(said()).startsWith("matchback bench: --fast").hasLineCount(1);
    }

    @Test
    void the_help_is_short() throws IOException {
        assertThat(run("--help")).isZero();

        assertThat(said()).contains("--quick", "--visitors").hasLineCount(3);
    }

    private int run(String... arguments) throws IOException {
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Main.run(List.of(arguments), stream, stream);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
