package matchback.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.Accepted;
import matchback.ledger.Batch;
import matchback.ledger.Catalogs;
import matchback.ledger.Decider;
import matchback.ledger.Event;
import matchback.ledger.Keys;
import matchback.ledger.Outcome;
import matchback.ledger.State;
import matchback.ledger.Table;
import matchback.ledger.kit.KitEvents;
import matchback.ledger.kit.KitRules;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaintenanceTest {
    private static final int BUCKET = new Subject("subject").bucket();

    @TempDir Path parent;
    private final KitEvents events = new KitEvents(1);
    private Path data;

    /// Five records of one subject, the first a click with a personal block, and some elsewhere.
    @BeforeEach
    void fill() {
        data = parent.resolve("data");
        try (var ledger = EmbeddedHost.open(data)) {
            var block = events.personal();
            ledger.submit(events.click("subject", block), block).join();
            for (int i = 0; i < 4; i++) {
                ledger.submit(events.postback("subject", "schedule", "" + i), null).join();
            }
            for (int i = 0; i < 20; i++) {
                ledger.submit(events.postback("other-" + i, "ask", "tx:s:" + i % 3), null).join();
            }
        }
    }

    private interface Work {
        void on(Rocks rocks) throws Exception;
    }

    private void tamper(Work work) throws Exception {
        var rocks = Rocks.open(data.resolve("ledger"), EmbeddedConfig.DEFAULT);
        try {
            work.on(rocks);
        } finally {
            rocks.flush();
            rocks.release();
        }
    }

    private static void put(Rocks rocks, Table table, byte[] key, byte[] value) throws Exception {
        rocks.write(List.of(new Batch.Write(table, key, value)));
    }

    private static void delete(Rocks rocks, Table table, byte[] key) throws Exception {
        rocks.write(List.of(new Batch.Write(table, key, null)));
    }

    private static byte[] stored(Rocks rocks, Table table, byte[] key) {
        var value = rocks.get(table, key);
        assertThat(value).isNotNull();
        return value;
    }

    private ChainResult verify() {
        try (var maintenance = Maintenance.open(data, EmbeddedConfig.DEFAULT)) {
            return maintenance.verify(_ -> {});
        }
    }

    private RebuildResult rebuild() {
        try (var maintenance = Maintenance.open(data, EmbeddedConfig.DEFAULT)) {
            return maintenance.rebuild(new KitRules(), "USD", _ -> {});
        }
    }

    @Test
    void a_ledger_that_nobody_touched_is_whole() {
        var result = verify();

        assertThat(result.problems()).isEmpty();
        assertThat(result.isWhole()).isTrue();
        assertThat(result.records()).isEqualTo(5 + 20 * 3);
        assertThat(result.personalBlocks()).isEqualTo(1);
    }

    @Test
    void a_changed_record_is_found() throws Exception {
        tamper(rocks -> {
            var key = Keys.entry(BUCKET, 3);
            var bytes = stored(rocks, Table.LEDGER, key);
            bytes[bytes.length - 1] ^= 1;
            put(rocks, Table.LEDGER, key, bytes);
        });

        assertThat(verify().problems())
                .anyMatch(problem -> problem.startsWith("bucket " + BUCKET + ": the chain over"));
    }

    @Test
    void a_missing_record_is_found() throws Exception {
        tamper(rocks -> delete(rocks, Table.LEDGER, Keys.entry(BUCKET, 3)));

        assertThat(verify().problems()).contains("bucket " + BUCKET + ": record 4 follows 2");
    }

    @Test
    void a_missing_last_record_is_found_and_stops_the_next_start() throws Exception {
        tamper(rocks -> delete(rocks, Table.LEDGER, Keys.entry(BUCKET, 5)));

        assertThat(verify().problems())
                .contains("bucket " + BUCKET + ": the head says 5 records, there are 4");
        assertThatThrownBy(() -> EmbeddedHost.open(data))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("bucket " + BUCKET)
                .hasMessageContaining("damaged");
    }

    @Test
    void a_changed_head_is_found() throws Exception {
        tamper(rocks -> {
            var head = stored(rocks, Table.META, Keys.head(BUCKET));
            head[20] ^= 1;
            put(rocks, Table.META, Keys.head(BUCKET), head);
        });

        assertThat(verify().problems())
                .containsExactly(
                        "bucket "
                                + BUCKET
                                + ": the chain over 5 records does not end in the stored head");
    }

    @Test
    void a_record_in_another_bucket_and_one_that_cannot_be_read_are_found() throws Exception {
        tamper(rocks -> {
            var record = stored(rocks, Table.LEDGER, Keys.entry(BUCKET, 2));
            put(rocks, Table.LEDGER, Keys.entry((BUCKET + 1) % 64, 900), record);
            put(rocks, Table.LEDGER, Keys.entry(BUCKET, 2), new byte[] {9, 9, 9});
        });

        assertThat(verify().problems())
                .anyMatch(problem -> problem.endsWith("record 900 is of another one"))
                .anyMatch(problem -> problem.contains("record 2 cannot be read"));
    }

    @Test
    void a_changed_personal_block_is_found_and_an_erased_one_is_none() throws Exception {
        tamper(rocks ->
                rocks.range(
                        Table.PERSONAL,
                        new byte[0],
                        new byte[0],
                        (key, value) -> {
                            value[value.length - 1] ^= 1;
                            try {
                                put(rocks, Table.PERSONAL, key, value);
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                            return false;
                        }));
        var changed = verify();
        tamper(rocks -> rocks.clear(Table.PERSONAL));
        var erased = verify();

        assertThat(changed.problems())
                .containsExactly(
                        "bucket "
                                + BUCKET
                                + ": the personal block of record 1 is not the one it names");
        assertThat(erased.isWhole()).isTrue();
    }

    @Test
    void a_rebuild_of_what_nobody_touched_is_equal() {
        var result = rebuild();

        assertThat(result.isEqual()).isTrue();
        assertThat(result.events()).isEqualTo(65);
        assertThat(result.after().get(Table.OUTBOX)).extracting(TableDigest::rows).isEqualTo(4L);
    }

    @Test
    void a_rebuild_puts_right_what_was_changed_and_says_so() throws Exception {
        Map<Table, TableDigest> whole;
        try (var maintenance = Maintenance.open(data, EmbeddedConfig.DEFAULT)) {
            whole = maintenance.digests();
        }
        tamper(rocks -> put(rocks, Table.STATE, new byte[] {0, 1}, new byte[] {2}));

        var result = rebuild();

        assertThat(result.isEqual()).isFalse();
        assertThat(result.after()).isEqualTo(whole);
        assertThat(result.before().get(Table.STATE)).isNotEqualTo(whole.get(Table.STATE));
        assertThat(result.before().get(Table.FACTS)).isEqualTo(whole.get(Table.FACTS));
    }

    /// Rules that stop the rebuild after some events, as a crash would.
    private static Decider stopping(int after) {
        var rules = new KitRules();
        var count = new int[1];
        return new Decider() {
            @Override
            public Optional<Effects> earlier(Event event, State state) {
                return rules.earlier(event, state);
            }

            @Override
            public Effects decide(Event event, long offset, Catalog catalog, State state) {
                if (++count[0] > after) {
                    throw new OutOfMemoryError("stop here");
                }
                return rules.decide(event, offset, catalog, state);
            }

            @Override
            public Effects poisoned(Event event, long offset, State state) {
                return rules.poisoned(event, offset, state);
            }
        };
    }

    private void cutOffARebuild(int after) throws Exception {
        tamper(rocks ->
                assertThatThrownBy(() ->
                                new Rebuilding(rocks)
                                        .run(stopping(after), new Catalogs(rocks, "USD"), _ -> {}))
                        .isInstanceOf(OutOfMemoryError.class));
    }

    @Test
    void a_rebuild_that_was_cut_off_is_done_again_by_the_next_one() throws Exception {
        cutOffARebuild(30);

        var result = rebuild();

        assertThat(result.isEqual()).isTrue();
        assertThat(result.events()).isEqualTo(65);
    }

    @Test
    void a_rebuild_that_was_cut_off_is_finished_by_the_next_start() throws Exception {
        cutOffARebuild(0);

        Accepted next;
        try (var ledger = EmbeddedHost.open(data)) {
            next = ledger.submit(events.postback("subject", "text", ""), null).join();
        }

        assertThat(next.outcome()).extracting(Outcome::deliveries).isEqualTo(5);
        assertThat(rebuild().isEqual()).isTrue();
    }

    @Test
    void maintenance_makes_no_folder() {
        var nowhere = parent.resolve("nowhere");

        assertThatThrownBy(() -> Maintenance.open(nowhere, EmbeddedConfig.DEFAULT))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("there is no ledger in");
        assertThat(nowhere).doesNotExist();
    }
}
