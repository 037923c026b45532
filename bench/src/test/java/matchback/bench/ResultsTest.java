package matchback.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import matchback.bench.Results.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @TempDir Path folder;

    @Test
    void wrk_is_read_from_its_last_line() {
        var found = Wrk.parse("Running 2s test\nFOUND 1000 2000000 1 2 3 150 4200\n");

        assertThat(found).isEqualTo(new Wrk.Found(1000, 500.0, 1, 5, 150, 4200));
    }

    @Test
    void a_spread_is_the_median_between_the_ends() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2.0, 1.0, 3.0));
        assertThat(Spread.of(List.of(4.0, 1.0))).isEqualTo(new Spread(2.5, 1.0, 4.0));
    }

    @Test
    void a_page_has_a_row_for_each_number_of_connections() throws Exception {
        var results =
                new Results(
                        Map.of("memory", "4 GiB"),
                        List.of(round(64, 100, 70), round(64, 100, 80), round(256, 100, 90)));

        results.write(folder);

        assertThat(folder.resolve("redirects.md"))
                .content()
                .contains("- memory: 4 GiB")
                .contains("| 64 | 100 | 75 | 0.75 (0.70–0.80) |")
                .contains("| 256 | 100 | 90 | 0.90 (0.90–0.90) |");
        assertThat(folder.resolve("redirects.json")).content().contains("\"perSecond\" : 70.0");
    }

    private static Round round(int connections, double peer, double ours) {
        return new Round(connections, found(peer), found(ours), true);
    }

    private static Wrk.Found found(double perSecond) {
        return new Wrk.Found(1000, perSecond, 0, 0, 100, 1000);
    }
}
