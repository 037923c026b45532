package matchback.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import matchback.ledger.kit.Ledgers;
import matchback.ledger.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that takes no more, made with the limit on file sizes of a running process.
final class FullDiskTest {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @TempDir Path folder;

    @Test
    void a_full_disk_fails_submissions_until_it_has_room_again() throws Exception {
        assumeTrue(Files.isExecutable(PRLIMIT), "prlimit (util-linux) is not here");
        var data = folder.resolve("data");
        try (var writer = new ChildJvm(SteadyWriter.class, data.toString(), "1")) {
            Await.until("acknowledged", () -> writer.lines("A").size() > 500);

            limitFileSize(writer.pid(), "16384");
            Await.until("refused", () -> writer.lines("F").size() > 20);
            int acknowledgedWhileFull = writer.lines("A").size();
            limitFileSize(writer.pid(), "unlimited");
            Await.until(
                    "acknowledged again",
                    () -> writer.lines("A").size() > acknowledgedWhileFull + 500);
            writer.kill();

            assertThat(writer.lines("F")).allMatch(line -> line.contains("the disk did not take"));
            try (var ledger = EmbeddedHost.open(data);
                    var snapshot = ledger.snapshot()) {
                Ledgers.requireWholeChains(snapshot);
                var stored = new HashSet<String>();
                Ledgers.ids(snapshot).forEach(id -> stored.add(id.toString()));
                assertThat(writer.lines("A")).filteredOn(id -> !stored.contains(id)).isEmpty();
            }
        }
    }

    private static void limitFileSize(long pid, String soft)
            throws IOException, InterruptedException {
        int exit =
                new ProcessBuilder(
                                PRLIMIT.toString(),
                                "--pid",
                                Long.toString(pid),
                                "--fsize=" + soft + ":unlimited")
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(exit).isZero();
    }
}
