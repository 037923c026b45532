package matchback.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import matchback.ledger.Batch;
import matchback.ledger.Keys;
import matchback.ledger.Table;
import matchback.ledger.kit.KitEvents;
import matchback.ledger.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir Path parent;

    private Path data() {
        return parent.resolve("data");
    }

    @Test
    void a_new_folder_says_what_it_is() throws Exception {
        EmbeddedHost.open(data()).close();

        assertThat(data().resolve("FORMAT")).hasContent("matchback data, format 1\n");
        assertThat(data().resolve("ledger")).isDirectory();
    }

    @Test
    void a_folder_can_be_opened_once_at_a_time() {
        var ledger = EmbeddedHost.open(data());

        assertThatThrownBy(() -> EmbeddedHost.open(data()))
                .isInstanceOf(StoreFailure.class)
                .hasMessage("the data folder %s is in use by another process".formatted(data()));
        assertThatThrownBy(() -> Maintenance.open(data(), EmbeddedConfig.DEFAULT))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("in use");
        ledger.close();
        EmbeddedHost.open(data()).close();
    }

    @Test
    void a_folder_that_another_process_uses_is_refused_until_that_process_is_gone()
            throws Exception {
        try (var writer = new ChildJvm(SteadyWriter.class, data().toString(), "1")) {
            Await.until("the other process writes", () -> writer.lines("A").size() > 1);

            assertThatThrownBy(() -> EmbeddedHost.open(data()))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("is in use by another process");
            writer.kill();
        }
        EmbeddedHost.open(data()).close();
    }

    @Test
    void a_newer_format_is_refused() throws Exception {
        EmbeddedHost.open(data()).close();
        Files.writeString(data().resolve("FORMAT"), "matchback data, format 2\n");

        assertThatThrownBy(() -> EmbeddedHost.open(data()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("has format 2; this build reads up to 1");
    }

    @Test
    void a_newer_format_within_the_ledger_is_refused_too() throws Exception {
        EmbeddedHost.open(data()).close();
        var rocks = Rocks.open(data().resolve("ledger"), EmbeddedConfig.DEFAULT);
        rocks.write(List.of(new Batch.Write(Table.META, Keys.meta("format"), new byte[] {2})));
        rocks.release();

        assertThatThrownBy(() -> EmbeddedHost.open(data()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void a_folder_of_somebody_else_is_left_alone() throws Exception {
        Files.createDirectories(data());
        Files.writeString(data().resolve("thesis.txt"), "chapter 1");

        assertThatThrownBy(() -> EmbeddedHost.open(data()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("not empty")
                .hasMessageContaining("thesis.txt");
        assertThat(data()).isDirectoryNotContaining("glob:**ledger");
    }

    @Test
    void a_format_file_of_something_else_is_refused() throws Exception {
        Files.createDirectories(data());
        Files.writeString(data().resolve("FORMAT"), "another database\n");

        assertThatThrownBy(() -> EmbeddedHost.open(data()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("is not ours");
    }

    @Test
    void a_file_is_no_folder() throws Exception {
        Files.writeString(data(), "x");

        assertThatThrownBy(() -> EmbeddedHost.open(data()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("is a file");
        assertThatThrownBy(() -> EmbeddedHost.open(data().resolve("below")))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void a_folder_that_cannot_be_written_is_refused() {
        var unwritable = Path.of("/proc/matchback");
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "/proc is not here");

        assertThatThrownBy(() -> EmbeddedHost.open(unwritable))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("the data folder /proc/matchback cannot be used");
    }

    @Test
    void a_first_start_that_was_cut_off_is_begun_again() throws Exception {
        Files.createDirectories(data());
        Files.createFile(data().resolve("LOCK"));
        Files.writeString(data().resolve("FORMAT.new"), "match");

        var ledger = EmbeddedHost.open(data());

        assertThat(ledger.submit(new KitEvents(1).click("a"), null).join()).isNotNull();
        ledger.close();
    }

    @Test
    void a_damaged_database_is_refused_with_a_reason() throws Exception {
        EmbeddedHost.open(data()).close();
        Files.writeString(data().resolve("ledger").resolve("CURRENT"), "MANIFEST-999999\n");

        assertThatThrownBy(() -> EmbeddedHost.open(data()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("cannot be opened");
        // The lock is given back: the same refusal again, not "in use".
        assertThatThrownBy(() -> EmbeddedHost.open(data()))
                .hasMessageContaining("cannot be opened");
    }
}
