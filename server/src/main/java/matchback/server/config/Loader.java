package matchback.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Collects the configuration: defaults, then the file, then the environment, then flags; the later
/// wins. Finds all that is wrong before it says anything.
public final class Loader {

    /// Name of the file in the data folder that is read when no other is named.
    public static final String FILE_NAME = "matchback.conf";

    /// The variable that names another file.
    public static final String FILE_VARIABLE = Setting.VARIABLE_PREFIX + "CONFIG";

    /// Read by the launcher, not by us.
    private static final Set<String> OTHER_VARIABLES =
            Set.of(Setting.VARIABLE_PREFIX + "JAVA_OPTS");

    /// What came of it.
    public sealed interface Loaded {
        record Ready(Configuration configuration, Values values) implements Loaded {}

        /// @param problems one line each
        record Refused(List<String> problems) implements Loaded {}
    }

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Values.Given> given = new LinkedHashMap<>();

    private Loader() {}

    /// @param file named by a flag; empty: by the variable, else the one in the data folder
    /// @param environment all of it; what does not begin with MATCHBACK_ is left alone
    /// @param flags key without dashes to text
    public static Loaded load(
            Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        return new Loader().loaded(file, environment, flags);
    }

    private Loaded loaded(
            Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        readFile(file, environment, flags);
        readEnvironment(environment);
        // In the order of their names, so that the same mistakes are always told alike.
        new TreeMap<>(flags).forEach((key, text) -> take(key, text, "--" + key, "--"));
        if (!problems.isEmpty()) {
            return new Loaded.Refused(List.copyOf(problems));
        }
        var values = new Values(given);
        var configuration = Configuration.from(values);
        var contradictions = configuration.contradictions();
        return contradictions.isEmpty()
                ? new Loaded.Ready(configuration, values)
                : new Loaded.Refused(contradictions);
    }

    private void readFile(
            Optional<Path> byFlag, Map<String, String> environment, Map<String, String> flags) {
        var named =
                byFlag.or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE)).map(Path::of));
        var data =
                flags.getOrDefault(
                        StoreSettings.DATA.key(),
                        environment.getOrDefault(
                                StoreSettings.DATA.variable(), StoreSettings.DATA.fallback()));
        var file = named.orElseGet(() -> Path.of(data).resolve(FILE_NAME));
        if (named.isEmpty() && !Files.exists(file)) {
            return;
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            problems.add("cannot read the configuration file " + file + ": " + e);
            return;
        }
        for (int number = 1; number <= lines.size(); number++) {
            readLine(lines.get(number - 1).strip(), file.getFileName() + " line " + number);
        }
    }

    private void readLine(String line, String origin) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int sign = line.indexOf('=');
        if (sign < 0) {
            problems.add(origin + ": no '=' in it; expected key = value");
            return;
        }
        var key = line.substring(0, sign).strip();
        var earlier = given.get(key);
        if (earlier != null) {
            problems.add("%s: %s was already set in %s".formatted(origin, key, earlier.origin()));
            return;
        }
        take(key, withoutComment(line.substring(sign + 1)), origin, "");
    }

    private static String withoutComment(String value) {
        int comment = value.indexOf(" #");
        return (comment < 0 ? value : value.substring(0, comment)).strip();
    }

    private void readEnvironment(Map<String, String> environment) {
        var byVariable = new LinkedHashMap<String, Setting<?>>();
        Configuration.settings().forEach(s -> byVariable.put(s.variable(), s));
        environment.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(Setting.VARIABLE_PREFIX))
                .filter(entry -> !OTHER_VARIABLES.contains(entry.getKey()))
                .filter(entry -> !entry.getKey().equals(FILE_VARIABLE))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> {
                    var variable = entry.getKey();
                    var setting = byVariable.get(variable);
                    if (setting == null) {
                        problems.add(
                                "%s: unknown variable; did you mean %s?"
                                        .formatted(
                                                variable,
                                                Nearest.to(variable, byVariable.keySet())));
                    } else {
                        take(setting.key(), entry.getValue(), variable, "");
                    }
                });
    }

    /// @param dashes how keys are written where this one comes from
    private void take(String key, String text, String origin, String dashes) {
        var setting = Configuration.setting(key);
        if (setting.isEmpty()) {
            var keys = Configuration.settings().stream().map(Setting::key).toList();
            problems.add(
                    "%s: unknown key%s; did you mean %s?"
                            .formatted(
                                    origin,
                                    dashes.isEmpty() ? " " + key : "",
                                    dashes + Nearest.to(key, keys)));
            return;
        }
        if (setting.get().form().reader().apply(text).isEmpty()) {
            problems.add(
                    "%s: %s is '%s'; expected %s"
                            .formatted(
                                    origin,
                                    key,
                                    setting.get().shown(text),
                                    setting.get().form().expected()));
            return;
        }
        given.put(key, new Values.Given(text, origin));
    }
}
