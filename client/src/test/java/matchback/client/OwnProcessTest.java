package matchback.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can only be seen from outside of the shop's process: its end, and a disk that is full.
class OwnProcessTest {
    private static final String CLICK = "0123456789abcdef0123456789abcdef";
    private static final int SALES = 20;

    @TempDir private Path folder;
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private HttpServer tracker;

    @BeforeEach
    void start() throws IOException {
        tracker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tracker.createContext(
                "/",
                exchange -> {
                    var body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    arrived.add(body.replaceAll(".*txid=([^&]*).*", "$1"));
                    exchange.getResponseHeaders().add("Matchback-Decision", "counted");
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        tracker.start();
    }

    @AfterEach
    void stop() {
        tracker.stop(0);
    }

    @Test
    void a_process_that_ends_sends_what_it_has_first() throws Exception {
        // given
        var url = "http://127.0.0.1:" + tracker.getAddress().getPort() + "/postback/shop";

        // when: it leaves by System.exit with the last report just returned, and closes nothing
        var said = run(List.of(), Leaving.class, folder.toString(), url);

        // then
        assertThat(said).isEqualTo("left");
        assertThat(arrived).hasSize(SALES);
    }

    @Test
    void what_a_full_disk_did_not_take_is_told_and_what_it_took_is_there() throws Exception {
        // when: no file of it may grow beyond 64 KiB
        var said =
                run(
                        List.of("bash", "-c", "ulimit -f 64; exec \"$@\"", "-"),
                        Full.class,
                        folder.toString());

        // then
        int taken = Integer.parseInt(said);
        assertThat(taken).isBetween(100, 1000);
        try (var outbox = Outbox.open(folder.resolve("waiting"))) {
            assertThat(outbox.size()).isEqualTo(taken);
        }
    }

    private static String run(List<String> before, Class<?> main, String... arguments)
            throws Exception {
        var command = new java.util.ArrayList<>(before);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        command.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said.strip();
    }

    static final class Leaving {
        private Leaving() {}

        public static void main(String[] args) {
            var matchback =
                    Matchback.to(URI.create(args[1]))
                            .outbox(Path.of(args[0]))
                            .closeWithin(Duration.ofSeconds(50))
                            .start();
            for (int i = 0; i < SALES; i++) {
                matchback.report(Conversion.of(CLICK, "A" + i).build());
            }
            System.out.println("left");
            System.exit(0);
        }
    }

    static final class Full {
        private Full() {}

        /// Prints how many were taken before the first that was not.
        public static void main(String[] args) {
            // Nobody is there.
            var matchback =
                    Matchback.to(URI.create("http://127.0.0.1:1/postback/shop"))
                            .outbox(Path.of(args[0]))
                            .onOutcome(outcome -> {})
                            .start();
            for (int taken = 0; ; taken++) {
                try {
                    matchback.report(Conversion.of(CLICK, "A" + taken).build());
                } catch (java.io.UncheckedIOException full) {
                    System.out.println(taken);
                    Runtime.getRuntime().halt(0);
                }
            }
        }
    }
}
