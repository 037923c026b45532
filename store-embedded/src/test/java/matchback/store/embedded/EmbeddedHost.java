package matchback.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.Ledger;
import matchback.ledger.Table;
import matchback.ledger.kit.KitHost;
import matchback.ledger.kit.KitRules;

/// The embedded engine in a folder below a temporary one. A crash is a copy of the folder taken
/// while it is in use: what the copy holds is what the disk would have held.
final class EmbeddedHost implements KitHost {
    static final InstallationSeed SEED =
            new InstallationSeed(
                    InstantSource.fixed(Instant.ofEpochMilli(1_790_000_000_000L)),
                    new SecureRandom());

    private final Path parent;
    private int generation;
    private Optional<EmbeddedLedger> open = Optional.empty();

    EmbeddedHost(Path parent) {
        this.parent = parent;
    }

    static EmbeddedLedger open(Path data) {
        return EmbeddedLedger.open(data, EmbeddedConfig.DEFAULT, new KitRules(), "USD", SEED);
    }

    Path data() {
        return parent.resolve("data" + generation);
    }

    @Override
    public Ledger open() {
        var ledger = open(data());
        open = Optional.of(ledger);
        return ledger;
    }

    @Override
    public void crash() {
        var from = data();
        generation++;
        copy(from, data());
        close();
    }

    /// Copies a data folder as it stands, without its locks.
    static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                if (!file.endsWith("LOCK")) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Digests rebuild() {
        try (var maintenance = Maintenance.open(data(), EmbeddedConfig.DEFAULT)) {
            var result = maintenance.rebuild(new KitRules(), "USD", _ -> {});
            return new Digests(digests(result.before()), digests(result.after()));
        }
    }

    private static Map<Table, String> digests(Map<Table, TableDigest> digests) {
        var texts = new EnumMap<Table, String>(Table.class);
        digests.forEach((table, digest) -> texts.put(table, digest.sha256()));
        return texts;
    }

    @Override
    public void close() {
        open.ifPresent(EmbeddedLedger::close);
    }
}
