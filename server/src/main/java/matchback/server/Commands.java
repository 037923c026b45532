package matchback.server;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.server.config.Configuration;
import matchback.server.config.Listing;
import matchback.server.config.Loader;
import matchback.server.config.Loader.Loaded;
import matchback.server.config.Setting;
import matchback.server.config.StoreSettings;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/// The command line: finds the command, collects the configuration, runs the command.
///
/// Exit codes: 0 done, 1 it could not be done, 2 the command line or the configuration is wrong.
final class Commands {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG = 2;

    private static final String EXIT = "--exit";
    private static final String BRIEF = "--brief";
    private static final String CONFIG = "--config";
    private static final String PRINT_CONFIG = "--print-config";

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Set<String> EVERYTHING =
            Configuration.CONCERNS.stream()
                    .map(Configuration.Concern::title)
                    .collect(Collectors.toUnmodifiableSet());

    /// A command with everything it needs to run.
    interface Action {
        int run(Loaded.Ready ready, ParseResult parsed) throws Exception;
    }

    /// @param concerns titles of the settings that its help shows; the others are taken silently
    private record Verb(
            String name,
            String meaning,
            Set<String> concerns,
            Action action,
            List<? extends ArgSpec> own) {}

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Commands(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    int run(String... arguments) {
        var line = new CommandLine(root());
        line.setOut(writer(out)).setErr(writer(err));
        line.setUnmatchedArgumentsAllowed(true);
        line.setExecutionStrategy(this::execute);
        line.setParameterExceptionHandler((e, _) -> {
            err.println("matchback: " + e.getMessage());
            return WRONG;
        });
        line.setExecutionExceptionHandler((e, _, _) -> {
            err.println("matchback: " + Trouble.oneLine(e));
            return FAILED;
        });
        return line.execute(arguments);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private List<Verb> verbs() {
        return List.of(
                new Verb(
                        "serve",
                        "Run it in the foreground: takes clicks and postbacks, shows the console."
                                + " Stops cleanly on Ctrl-C and SIGTERM.",
                        EVERYTHING,
                        (ready, _) -> new Serve(ready.configuration(), CLOCK, out).run(),
                        List.of()),
                new Verb(
                        "demo",
                        "Run it with an hour of made-up traffic in an empty folder of its own, and"
                                + " leave the console open to look at.",
                        Set.of("Data", "Clicks and postbacks", "Console and API"),
                        this::demo,
                        List.of(
                                Options.flag(EXIT, "Stop when the traffic is played."),
                                Options.flag(BRIEF, "Play a tenth of the traffic, quickly."))),
                new Verb(
                        "doctor",
                        "Look at this machine and installation and say what is wrong.",
                        Set.of("Data", "Clicks and postbacks", "Console and API", "TLS"),
                        (ready, _) -> doctor(ready),
                        List.of()),
                new Verb(
                        "try",
                        "Play the example of a sender's template, as its platform would send it,"
                                + " against a tracker in memory; without a template list them.",
                        Set.of(),
                        (_, parsed) ->
                                new Try(CLOCK, out).run(parsed.matchedPositionalValue(0, "")),
                        List.of(
                                PositionalParamSpec.builder()
                                        .index("0")
                                        .arity("0..1")
                                        .type(String.class)
                                        .paramLabel("<template>")
                                        .description("Key of a template, such as everflow.")
                                        .build())),
                simulate(),
                recover(),
                replay(),
                new Verb(
                        "rebuild",
                        "Fold state and reports anew from the ledger and compare with what was"
                                + " there. The server must be stopped.",
                        Set.of("Data"),
                        (ready, _) -> new Upkeep(ready.configuration(), out).rebuild(),
                        List.of()),
                new Verb(
                        "ledger verify",
                        "Read every record of the ledger and check hashes and chains. The server"
                                + " must be stopped.",
                        Set.of("Data"),
                        (ready, _) -> new Upkeep(ready.configuration(), out).verify(),
                        List.of()));
    }

    private Verb simulate() {
        return new Verb(
                "simulate",
                "Send made-up traffic, honest and not, to a running server on this machine, or"
                        + " write it into a file; and tell by the truth about it what became of it.",
                Set.of("Data", "Clicks and postbacks", "Console and API"),
                (ready, parsed) ->
                        new Simulate(ready.configuration(), CLOCK, out)
                                .run(SimulateWords.read(parsed)),
                SimulateWords.specs());
    }

    private Verb replay() {
        return new Verb(
                "replay",
                "Decide the postbacks of a period again by the settings of now: see what would"
                        + " change, and write it with --apply. The server may run or be stopped.",
                Set.of("Data", "Console and API"),
                (ready, parsed) -> new ReplayCommand(ready.configuration(), CLOCK, out).run(parsed),
                ReplayCommand.specs());
    }

    private Verb recover() {
        return new Verb(
                "recover",
                "Read a proxy's access log for clicks and postbacks that it answered with 502, 503"
                        + " or 504 while the server was down, and take them with their own time."
                        + " The server may run or be stopped.",
                Set.of("Data", "Console and API"),
                (ready, parsed) -> {
                    var host = ready.configuration().tracking().publicUrl();
                    return new RecoverCommand(ready.configuration(), CLOCK)
                            .run(RecoverWords.wish(parsed, host), out);
                },
                RecoverWords.specs());
    }

    private CommandSpec root() {
        var root =
                CommandSpec.create()
                        .name("matchback")
                        .version("matchback " + Version.text())
                        .mixinStandardHelpOptions(true);
        root.usageMessage(
                new UsageMessageSpec()
                        .description(
                                "Matchback, a self-hosted conversion tracker: records clicks,"
                                        + " takes postbacks, says what became of each and why."));
        verbs().forEach(verb -> add(root, verb));
        return root;
    }

    /// A name of two words is a command within a command.
    private static void add(CommandSpec root, Verb verb) {
        var words = verb.name().split(" ", 2);
        if (words.length == 1) {
            root.addSubcommand(words[0], spec(verb, words[0]));
            return;
        }
        var group = CommandSpec.create().name(words[0]).mixinStandardHelpOptions(true);
        group.usageMessage(new UsageMessageSpec().description(verb.meaning()));
        group.addSubcommand(words[1], spec(verb, words[1]));
        root.addSubcommand(words[0], group);
    }

    private static CommandSpec spec(Verb verb, String name) {
        var spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
        spec.usageMessage(new UsageMessageSpec().description(verb.meaning()).width(100));
        verb.own().forEach(spec::add);
        spec.addOption(
                OptionSpec.builder(CONFIG)
                        .type(String.class)
                        .paramLabel("<file>")
                        .description(
                                "File of settings; without it matchback.conf in the data folder.")
                        .build());
        spec.addOption(
                OptionSpec.builder(PRINT_CONFIG)
                        .type(boolean.class)
                        .description("Show what is set and where each value comes from, and stop.")
                        .build());
        for (var concern : Configuration.CONCERNS) {
            boolean isShown = verb.concerns().contains(concern.title());
            var group =
                    ArgGroupSpec.builder().validate(false).heading("%n" + concern.title() + ":%n");
            concern.settings().forEach(setting -> group.addArg(option(setting, isShown)));
            if (isShown) {
                spec.addArgGroup(group.build());
            } else {
                concern.settings().forEach(setting -> spec.addOption(option(setting, false)));
            }
        }
        return spec;
    }

    private static OptionSpec option(Setting<?> setting, boolean isShown) {
        var fallback = setting.fallback().isEmpty() ? "" : " (default: " + setting.fallback() + ")";
        var option =
                OptionSpec.builder(setting.flag())
                        .type(String.class)
                        .hidden(!isShown || setting.visibility() == Setting.Visibility.UNDOCUMENTED)
                        .description((setting.meaning() + fallback).replace("%", "%%"));
        return setting.isFlag()
                ? option.arity("0..1").fallbackValue("true").paramLabel("true|false").build()
                : option.paramLabel("<value>").build();
    }

    private int execute(ParseResult parsed) {
        var help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        return executeLeaf(leaf(parsed));
    }

    private static ParseResult leaf(ParseResult parsed) {
        return parsed.hasSubcommand() ? leaf(parsed.subcommand()) : parsed;
    }

    private int executeLeaf(ParseResult leaf) {
        var name = leaf.commandSpec().qualifiedName(" ").replaceFirst("^matchback ?", "");
        var verb = verbs().stream().filter(v -> v.name().equals(name)).findFirst();
        if (verb.isEmpty()) {
            return unknownCommand(leaf);
        }
        var file = Optional.ofNullable(leaf.<String>matchedOptionValue(CONFIG, null)).map(Path::of);
        var strays = strays(leaf);
        if (!strays.isEmpty()) {
            return refuse(strays);
        }
        return switch (Loader.load(file, environment, flags(leaf))) {
            case Loaded.Refused(var problems) -> refuse(problems);
            case Loaded.Ready ready when leaf.hasMatchedOption(PRINT_CONFIG) -> {
                out.print(Listing.effective(ready.values()));
                yield DONE;
            }
            case Loaded.Ready ready -> act(verb.get(), ready, leaf);
        };
    }

    private int act(Verb verb, Loaded.Ready ready, ParseResult parsed) {
        try {
            Logs.set(ready.configuration().log());
            return verb.action().run(ready, parsed);
        } catch (Exception e) {
            err.println("matchback: " + Trouble.oneLine(e));
            return FAILED;
        }
    }

    private int refuse(List<String> problems) {
        problems.forEach(problem -> err.println("matchback: " + problem));
        return WRONG;
    }

    private int unknownCommand(ParseResult parsed) {
        if (parsed.unmatched().isEmpty()) {
            parsed.commandSpec().commandLine().usage(out);
            return WRONG;
        }
        return refuse(
                List.of(
                        "no command '%s'; there are %s"
                                .formatted(
                                        parsed.unmatched().getFirst(),
                                        String.join(
                                                ", ",
                                                parsed.commandSpec().subcommands().keySet()))));
    }

    /// Words that belong to no flag; a value after an unknown flag is that flag's.
    private static List<String> strays(ParseResult parsed) {
        var strays = new ArrayList<String>();
        boolean afterFlag = false;
        for (var word : parsed.unmatched()) {
            boolean isFlag = word.startsWith("-");
            if (!isFlag && !afterFlag) {
                strays.add("'" + word + "' belongs to no flag");
            }
            afterFlag = isFlag && !word.contains("=");
        }
        return strays;
    }

    /// Settings by key; unknown flags are among them, so that all problems are told at once.
    private static Map<String, String> flags(ParseResult parsed) {
        var flags = new LinkedHashMap<String, String>();
        for (var setting : Configuration.settings()) {
            if (parsed.hasMatchedOption(setting.flag())) {
                flags.put(setting.key(), parsed.matchedOptionValue(setting.flag(), ""));
            }
        }
        parsed.unmatched().stream()
                .filter(word -> word.startsWith("-"))
                .map(word -> word.replaceFirst("^-+", "").replaceFirst("=.*", ""))
                .forEach(key -> flags.put(key, ""));
        return flags;
    }

    private int demo(Loaded.Ready ready, ParseResult parsed) throws Exception {
        var options =
                new Demo.Options(
                        ready.values().isGiven(StoreSettings.DATA),
                        parsed.hasMatchedOption(EXIT),
                        parsed.hasMatchedOption(BRIEF));
        return new Demo(ready.configuration(), options, CLOCK, out).run();
    }

    private int doctor(Loaded.Ready ready) {
        var path =
                Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of);
        var folders = Stream.concat(path, Stream.of(Path.of("/usr/sbin"))).toList();
        var found = new Doctor(ready.configuration(), CLOCK, folders).look();
        found.forEach(verdict -> out.println(verdict.line()));
        boolean isWell = found.stream().noneMatch(v -> v.weight() == Verdict.Weight.FAIL);
        out.println(isWell ? "Matchback can run here." : "Matchback cannot run here yet.");
        return isWell ? DONE : FAILED;
    }
}
