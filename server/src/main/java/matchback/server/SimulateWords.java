package matchback.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import matchback.server.config.Form;
import matchback.server.simulate.Wish;
import matchback.simulation.Label;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The words of the command `simulate`.
final class SimulateWords {
    private static final String TO = "--to";
    private static final String REMOTE = "--allow-remote";
    private static final String SEED = "--seed";
    private static final String RATE = "--rate";
    private static final String DURATION = "--duration";
    private static final String SPEED = "--speed";
    private static final String ATTACKS = "--attacks";
    private static final String FILE = "--file";
    private static final String FROM = "--from";
    private static final String PAST = "--past";

    /// Each visit's click id is kept until the end.
    private static final double VISITS_MAX = 2_000_000;

    private static final double RATE_MAX = 2000;
    private static final double SPEED_MAX = 100_000;
    private static final int TRIES_MAX = 100_000;

    private SimulateWords() {}

    /// Where it goes.
    sealed interface Way {
        /// To a running server.
        ///
        /// @param to URL of its tracking listener; empty: the one the settings tell of
        record Live(String to, double speed) implements Way {}

        /// @param from when the traffic begins; empty: so that it ends now
        record IntoFile(Path file, Optional<Instant> from) implements Way {}

        /// Into an empty data folder.
        record IntoPast() implements Way {}
    }

    record Words(Wish wish, Way way) {}

    static List<OptionSpec> specs() {
        return List.of(
                Options.text(
                        TO,
                        "URL of the server's clicks and postbacks (default: http://127.0.0.1 with"
                                + " the port of the settings). The console, the token and the port"
                                + " are those of the settings below."),
                Options.flag(REMOTE, "Send to another machine than this one."),
                Options.text(SEED, "The same number gives the same traffic (default: 1)."),
                Options.text(
                        RATE,
                        "Honest visits a second, on average over a day (default: 5; with --file"
                                + " and --past 0.05)."),
                Options.text(
                        DURATION,
                        "How long visits come in, such as 90s, 5min, 30days (default: 5min; with"
                                + " --file and --past 7days)."),
                Options.text(
                        SPEED,
                        "Play it so many times as fast; delays are so much shorter (default: 1)."),
                Options.text(
                        ATTACKS,
                        "Attacks among it, separated by commas, each with the number of"
                                + " conversions it tries for, or without: click-injection:40. There"
                                + " are all, "
                                + Label.attackWords()
                                + "."),
                Options.text(FILE, "Write it into this new file with its labels; send nothing."),
                Options.text(
                        FROM,
                        "With --file: when it begins, such as 2026-11-01T00:00:00Z (default: so"
                                + " that it ends now)."),
                Options.flag(
                        PAST,
                        "Play the past up to now into an empty data folder (--data), with true"
                                + " delays, as fast as it goes; serve it afterwards."));
    }

    /// Throws [StartFailure] for words that mean nothing, or not together.
    static Words read(ParseResult parsed) {
        boolean isPast = parsed.hasMatchedOption(PAST);
        var file = parsed.matchedOptionValue(FILE, "");
        boolean isLive = !isPast && file.isEmpty();
        refuseStrangers(parsed, isPast, isLive);
        double rate = number(parsed, RATE, isLive ? 5 : 0.05, RATE_MAX);
        var duration = duration(parsed, isLive ? Duration.ofMinutes(5) : Duration.ofDays(7));
        if (rate * duration.toSeconds() > VISITS_MAX) {
            throw new StartFailure(
                    "%s a second for %s are more than %,.0f visits; take a smaller rate or duration"
                            .formatted(rate, duration, VISITS_MAX));
        }
        var attacks = attacks(parsed.matchedOptionValue(ATTACKS, ""));
        var wish = new Wish(seed(parsed), rate, duration, attacks);
        if (isPast) {
            return new Words(wish, new Way.IntoPast());
        }
        return new Words(
                wish,
                isLive
                        ? new Way.Live(to(parsed), number(parsed, SPEED, 1, SPEED_MAX))
                        : new Way.IntoFile(Path.of(file), from(parsed)));
    }

