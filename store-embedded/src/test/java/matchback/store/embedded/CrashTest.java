package matchback.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import matchback.ledger.Event.Check;
import matchback.ledger.Event.Checked;
import matchback.ledger.kit.KitRules;
import matchback.ledger.kit.Ledgers;
import matchback.ledger.testing.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes is killed, again and again on the same folder. `-Dseed=` replays the
/// moments.
final class CrashTest {
    private static final int ACKNOWLEDGED_MAX = 2000;

    @TempDir Path folder;
    private final List<String> acknowledged = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(Long.getLong("seed", 7));

    @Test
    void nothing_acknowledged_is_lost_or_doubled_in_five_kills() throws Exception {
        killAndCheck(5);
    }

    @Test
    @Tag("long")
    void nothing_acknowledged_is_lost_or_doubled_in_a_hundred_kills() throws Exception {
        killAndCheck(100);
    }

    private void killAndCheck(int kills) throws Exception {
        var data = folder.resolve("data");
        for (int kill = 1; kill <= kills; kill++) {
            writeAndKill(data, kill);

            requireEverythingAcknowledged(data);
            // A rebuild takes as long as the ledger, so it is not done after each of many kills.
            if (kill <= 5 || kill % 20 == 0) {
                requireWhole(data);
            }
        }
    }

    private void writeAndKill(Path data, int number) throws Exception {
        int linesBeforeKill = 1 + random.nextInt(ACKNOWLEDGED_MAX);
        try (var writer = new ChildJvm(SteadyWriter.class, data.toString(), "" + number)) {
            Await.until(
                    "%d lines of a living writer: %s".formatted(linesBeforeKill, writer.lines()),
                    () -> writer.lineCount() >= linesBeforeKill || !writer.isAlive());
            assertThat(writer.isAlive()).as(() -> "" + writer.lines()).isTrue();
            writer.kill();
            assertThat(writer.lines("F")).isEmpty();
            acknowledged.addAll(writer.lines("A"));
        }
    }

    private void requireEverythingAcknowledged(Path data) {
        try (var ledger = EmbeddedHost.open(data);
                var snapshot = ledger.snapshot()) {
            var stored =
                    Ledgers.entries(snapshot).stream()
                            .filter(entry -> !(entry.event() instanceof Check))
                            .filter(entry -> !(entry.event() instanceof Checked))
                            .map(entry -> entry.event().recordId().toString())
                            .toList();
            // By sets: AssertJ compares each with each, and these lists are long.
            var distinct = new HashSet<>(stored);
            assertThat(stored).hasSameSizeAs(distinct);
            assertThat(acknowledged).filteredOn(id -> !distinct.contains(id)).isEmpty();
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(distinct.size() / 2);
            Ledgers.requireWholeChains(snapshot);
        }
    }

    private static void requireWhole(Path data) {
        try (var maintenance = Maintenance.open(data, EmbeddedConfig.DEFAULT)) {
            assertThat(maintenance.verify(_ -> {}).problems()).isEmpty();
            var rebuilt = maintenance.rebuild(new KitRules(), "USD", _ -> {});
            assertThat(rebuilt.after()).isEqualTo(rebuilt.before());
        }
    }
}
