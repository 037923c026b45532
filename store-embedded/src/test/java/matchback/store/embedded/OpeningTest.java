package matchback.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import matchback.ledger.kit.KitRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpeningTest {
    @TempDir Path parent;

    private static EmbeddedLedger open(Path data, String reportCurrency) {
        return EmbeddedLedger.open(
                data, EmbeddedConfig.DEFAULT, new KitRules(), reportCurrency, EmbeddedHost.SEED);
    }

    @Test
    void the_report_currency_of_the_first_start_stays() {
        var data = parent.resolve("data");
        open(data, "EUR").close();

        assertThatThrownBy(() -> open(data, "USD"))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("EUR")
                .hasMessageContaining("USD");

        // Refused, but neither locked nor changed.
        open(data, "EUR").close();
    }

    @Test
    void nothing_is_rebuilt_in_another_report_currency() {
        var data = parent.resolve("data");
        open(data, "EUR").close();

        try (var maintenance = Maintenance.open(data, EmbeddedConfig.DEFAULT)) {
            assertThatThrownBy(() -> maintenance.rebuild(new KitRules(), "USD", _ -> {}))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("EUR");
            assertThat(maintenance.rebuild(new KitRules(), "EUR", _ -> {}).isEqual()).isTrue();
        }
    }

    @Test
    void a_new_data_folder_is_its_owners_alone() throws IOException {
        assumeTrue(parent.getFileSystem().supportedFileAttributeViews().contains("posix"));
        var data = parent.resolve("var").resolve("data");

        open(data, "USD").close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void a_folder_that_is_there_keeps_its_rights() throws IOException {
        assumeTrue(parent.getFileSystem().supportedFileAttributeViews().contains("posix"));
        var data = Files.createDirectory(parent.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));

        open(data, "USD").close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwxr-x---");
    }
}
