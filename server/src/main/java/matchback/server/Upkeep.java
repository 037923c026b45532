package matchback.server;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;
import matchback.attribute.Rules;
import matchback.server.config.Configuration;
import matchback.store.embedded.Maintenance;
import matchback.store.embedded.TableDigest;
import matchback.store.embedded.duck.DuckFacts;
import org.jspecify.annotations.Nullable;

/// Work on a data folder that no server has open.
final class Upkeep {
    private final Configuration configuration;
    private final PrintStream out;

    Upkeep(Configuration configuration, PrintStream out) {
        this.configuration = configuration;
        this.out = out;
    }

    /// Folds the ledger again and compares; throws the columns away, so that the next start fills
    /// them from what is there now.
    int rebuild() {
        try (var maintenance = open()) {
            var result =
                    maintenance.rebuild(
                            new Rules(StageConfigs.rules(configuration)),
                            configuration.store().reportCurrency(),
                            events -> {});
            result.before().keySet().stream()
                    .sorted()
                    .forEach(table -> {
                        var before = result.before().get(table);
                        var after = result.after().get(table);
                        out.printf(
                                Locale.ROOT,
                                "%-7s before %s  after %s  %s%n",
                                table.word(),
                                brief(before),
                                brief(after),
                                Objects.equals(before, after) ? "equal" : "DIFFERENT");
                    });
            DuckFacts.discard(configuration.store().data());
            out.printf(
                    Locale.ROOT,
                    "%,d records folded again; state, facts and outbox are %s; the columns are"
                            + " filled again at the next start%n",
                    result.events(),
                    result.isEqual() ? "equal to what they were" : "DIFFERENT from what they were");
            return result.isEqual() ? Commands.DONE : Commands.FAILED;
        }
    }

    private static String brief(@Nullable TableDigest digest) {
        return digest == null
                ? "none"
                : "%,d rows %s".formatted(digest.rows(), digest.sha256().substring(0, 16));
    }

    /// Reads every record and compares the chains.
    int verify() {
        try (var maintenance = open()) {
            var result = maintenance.verify(records -> {});
            result.problems().forEach(problem -> out.println("problem: " + problem));
            out.printf(
                    Locale.ROOT,
                    "%,d records and %,d personal blocks read; %s%n",
                    result.records(),
                    result.personalBlocks(),
                    result.isWhole()
                            ? "every hash and every chain is right"
                            : "NOT whole, see the problems above");
            return result.isWhole() ? Commands.DONE : Commands.FAILED;
        }
    }

    private Maintenance open() {
        return Maintenance.open(configuration.store().data(), StageConfigs.embedded(configuration));
    }
}
