package matchback.console.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Rebuild;
import matchback.ledger.Sandbox;
import matchback.ledger.Scratch;
import matchback.ledger.Table;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryScratch;
import matchback.ledger.memory.MemoryTables;
import matchback.model.Feed;
import matchback.model.Params;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.store.embedded.RocksScratch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A dry run says what the ledger then says, on either kind of scratch.
final class SandboxTest {
    private static final Rules RULES = new Rules(RulesConfig.DEFAULT);

    @TempDir static Path data;

    private final MemoryTables tables = new MemoryTables();
    private final MemoryLedger ledger = new MemoryLedger(tables, RULES, "USD");

    static Stream<Supplier<Scratch>> scratches() {
        return Stream.of(MemoryScratch::new, () -> RocksScratch.open(data));
    }

    /// Reports of three clicks that nobody recorded, so that each is refused and remembered.
    private static PostbackReceived report(int number) {
        var id = new RecordId(7L << 16, number);
        return new PostbackReceived(
                id,
                1_000,
                0,
                new Subject("subject " + number % 3),
                Feed.FILE,
                "",
                "",
                "clickid",
                "x",
                Reason.MALFORMED_CLICK_ID,
                "",
                Params.EMPTY,
                List.of(),
                List.of(),
                new byte[32]);
    }

    @ParameterizedTest
    @MethodSource("scratches")
    void it_says_what_the_ledger_then_says_and_stores_nothing(Supplier<Scratch> scratch) {
        ledger.submit(report(1), null).join();
        var before = tables.copy();
        var tried = new ArrayList<String>();
        try (var sandbox = new Sandbox(ledger.snapshot(), RULES, ledger::catalog, scratch.get())) {
            for (int i = 0; i < 200; i++) {
                tried.add(sandbox.accept(report(i % 120)).outcome() + "");
            }
        }
        assertThat(Rebuild.digest(tables, Table.STATE))
                .isEqualTo(Rebuild.digest(before, Table.STATE));

        var done = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            done.add(ledger.submit(report(i % 120), null).join().outcome() + "");
        }

        assertThat(tried).isEqualTo(done);
    }

    @Test
    void a_scratch_keeps_order_and_leaves_nothing_behind() throws Exception {
        var folder = data.resolve("other");
        try (var scratch = RocksScratch.open(folder)) {
            for (int i = 0; i < 5; i++) {
                scratch.put(new byte[] {1, (byte) (4 - i)}, new byte[] {(byte) i});
                scratch.put(new byte[] {2, (byte) i}, new byte[] {9});
            }
            var seen = new ArrayList<Integer>();
            scratch.range(
                    new byte[] {1},
                    (key, value) -> {
                        seen.add(key[1] * 10 + value[0]);
                        return seen.size() < 4;
                    });

            assertThat(seen).containsExactly(4, 13, 22, 31);
            assertThat(scratch.get(new byte[] {1, 0})).containsExactly(4);
            assertThat(scratch.get(new byte[] {3})).isNull();
        }
        try (var left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }
}
