package matchback.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import matchback.ledger.Batch;
import matchback.ledger.Keys;
import matchback.ledger.Table;
import matchback.ledger.kit.KitEvents;
import matchback.ledger.testing.Golden;
import matchback.ledger.testing.Mutations;
import matchback.model.ClickIdKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {
    @TempDir Path parent;

    private Path data() {
        return parent.resolve("data");
    }

    @Test
    void it_is_made_once_and_found_again() {
        Installation made;
        try (var ledger = EmbeddedHost.open(data())) {
            made = ledger.installation();
        }

        try (var ledger = EmbeddedHost.open(data())) {
            assertThat(ledger.installation()).isEqualTo(made);
        }
        assertThat(made.installedAtMillis()).isEqualTo(1_790_000_000_000L);
        assertThat(made.node()).isZero();
        assertThat(made.clickIdKeys())
                .singleElement()
                .extracting(ClickIdKey::fromMillis)
                .isEqualTo(1_790_000_000_000L);
        assertThat(made.fingerprintKey()).hasSize(32);
    }

    @Test
    void two_installations_share_no_key() {
        try (var one = EmbeddedHost.open(parent.resolve("one"));
                var two = EmbeddedHost.open(parent.resolve("two"))) {
            var first = one.installation();
            var second = two.installation();

            assertThat(first.clickIdKeys()).doesNotContainAnyElementsOf(second.clickIdKeys());
            assertThat(first.fingerprintKey()).isNotEqualTo(second.fingerprintKey());
            assertThat(first.fingerprintKey())
                    .isNotEqualTo(first.clickIdKeys().getFirst().secret());
        }
    }

    @Test
    void a_ledger_without_its_installation_is_refused() throws Exception {
        try (var ledger = EmbeddedHost.open(data())) {
            ledger.submit(new KitEvents(1).click("a"), null).join();
        }
        var rocks = Rocks.open(data().resolve("ledger"), EmbeddedConfig.DEFAULT);
        rocks.write(List.of(new Batch.Write(Table.META, Keys.meta("installation"), null)));
        rocks.release();

        assertThatThrownBy(() -> EmbeddedHost.open(data()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("its keys are lost");
    }

    @Test
    void it_looks_as_it_always_did() {
        var key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        var other = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
        var installation =
                new Installation(
                        1_790_000_000_000L,
                        List.of(
                                new ClickIdKey(1_790_000_000_000L, key),
                                new ClickIdKey(1_800_000_000_000L, other)),
                        other,
                        3);

        var stored = Golden.require("v1/installation", installation.encoded());

        assertThat(Installation.decode(stored)).isEqualTo(installation);
        assertThat(installation.toString()).doesNotContain("0123");
        Mutations.requireOnlyCorruptRecords(stored, Installation::decode);
    }

    @Test
    void small_facts_are_kept() {
        var value = new byte[] {1, 0, (byte) 0xFF};
        try (var ledger = EmbeddedHost.open(data())) {
            assertThat(ledger.get("admin-token")).isEmpty();

            ledger.put("admin-token", value);

            assertThat(ledger.get("admin-token")).contains(value);
        }
        try (var ledger = EmbeddedHost.open(data())) {
            assertThat(ledger.get("admin-token")).contains(value);
            assertThat(ledger.get("installation")).isEmpty();

            ledger.change(Map.of("note/1", value, "note/2", value), List.of("admin-token"));

            assertThat(ledger.get("admin-token")).isEmpty();
            var names = new ArrayList<String>();
            ledger.visit("note/", (name, _) -> names.add(name));
            assertThat(names).containsExactly("note/1", "note/2");
        }
    }
}
