package matchback.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import matchback.server.demo.ApiClient;

/// What is measured: the program in a JVM of its own, with the flags of the launcher.
final class Subject implements AutoCloseable {
    private static final String TOKEN = "token-of-the-bench-0123456789";
    private static final Pattern READY =
            Pattern.compile("tracking (https?://\\S+?), console (https?://\\S+?)[,;)]? ");
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int STOPS_IN_SECONDS_MAX = 60;

    private final Path data;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final String tracking;
    private final ApiClient client;

    /// @param flags of `serve` beside those for folder and ports
    Subject(Path data, String... flags) throws IOException {
        this.data = data;
        var command =
                new ArrayList<>(
                        java(
                                "serve",
                                "--data",
                                data.toString(),
                                "--bind",
                                "127.0.0.1",
                                "--port",
                                "0",
                                "--console-port",
                                "0",
                                "--log-level",
                                "info"));
        command.addAll(List.of(flags));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MATCHBACK_"));
        builder.environment().put("MATCHBACK_ADMIN_TOKEN", TOKEN);
        process = builder.redirectErrorStream(true).start();
        var urls = awaitReady();
        tracking = urls.get(0);
        client = new ApiClient(tracking, urls.get(1), TOKEN);
        createCampaign();
    }

    private static List<String> java(String... words) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var start =
                Stream.of(
                        java,
                        "-XX:+UseG1GC",
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "matchback.server.Main");
        return Stream.concat(start, Stream.of(words)).toList();
    }

    private List<String> awaitReady() throws IOException {
        var output = process.inputReader(StandardCharsets.UTF_8);
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            var ready = READY.matcher(line + " ");
            if (ready.find()) {
                // Whatever it says from here on must not fill the pipe.
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return List.of(ready.group(1), ready.group(2));
            }
        }
        throw new Tools.BenchFailure("the server did not start:\n" + String.join("\n", lines));
    }

    private void createCampaign() {
        client.create(
                "traffic-sources",
                Map.of(
                        "key",
                        "bench",
                        "name",
                        "Bench",
                        "parameters",
                        Map.of("externalId", "zid", "sub1", "zone")));
        client.create(
                "offers",
                Map.of(
                        "key",
                        "bench",
                        "name",
                        "Bench",
                        "url",
                        "https://offer.example/land?s2={clickid}"));
        client.create(
                "campaigns",
                Map.of(
                        "key",
                        "bench",
                        "name",
                        "Bench",
                        "source",
                        "bench",
                        "offers",
                        List.of(Map.of("offer", "bench", "weight", 1)),
                        "costModel",
                        "none"));
    }

    String url() {
        return tracking + "/c/bench?zid=0123456789&zone=z1";
    }

    /// The line in which it said that it is ready.
    String said() {
        return lines.getLast();
    }

    /// @param answers redirects after the click's record was durable
    /// @param records in the ledger, by the positions that are stored in it
    record Counts(long answers, long records) {}

    /// The counts when nothing is under way any more: the same twice in a row.
    Counts settled() {
        var before = counts();
        while (true) {
            LockSupport.parkNanos(SETTLE_NANOS);
            var now = counts();
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
    }

    private Counts counts() {
        return new Counts(
                metric("matchback_ingest_clicks_total"), metric("matchback_ledger_records_total"));
    }

    /// Processor time used so far.
    Duration processorTime() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// Redirects without a durable record; there must be none.
    long unrecorded() {
        return metric("matchback_ingest_clicks_unrecorded_total");
    }

    private long metric(String name) {
        return client.consoleGet("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /// Stops it and has every record on the disk read again by another process.
    String verify() {
        close();
        return Tools.run(java("ledger", "verify", "--data", data.toString())).strip();
    }

    @Override
    public void close() {
        client.close();
        // Through the handle: the process' own method would also close its output under the reader.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOPS_IN_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
