package matchback.server.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import matchback.server.demo.ApiClient;

/// The program in a JVM of its own, on free ports of loopback.
public final class ServerProcess implements AutoCloseable {
    public static final String TOKEN = "token-of-the-tests-0123456789";

    private static final Pattern READY =
            Pattern.compile("tracking (https?://\\S+?), console (https?://\\S+?)[,;)]? ");
    private static final Duration START_MAX = Duration.ofMinutes(5);
    private static final Duration STOP_MAX = Duration.ofMinutes(5);

    /// @param before words before `java`, for example a tracer's
    /// @param jvm flags of the JVM
    /// @param flags of `serve`
    /// @param token given to it; empty: none
    public record Launch(
            Path data, List<String> before, List<String> jvm, List<String> flags, String token) {

        public static Launch on(Path data) {
            return new Launch(data, List.of(), List.of(), List.of(), TOKEN);
        }

        public Launch withoutToken() {
            return new Launch(data, before, jvm, flags, "");
        }

        public Launch with(String... more) {
            var all = new ArrayList<>(flags);
            all.addAll(List.of(more));
            return new Launch(data, before, jvm, all, token);
        }

        public Launch jvm(String... more) {
            return new Launch(data, before, List.of(more), flags, token);
        }

        public Launch under(String... words) {
            return new Launch(data, List.of(words), jvm, flags, token);
        }

        public ServerProcess start() {
            return new ServerProcess(this).awaitReady();
        }

        /// Starts and waits until it ends by itself.
        public Ended run() {
            try (var server = new ServerProcess(this)) {
                int code = server.awaitExit();
                return new Ended(code, server.output());
            }
        }
    }

    /// @param output both streams
    public record Ended(int code, String output) {}

    /// Runs another command of the program to its end.
    public static Ended command(String... words) {
        var command = new ArrayList<>(java(List.of()));
        command.addAll(List.of(words));
        try (var process = new ServerProcess(command, TOKEN)) {
            int code = process.awaitExit();
            return new Ended(code, process.output());
        }
    }

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<List<String>> urls = new CompletableFuture<>();
    private final Thread reader;

    private ServerProcess(Launch launch) {
        this(words(launch), launch.token());
    }

    private ServerProcess(List<String> command, String token) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("MATCHBACK_"));
        if (!token.isEmpty()) {
            environment.put("MATCHBACK_ADMIN_TOKEN", token);
        }
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = Thread.ofVirtual().start(this::read);
    }

    private static List<String> words(Launch launch) {
        var words = new ArrayList<>(launch.before());
        words.addAll(java(launch.jvm()));
        words.addAll(List.of("serve", "--data", launch.data().toString(), "--bind", "127.0.0.1"));
        for (var port : List.of("--port", "--console-port")) {
            if (!launch.flags().contains(port)) {
                words.addAll(List.of(port, "0"));
            }
        }
        words.add("--allow-private-destinations");
        // A disk that is slow for a moment must not look like a lost click.
        words.addAll(List.of("--click-wait", "60 s"));
        words.addAll(launch.flags());
        return words;
    }

    private static List<String> java(List<String> flags) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xshare:auto"));
        words.addAll(flags);
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.add("matchback.server.Main");
        return words;
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                var ready = READY.matcher(line + " ");
                if (ready.find()) {
                    urls.complete(List.of(ready.group(1), ready.group(2)));
                }
            }
        } catch (IOException e) {
            lines.add("(output broke off: " + e.getMessage() + ")");
        }
    }

    private ServerProcess awaitReady() {
        Await.until(
                "ready\n" + "(the output so far follows)",
                START_MAX,
                () -> {
                    if (!process.isAlive() && !urls.isDone()) {
                        throw new AssertionError(
                                "ended with %d:%n%s".formatted(awaitExit(), output()));
                    }
                    return urls.isDone();
                });
        return this;
    }

    public String tracking() {
        return urls.join().get(0);
    }

    public String console() {
        return urls.join().get(1);
    }

    public ApiClient client() {
        return new ApiClient(tracking(), console(), TOKEN);
    }

    public String output() {
        return String.join("\n", lines);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public long pid() {
        return process.pid();
    }

    /// Asks it to stop and waits; gives the exit code.
    public int stop() {
        // The process' own method would also close its output.
        process.toHandle().destroy();
        return awaitExit();
    }

    /// kill -9.
    public void kill() {
        process.toHandle().destroyForcibly();
        awaitExit();
    }

    private int awaitExit() {
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end within " + STOP_MAX + ":\n" + output());
            }
            reader.join(Duration.ofMinutes(1));
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the program", e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
