package matchback.store.embedded.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.Money;
import matchback.model.RecordId;
import matchback.report.FactStore.FactStoreFailure;
import matchback.report.Positions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckFactsTest {
    private static final long AT = 1_800_000_000_000L;

    @TempDir Path folder;

    private DuckFacts store;

    @BeforeEach
    void open() {
        store = DuckFacts.open(folder, DuckConfig.DEFAULT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Fact conversion(int record, long version, String status) {
        return new Fact.Builder()
                .text(Column.STATUS, status)
                .number(Column.REVENUE, 1_000_001L * version)
                .build(Kind.CONVERSION, RecordId.of(AT + record, record, record), 1, version, AT);
    }

    private List<String> rows() {
        return store.query(
                "SELECT record_low, version, status FROM facts ORDER BY 1, 2",
                List.of(),
                row -> row.number(0) + " v" + row.number(1) + " " + row.text(2));
    }

    @Test
    void a_higher_version_replaces_the_earlier_row() {
        store.append(
                List.of(conversion(1, 2, "pending"), conversion(2, 2, "pending")), Positions.NONE);

        store.append(List.of(conversion(1, 3, "approved")), Positions.NONE);

        assertThat(rows()).containsExactly("1 v3 approved", "2 v2 pending");
    }

    @Test
    void the_last_of_several_versions_in_one_batch_stays() {
        store.append(List.of(conversion(1, 2, "pending")), Positions.NONE);

        store.append(
                List.of(
                        conversion(1, 3, "approved"),
                        conversion(2, 2, "pending"),
                        conversion(1, 4, "reversed"),
                        conversion(2, 3, "rejected")),
                Positions.NONE);

        assertThat(rows()).containsExactly("1 v4 reversed", "2 v3 rejected");
    }

    @Test
    void an_earlier_version_replaces_nothing() {
        store.append(List.of(conversion(1, 3, "approved")), Positions.NONE);

        store.append(
                List.of(conversion(1, 2, "pending"), conversion(1, 3, "again")), Positions.NONE);

        assertThat(rows()).containsExactly("1 v3 approved");
    }

    @Test
    void facts_of_one_record_with_other_indexes_stay() {
        var id = RecordId.of(AT, 1, 1);
        var postback = new Fact.Builder().build(Kind.POSTBACK, id, 0, 2, AT);
        var conversion = new Fact.Builder().build(Kind.CONVERSION, id, 1, 2, AT);
        store.append(List.of(postback, conversion), Positions.NONE);

        store.append(
                List.of(new Fact.Builder().build(Kind.POSTBACK, id, 0, 3, AT)), Positions.NONE);

        assertThat(
                        store.query(
                                "SELECT idx, version FROM facts ORDER BY 1",
                                List.of(),
                                row -> row.number(0) + " v" + row.number(1)))
                .containsExactly("0 v3", "1 v2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void any_order_of_versions_ends_as_a_map_would(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var expected = new HashMap<Integer, Long>();
        for (int batch = 0; batch < 30; batch++) {
            var facts = new ArrayList<Fact>();
            for (int i = random.nextInt(60); i > 0; i--) {
                int record = random.nextInt(80);
                long version = 1L + random.nextInt(1 + 2 * batch);
                // A fact of version 1 is the first of its kind, or none at all.
                if (version > 1 || !expected.containsKey(record)) {
                    facts.add(conversion(record, version, "v" + version));
                    expected.merge(record, version, Math::max);
                }
            }
            store.append(facts, Positions.NONE);
            if (batch == 15) {
                store.close();
                store = DuckFacts.open(folder, DuckConfig.DEFAULT);
            }
        }

        var found = new HashMap<Integer, Long>();
        for (var row : rows()) {
            var words = row.split(" ", 3);
            assertThat(words[1]).isEqualTo(words[2]);
            found.put(Integer.parseInt(words[0]), Long.parseLong(words[1].substring(1)));
        }
        assertThat(found).isEqualTo(expected);
        assertThat(rows()).hasSize(expected.size());
    }

    @Test
    void values_come_back_as_they_were_put_in() {
        var texts =
                Map.of(
                        Column.SUB1, "ünïcode 漢字 \uD83D\uDE00",
                        Column.SUB2, "quote ' and \0 and \\",
                        Column.DETAIL, "x".repeat(5_000));
        var fact = new Fact.Builder().words(Map.of("country", "DE"));
        texts.forEach(fact::text);
        fact.number(Column.REVENUE, -Money.MICROS_MAX).number(Column.PAYOUT, 1);
        fact.number(Column.CLICK_AT, Long.MAX_VALUE).number(Column.ATTEMPTS, 0);
        store.append(
                List.of(fact.build(Kind.DELIVERY, new RecordId(-1, Long.MIN_VALUE), 17, 5, AT)),
                Positions.NONE);

        var rows =
                store.query(
                        """
                        SELECT kind, record_high, record_low, idx, version, fact_at, sub1, sub2,
                            detail, revenue, payout, click_at, attempts, cost
                        FROM facts
                        """,
                        List.of(),
                        row ->
                                List.of(
                                        row.number(0),
                                        row.number(1),
                                        row.number(2),
                                        row.number(3),
                                        row.number(4),
                                        row.number(5),
                                        row.text(6),
                                        row.text(7),
                                        row.text(8),
                                        row.decimal(9).toPlainString(),
                                        row.decimal(10).toPlainString(),
                                        row.number(11),
                                        row.isNull(12),
                                        row.isNull(13)));

        assertThat(rows)
                .containsExactly(
                        List.of(
                                5L,
                                -1L,
                                Long.MIN_VALUE,
                                17L,
                                5L,
                                AT,
                                texts.getOrDefault(Column.SUB1, ""),
                                texts.getOrDefault(Column.SUB2, ""),
                                texts.getOrDefault(Column.DETAIL, ""),
                                "-999999999999.999999",
                                "0.000001",
                                Long.MAX_VALUE,
                                false,
                                true));
    }

    @Test
    void rows_and_positions_are_there_after_opening_again() {
        var positions = Positions.NONE.with(0, 3).with(63, 1_000_000_000_000L);
        store.append(List.of(conversion(1, 2, "pending")), Positions.NONE.with(0, 1));
        store.append(List.of(conversion(1, 3, "approved")), positions);

        store.close();
        store = DuckFacts.open(folder, DuckConfig.DEFAULT);

        assertThat(store.positions()).isEqualTo(positions);
        assertThat(rows()).containsExactly("1 v3 approved");
        store.append(List.of(conversion(1, 4, "reversed")), positions.with(0, 4));
        assertThat(rows()).containsExactly("1 v4 reversed");
    }

    @Test
    void clearing_takes_rows_and_positions() {
        store.append(List.of(conversion(1, 2, "pending")), Positions.NONE.with(5, 9));

        store.clear();

        assertThat(rows()).isEmpty();
        assertThat(store.positions()).isEqualTo(Positions.NONE);
    }

    @Test
    void a_question_that_is_no_sql_fails_and_the_next_one_does_not() {
        assertThatThrownBy(() -> store.query("SELECT nonsense", List.of(), row -> row))
                .isInstanceOf(FactStoreFailure.class);

        assertThat(rows()).isEmpty();
    }

    @Test
    void more_questions_than_readers_all_get_an_answer() {
        store.append(List.of(conversion(1, 2, "pending")), Positions.NONE);
        var answers = java.util.stream.IntStream.range(0, 40).parallel().mapToObj(_ -> rows());

        assertThat(answers).hasSize(40).allMatch(rows -> rows.equals(List.of("1 v2 pending")));
    }

    @Test
    void questions_cannot_reach_files_or_change_settings() {
        for (var sql :
                List.of(
                        "SELECT * FROM read_csv('/etc/passwd')",
                        "COPY (SELECT 1) TO '" + folder.resolve("out.csv") + "'",
                        "INSTALL httpfs",
                        "SET enable_external_access = true")) {
            assertThatThrownBy(() -> store.query(sql, List.of(), row -> row))
                    .as(sql)
                    .isInstanceOf(FactStoreFailure.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "", "truncated"})
    void a_file_that_cannot_be_read_is_thrown_away(String content) throws IOException {
        store.append(List.of(conversion(1, 2, "pending")), Positions.NONE.with(5, 9));
        store.close();
        var file = folder.resolve("reports.duckdb");
        if (content.equals("truncated")) {
            var bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 3));
        } else {
            Files.writeString(file, content.repeat(2_000));
        }

        store = DuckFacts.open(folder, DuckConfig.DEFAULT);

        assertThat(store.positions()).isEqualTo(Positions.NONE);
        assertThat(rows()).isEmpty();
        store.append(List.of(conversion(1, 2, "pending")), Positions.NONE.with(5, 9));
        assertThat(rows()).containsExactly("1 v2 pending");
    }

    @Test
    void a_log_of_writes_that_cannot_be_read_does_not_stop_the_start() throws IOException {
        store.append(List.of(conversion(1, 2, "pending")), Positions.NONE.with(5, 9));
        store.close();
        Files.write(
                folder.resolve("reports.duckdb.wal"),
                "garbage".repeat(1_000).getBytes(StandardCharsets.US_ASCII),
                StandardOpenOption.CREATE);

        store = DuckFacts.open(folder, DuckConfig.DEFAULT);

        // Kept or thrown away, but rows and positions agree.
        assertThat(rows()).hasSize(store.positions().equals(Positions.NONE) ? 0 : 1);
    }

    @Test
    void a_file_of_another_layout_is_thrown_away() throws SQLException {
        store.append(List.of(conversion(1, 2, "pending")), Positions.NONE.with(5, 9));
        store.close();
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:duckdb:" + folder.resolve("reports.duckdb"));
                var statement = connection.createStatement()) {
            statement.execute("UPDATE about SET layout = 'older'");
        }

        store = DuckFacts.open(folder, DuckConfig.DEFAULT);

        assertThat(store.positions()).isEqualTo(Positions.NONE);
        assertThat(rows()).isEmpty();
    }

    @Test
    void discarding_deletes_everything() {
        store.append(List.of(conversion(1, 2, "pending")), Positions.NONE.with(5, 9));
        store.close();

        DuckFacts.discard(folder);

        assertThat(folder).isEmptyDirectory();
        store = DuckFacts.open(folder, DuckConfig.DEFAULT);
        assertThat(rows()).isEmpty();
    }
}
