package matchback.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import matchback.ledger.memory.MemoryTables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BatchTest {
    private static final int BUCKET = 7;

    private final MemoryTables tables = new MemoryTables();

    /// Counts the committed rows that are read.
    private final Tables counted =
            new Tables() {
                @Override
                public byte @Nullable [] get(Table table, byte[] key) {
                    return tables.get(table, key);
                }

                @Override
                public void range(Table table, byte[] from, byte[] to, State.Visitor visitor) {
                    tables.range(
                            table,
                            from,
                            to,
                            (key, value) -> {
                                rowsRead++;
                                return visitor.visit(key, value);
                            });
                }
            };

    private int rowsRead;

    private void commit(String... keys) {
        var batch = new Batch(tables);
        for (var key : keys) {
            batch.state(BUCKET).put(key.getBytes(UTF_8), "old".getBytes(UTF_8));
        }
        tables.apply(batch);
    }

    private static List<String> seen(State state, String prefix, int most) {
        var seen = new ArrayList<String>();
        state.range(
                prefix.getBytes(UTF_8),
                (key, value) -> {
                    seen.add(new String(key, UTF_8) + '=' + new String(value, UTF_8));
                    return seen.size() < most;
                });
        return seen;
    }

    @Test
    void a_range_shows_what_the_batch_wrote_over_what_is_committed() {
        commit("a1", "b1", "b3", "b5", "c1");
        var state = new Batch(counted).state(BUCKET);
        state.put("b0".getBytes(UTF_8), "new".getBytes(UTF_8));
        state.put("b3".getBytes(UTF_8), "new".getBytes(UTF_8));
        state.delete("b5".getBytes(UTF_8));
        state.put("b9".getBytes(UTF_8), "new".getBytes(UTF_8));

        assertThat(seen(state, "b", 99)).containsExactly("b0=new", "b1=old", "b3=new", "b9=new");
    }

    @Test
    void a_visitor_who_has_seen_enough_ends_the_reading_of_committed_rows() {
        commit("b1", "b2", "b3", "b4", "b5");
        var state = new Batch(counted).state(BUCKET);
        state.put("b0".getBytes(UTF_8), "new".getBytes(UTF_8));
        state.put("b9".getBytes(UTF_8), "new".getBytes(UTF_8));

        assertThat(seen(state, "b", 2)).containsExactly("b0=new", "b1=old");
        assertThat(rowsRead).isEqualTo(1);
        assertThat(seen(state, "b", 1)).containsExactly("b0=new");
    }

    @Test
    void any_mix_of_rows_is_seen_as_one_ordered_map() {
        var random = new SplittableRandom(11);
        for (int round = 0; round < 300; round++) {
            var fresh = new MemoryTables();
            var expected = new TreeMap<String, String>();
            var first = new Batch(fresh);
            for (int i = random.nextInt(8); i > 0; i--) {
                var key = "k" + random.nextInt(10);
                first.state(BUCKET).put(key.getBytes(UTF_8), "old".getBytes(UTF_8));
                expected.put(key, key + "=old");
            }
            fresh.apply(first);
            var state = new Batch(fresh).state(BUCKET);
            for (int i = random.nextInt(8); i > 0; i--) {
                var key = "k" + random.nextInt(10);
                if (random.nextBoolean()) {
                    state.put(key.getBytes(UTF_8), "new".getBytes(UTF_8));
                    expected.put(key, key + "=new");
                } else {
                    state.delete(key.getBytes(UTF_8));
                    expected.remove(key);
                }
            }
            int most = 1 + random.nextInt(10);

            assertThat(seen(state, "k", most))
                    .isEqualTo(expected.values().stream().limit(most).toList());
        }
    }
}
