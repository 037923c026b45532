package matchback.server.config;

import java.util.List;
import java.util.Locale;
import matchback.server.config.Setting.Visibility;

/// Shows the settings: the effective ones for an operator, all of them for the documentation.
public final class Listing {
    private Listing() {}

    /// `key = value` lines that could stand in a file, each with its origin.
    public static String effective(Values values) {
        var text = new StringBuilder();
        for (var concern : Configuration.CONCERNS) {
            text.append("# ").append(concern.title()).append('\n');
            for (var setting : shown(concern)) {
                var given = values.given(setting);
                var line = setting.key() + " = " + setting.shown(given.text());
                text.append(String.format(Locale.ROOT, "%-44s # %s%n", line, given.origin()));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /// docs/configuration.md.
    static String documentation() {
        var text =
                new StringBuilder(
                        """
                        # Configuration

                        Every key can be set in three ways; of several, the last in this list wins:

                        1. in the file `matchback.conf` in the data folder, or in the one that `--config` (or
                           `MATCHBACK_CONFIG`) names: lines of `key = value`, and comments that begin with `#`
                        2. as an environment variable: `console-port` is `MATCHBACK_CONSOLE_PORT`
                        3. as a flag: `--console-port 9081`

                        A key that does not exist is an error, and the nearest one is named. `./matchback serve --print-config` shows
                        what is in force and where each value comes from; secrets are masked.

                        This page is made from the declarations; a test fails when it is stale (`-Dgolden=write` writes it).
                        """);
        for (var concern : Configuration.CONCERNS) {
            text.append("\n## ").append(concern.title()).append("\n\n");
            text.append("| key | default | what | value |\n|---|---|---|---|\n");
            for (var setting : shown(concern)) {
                var fallback = setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
                text.append(
                        "| `%s` | %s | %s | %s |%n"
                                .formatted(
                                        setting.key(),
                                        fallback,
                                        setting.meaning(),
                                        setting.form().expected()));
            }
        }
        return text.toString();
    }

    private static List<Setting<?>> shown(Configuration.Concern concern) {
        return concern.settings().stream()
                .<Setting<?>>map(s -> s)
                .filter(s -> s.visibility() != Visibility.UNDOCUMENTED)
                .toList();
    }
}