    private static void refuseStrangers(ParseResult parsed, boolean isPast, boolean isLive) {
        if (isPast && parsed.hasMatchedOption(FILE)) {
            throw new StartFailure(PAST + " and " + FILE + " are two things; choose one");
        }
        for (var word : List.of(TO, REMOTE, SPEED)) {
            if (!isLive && parsed.hasMatchedOption(word)) {
                throw new StartFailure(
                        "%s is for a running server; leave it out with %s"
                                .formatted(word, isPast ? PAST : FILE));
            }
        }
        if (parsed.hasMatchedOption(FROM) && (isLive || isPast)) {
            throw new StartFailure(FROM + " is for " + FILE + "; leave it out");
        }
    }

    private static long seed(ParseResult parsed) {
        var text = parsed.matchedOptionValue(SEED, "1");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new StartFailure(SEED + " '" + text + "' is no whole number", e);
        }
    }

    private static double number(ParseResult parsed, String option, double otherwise, double max) {
        var text = parsed.matchedOptionValue(option, Double.toString(otherwise));
        try {
            double number = Double.parseDouble(text);
            if (number > 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below, like a number out of range.
        }
        throw new StartFailure(
                "%s '%s'; expected a number above 0, at most %,.0f".formatted(option, text, max));
    }

    private static Duration duration(ParseResult parsed, Duration otherwise) {
        var text = parsed.matchedOptionValue(DURATION, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        return Form.DURATION
                .reader()
                .apply(text)
                .filter(duration -> duration.compareTo(Duration.ofSeconds(1)) >= 0)
                .filter(duration -> duration.compareTo(Duration.ofDays(366)) <= 0)
                .orElseThrow(() ->
                        new StartFailure(
                                DURATION
                                        + " '"
                                        + text
                                        + "'; expected 1 s to 366 days, such as 90s, 5min,"
                                        + " 30days"));
    }

    private static Map<Label, Integer> attacks(String text) {
        var attacks = new TreeMap<Label, Integer>();
        if (text.isBlank()) {
            return attacks;
        }
        for (var word : text.split(",", -1)) {
            var parts = word.strip().split(":", 2);
            int tries = parts.length == 2 ? tries(parts[1], word) : 0;
            if (parts[0].equals("all")) {
                for (var label : Label.values()) {
                    if (!label.isHonest()) {
                        attacks.put(label, tries);
                    }
                }
                continue;
            }
            var label = Label.ofWord(parts[0]).filter(found -> !found.isHonest());
            attacks.put(
                    label.orElseThrow(() ->
                            new StartFailure(
                                    "%s '%s' is no attack; there are all, %s"
                                            .formatted(ATTACKS, parts[0], Label.attackWords()))),
                    tries);
        }
        return attacks;
    }

    private static int tries(String text, String word) {
        if (!text.matches("\\d{1,6}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > TRIES_MAX) {
            throw new StartFailure(
                    "%s '%s'; after the colon expected 1 to %,d conversions"
                            .formatted(ATTACKS, word.strip(), TRIES_MAX));
        }
        return Integer.parseInt(text);
    }

    private static String to(ParseResult parsed) {
        var text = parsed.matchedOptionValue(TO, "");
        if (text.isEmpty()) {
            return "";
        }
        var url = Form.URL.reader().apply(text).map(URI::create).map(URI::getHost);
        if (url.isEmpty()) {
            throw new StartFailure(
                    TO + " '" + text + "' is no http or https URL; such as http://127.0.0.1:8080");
        }
        if (!isLoopback(url.get()) && !parsed.hasMatchedOption(REMOTE)) {
            throw new StartFailure(
                    "%s is another machine; made-up clicks and conversions would stand in its reports for good. With %s it is sent all the same"
                            .formatted(url.get(), REMOTE));
        }
        return text.replaceFirst("/$", "");
    }

    /// By its text alone: a name that resolves to loopback today may be somebody's tomorrow.
    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static Optional<Instant> from(ParseResult parsed) {
        var text = parsed.matchedOptionValue(FROM, "");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new StartFailure(
                    FROM + " '" + text + "' is no time; such as 2026-11-23T10:00:00Z", e);
        }
    }
}
