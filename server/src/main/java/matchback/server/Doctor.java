package matchback.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import matchback.server.config.Configuration;

/// Looks at an installation and says what is wrong with it, without starting it.
final class Doctor {
    private static final int JAVA_MIN = 25;
    private static final int SYNCS = 50;
    private static final int SYNC_BYTES = 4096;
    private static final Duration SYNC_SLOW = Duration.ofMillis(10);
    private static final long FREE_BYTES_MIN = 256L << 20;
    private static final long FREE_BYTES_LOW = 5L << 30;
    private static final long FILES_MIN = 4096;
    private static final long MEMORY_BYTES_MIN = 768L << 20;

    /// Nothing of this project is older than its first record format.
    private static final Instant CLOCK_MIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Configuration configuration;
    private final InstantSource clock;
    private final List<Path> searchPath;

    /// @param searchPath folders in which programs are looked for
    Doctor(Configuration configuration, InstantSource clock, List<Path> searchPath) {
        this.configuration = configuration;
        this.clock = clock;
        this.searchPath = List.copyOf(searchPath);
    }

    List<Verdict> look() {
        var found = new ArrayList<Verdict>();
        found.add(java());
        found.add(transport());
        found.add(memory());
        found.add(files());
        found.addAll(data());
        found.add(clock());
        found.add(port("port", configuration.tracking().bind(), configuration.tracking().port()));
        found.add(
                port(
                        "console-port",
                        configuration.console().bind(),
                        configuration.console().port()));
        found.addAll(new Running(configuration).look());
        found.add(tls());
        found.add(AppleVerdict.of(StageConfigs.appleKeys(configuration.apple())));
        found.addAll(new SightCheck(configuration).look());
        found.add(tool("nginx", "bench compares with it"));
        found.add(tool("wrk", "bench makes its load with it"));
        found.add(tool("strace", "a test watches the disk with it"));
        return found;
    }

    private static Verdict java() {
        var version = Runtime.version();
        var text = version + ", " + System.getProperty("java.vendor");
        return version.feature() >= JAVA_MIN
                ? Verdict.ok("java", text)
                : Verdict.fail("java", text + "; " + JAVA_MIN + " or newer is needed");
    }

    private static Verdict transport() {
        var vertx = Transport.vertx();
        try {
            var name = Transport.name(vertx);
            return vertx.isNativeTransportEnabled()
                    ? Verdict.ok("transport", name)
                    : Verdict.warn(
                            "transport", name + ": works, but epoll is faster" + reason(vertx));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static String reason(Vertx vertx) {
        var cause = vertx.unavailableNativeTransportCause();
        return cause == null ? "" : " (" + cause.getMessage() + ")";
    }

    private static Verdict memory() {
        var text =
                "%s for the JVM's heap at most".formatted(size(Runtime.getRuntime().maxMemory()));
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system) {
            long total = system.getTotalMemorySize();
            text = "%s of memory, %s".formatted(size(total), text);
            if (total < MEMORY_BYTES_MIN) {
                return Verdict.warn("memory", text + "; 1 GiB or more is better");
            }
        }
        return Verdict.ok("memory", text);
    }

    private static Verdict files() {
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean system)) {
            return Verdict.ok("open files", "no limit known on this system");
        }
        long max = system.getMaxFileDescriptorCount();
        return max >= FILES_MIN
                ? Verdict.ok("open files", "up to " + max)
                : Verdict.warn(
                        "open files",
                        "up to %d; every visitor is one, allow %d or more (ulimit -n)"
                                .formatted(max, FILES_MIN));
    }

    private List<Verdict> data() {
        var data = configuration.store().data();
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            return List.of(Verdict.fail("data", "cannot make " + data + ": " + e.getMessage()));
        }
        var found = new ArrayList<Verdict>();
        var probe = data.resolve("doctor.probe");
        try {
            var times = syncTimes(probe);
            var text =
                    "%s takes a durable write in %s (slowest of %d: %s)"
                            .formatted(
                                    data,
                                    millis(times[SYNCS / 2]),
                                    SYNCS,
                                    millis(times[SYNCS - 1]));
            found.add(
                    times[SYNCS / 2] <= SYNC_SLOW.toNanos()
                            ? Verdict.ok("data", text)
                            : Verdict.warn("data", text + "; every click waits for one"));
            found.add(space(data));
        } catch (IOException e) {
            found.add(Verdict.fail("data", "cannot write to " + data + ": " + e.getMessage()));
        }
        return found;
    }

    private static long[] syncTimes(Path probe) throws IOException {
        var times = new long[SYNCS];
        try (var file =
                FileChannel.open(
                        probe,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            for (int i = 0; i < SYNCS; i++) {
                long start = System.nanoTime();
                file.write(ByteBuffer.allocate(SYNC_BYTES));
                file.force(false);
                times[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(times);
        return times;
    }

    private static Verdict space(Path data) throws IOException {
        long free = Files.getFileStore(data).getUsableSpace();
        var text = size(free) + " free at " + data;
        if (free < FREE_BYTES_MIN) {
            return Verdict.fail("disk space", text + "; " + size(FREE_BYTES_MIN) + " at least");
        }
        return free < FREE_BYTES_LOW
                ? Verdict.warn("disk space", text + "; 8 million clicks take about 1 GiB")
                : Verdict.ok("disk space", text);
    }

    private Verdict clock() {
        var now = clock.instant();
        if (now.isBefore(CLOCK_MIN)) {
            return Verdict.fail("clock", now + " cannot be; set it, and keep it set with NTP");
        }
        var newest = newestIn(configuration.store().data());
        return newest.isPresent() && newest.get().isAfter(now.plusSeconds(60))
                ? Verdict.warn(
                        "clock",
                        "%s, but the data folder was written at %s; has the clock gone back?"
                                .formatted(now, newest.get()))
                : Verdict.ok("clock", now.toString());
    }

    private static Optional<Instant> newestIn(Path data) {
        try (var walk = Files.walk(data, 2)) {
            return walk.map(Path::toFile)
                    .map(File::lastModified)
                    .max(Long::compare)
                    .map(Instant::ofEpochMilli);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Verdict port(String key, String bind, int port) {
        if (port == 0) {
            return Verdict.ok(key, "a free one is taken at start");
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
            return Verdict.ok(key, port + " on " + bind + " is free");
        } catch (IOException e) {
            return Verdict.fail(
                    key,
                    "%d on %s: %s; is Matchback already running? otherwise choose another --%s"
                            .formatted(port, bind, e.getMessage(), key));
        }
    }

    private Verdict tls() {
        var tls = configuration.tls();
        var certificate = tls.certificate();
        var key = tls.key();
        if (certificate == null || key == null) {
            return Verdict.ok("tls", "off: have a proxy do it, or set tls-cert and tls-key");
        }
        for (var file : List.of(certificate, key)) {
            if (!Files.isReadable(file)) {
                return Verdict.fail("tls", "cannot read " + file);
            }
        }
        return Verdict.ok("tls", "on, with " + certificate);
    }

    private Verdict tool(String name, String purpose) {
        return searchPath.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> Verdict.ok(name, path.toString()))
                .orElse(Verdict.ok(name, "not installed; only needed because " + purpose));
    }

    private static String size(long bytes) {
        return bytes >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
                : (bytes >> 20) + " MiB";
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
