package matchback.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import matchback.server.recover.AccessLog.Wanted;
import matchback.server.recover.Recover;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The words of the command `recover`.
final class RecoverWords {
    private static final String APPLY = "--apply";
    private static final String NO_CLICKS = "--no-clicks";
    private static final String STATUS = "--status";
    private static final String FROM = "--from";
    private static final String TO = "--to";
    private static final String HOST = "--host";
    private static final Set<Integer> STATUSES = Set.of(502, 503, 504);

    private RecoverWords() {}

    static List<? extends ArgSpec> specs() {
        return List.of(
                PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("<access log>")
                        .description("Logs of the proxy, plain or gzip: combined format or JSON.")
                        .build(),
                Options.flag(APPLY, "Take the requests; without it they are only shown."),
                Options.flag(NO_CLICKS, "Take postbacks only."),
                Options.text(STATUS, "Statuses the proxy answered with (default: 502,503,504)."),
                Options.text(FROM, "Only from this time on, such as 2026-11-23T10:00:00Z."),
                Options.text(TO, "Only before this time."),
                Options.text(HOST, "Host of the tracking links where the log names none."));
    }

    /// Throws [StartFailure] for words that mean nothing.
    ///
    /// @param publicUrl of the tracking listener; may be empty
    static Recover.Wish wish(ParseResult parsed, String publicUrl) {
        List<String> logs = parsed.matchedPositionalValue(0, new ArrayList<>());
        if (logs.isEmpty()) {
            throw new StartFailure("name the access log of the proxy");
        }
        var wanted =
                new Wanted(
                        statuses(parsed.matchedOptionValue(STATUS, "")),
                        time(parsed, FROM, Long.MIN_VALUE),
                        time(parsed, TO, Long.MAX_VALUE),
                        parsed.matchedOptionValue(HOST, host(publicUrl)));
        return new Recover.Wish(
                logs.stream().map(Path::of).toList(),
                wanted,
                !parsed.hasMatchedOption(NO_CLICKS),
                parsed.hasMatchedOption(APPLY));
    }

    private static String host(String publicUrl) {
        var authority = publicUrl.isEmpty() ? null : URI.create(publicUrl).getAuthority();
        return authority == null ? "" : authority;
    }

    private static Set<Integer> statuses(String text) {
        if (text.isBlank()) {
            return STATUSES;
        }
        var statuses = new TreeSet<Integer>();
        for (var word : Stream.of(text.split(",", -1)).map(String::strip).toList()) {
            if (!word.matches("\\d{3}")) {
                throw new StartFailure(
                        STATUS + " '" + word + "' is no status; such as 502,503,504");
            }
            statuses.add(Integer.parseInt(word));
        }
        return statuses;
    }

    private static long time(ParseResult parsed, String option, long otherwise) {
        var text = parsed.matchedOptionValue(option, "");
        try {
            return text.isEmpty() ? otherwise : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw new StartFailure(
                    option + " '" + text + "' is no time; such as 2026-11-23T10:00:00Z", e);
        }
    }
}
