package matchback.store.embedded.duck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;
import matchback.report.Positions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills a process that appends, again and again on the same file: rows and positions agree, and
/// nothing that was acknowledged is missing.
class DuckCrashTest {
    private static final int ROWS = 500;

    /// The process to be killed: batch n adds rows of its own, replaces one row that all batches
    /// share, and moves bucket 0 to n; then it says n.
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            try (var store = DuckFacts.open(Path.of(arguments[0]), DuckConfig.DEFAULT)) {
                while (true) {
                    long batch = store.positions().of(0) + 1;
                    store.append(facts(batch), Positions.NONE.with(0, batch).with(1, 2 * batch));
                    System.out.println(batch);
                }
            }
        }

        private static List<Fact> facts(long batch) {
            var facts = new ArrayList<Fact>();
            for (int i = 0; i < ROWS; i++) {
                facts.add(
                        new Fact.Builder()
                                .text(Column.SUB1, "click " + i)
                                .build(Kind.CLICK, new RecordId(batch, i), 0, 1, batch));
            }
            facts.add(
                    new Fact.Builder()
                            .build(Kind.CONVERSION, new RecordId(1, -1), 1, batch + 1, 1));
            return facts;
        }
    }

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void killed_at_any_moment_rows_and_positions_agree(int batches)
            throws IOException, InterruptedException {
        for (int round = 0; round < 3; round++) {
            long said = runAndKill(batches);

            try (var store = DuckFacts.open(folder, DuckConfig.DEFAULT)) {
                long batch = store.positions().of(0);

                assertThat(batch).isGreaterThanOrEqualTo(said);
                assertThat(store.positions().of(1)).isEqualTo(2 * batch);
                assertThat(count(store, "kind = 1")).isEqualTo(ROWS * batch);
                assertThat(count(store, "kind = 2")).isEqualTo(1);
                assertThat(count(store, "kind = 2 AND version = " + (batch + 1))).isEqualTo(1);
            }
        }
    }

    private long runAndKill(int batches) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Writer.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long said = 0;
            for (int i = 0; i < batches; i++) {
                said = Long.parseLong(String.valueOf(output.readLine()));
            }
            // By its handle: the process itself would close the stream that is still read.
            process.toHandle().destroyForcibly();
            // What it said until it was dead counts too.
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                said = Math.max(said, whole(line));
            }
            return said;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /// The last line may be cut in the middle; then it is a smaller number.
    private static long whole(String line) {
        return line.isEmpty() ? 0 : Long.parseLong(line);
    }

    private static long count(DuckFacts store, String condition) {
        return store.query(
                        "SELECT count(*) FROM facts WHERE " + condition,
                        List.of(),
                        row -> row.number(0))
                .getFirst();
    }
}
