package matchback.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Makes load with wrk and reads what it found.
final class Wrk {
    /// Times in microseconds, all of the answers'.
    private static final String SCRIPT =
            """
            done = function(summary, latency, requests)
              io.write(string.format("FOUND %d %d %d %d %d %.0f %.0f\\n",
                summary.requests, summary.duration, summary.errors.status,
                summary.errors.connect + summary.errors.read + summary.errors.write,
                summary.errors.timeout, latency:percentile(50.0), latency:percentile(99.0)))
            end
            """;

    private static final Pattern FOUND =
            Pattern.compile("FOUND (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    private final Path program;
    private final Path script;
    private final int threads;

    /// @param requests answered
    /// @param perSecond of them
    /// @param statusErrors answers of 400 and above
    /// @param socketErrors connections that failed, and time-outs
    /// @param p50Micros and
    /// @param p99Micros of the time to an answer
    record Found(
            long requests,
            double perSecond,
            long statusErrors,
            long socketErrors,
            long p50Micros,
            long p99Micros) {}

    /// @param work folder for the script
    Wrk(Path program, Path work, int threads) throws IOException {
        this(program, work, threads, "");
    }

    /// @param requests what is asked, in Lua; empty for the URL alone
    Wrk(Path program, Path work, int threads, String requests) throws IOException {
        this.program = program;
        this.script = Files.writeString(work.resolve("found.lua"), requests + SCRIPT);
        this.threads = threads;
    }

    Found run(String url, int connections, Duration time) {
        var output =
                Tools.run(
                        List.of(
                                program.toString(),
                                "-t" + Math.min(threads, connections),
                                "-c" + connections,
                                "-d" + time.toSeconds() + "s",
                                "-s",
                                script.toString(),
                                url));
        return parse(output);
    }

    static Found parse(String output) {
        var found = FOUND.matcher(output);
        if (!found.find()) {
            throw new Tools.BenchFailure("wrk did not say what it found:\n" + output);
        }
        long requests = Long.parseLong(found.group(1));
        double seconds = Long.parseLong(found.group(2)) / 1e6;
        return new Found(
                requests,
                requests / seconds,
                Long.parseLong(found.group(3)),
                Long.parseLong(found.group(4)) + Long.parseLong(found.group(5)),
                Long.parseLong(found.group(6)),
                Long.parseLong(found.group(7)));
    }
}
