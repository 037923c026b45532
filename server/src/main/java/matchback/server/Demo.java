package matchback.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import matchback.server.config.Configuration;
import matchback.server.config.LogSettings;
import matchback.server.demo.PlaybackClock;
import matchback.server.demo.Show;

/// Starts the program on an empty folder, shows what it does, and leaves it running to look at.
///
/// The program is the real one; only its clock begins an hour ago and catches up while the traffic
/// is played, so that the pages have an hour to show.
final class Demo {
    private static final Duration BEHIND = Duration.ofMinutes(61);

    /// @param isFolderGiven whether the operator named the folder
    /// @param exits whether to stop when all was shown
    /// @param isBrief whether to show a tenth of it
    record Options(boolean isFolderGiven, boolean exits, boolean isBrief) {}

    private final Configuration given;
    private final Options options;
    private final InstantSource clock;
    private final PrintStream out;

    Demo(Configuration given, Options options, InstantSource clock, PrintStream out) {
        this.given = given;
        this.options = options;
        this.clock = clock;
        this.out = out;
    }

    int run() throws IOException {
        // What it shows goes to the same terminal as the log, and it tells of its troubles itself:
        // a
        // source that is down for five minutes is part of the play.
        Logs.set(new LogSettings("error"));
        var folder = folder();
        var playback = new PlaybackClock(clock, BEHIND);
        var configuration = configuration(folder);
        try (var matchback = new Matchback(configuration, playback, playback::timer)) {
            var started = matchback.start();
            if (!options.exits()) {
                Serve.stopOnSignal(matchback);
            }
            var token = started.token().orElse(configuration.console().adminToken().text());
            out.printf("Matchback demo, in %s%n%n", folder);
            var tracking = started.urls().tracking();
            var console = started.urls().console();
            try (var show = new Show(tracking, console, token, playback, out)) {
                show.run(options.isBrief());
                out.printf("console: %s%n  token: %s%n", console, token);
                if (!options.exits()) {
                    out.println("   stop: Ctrl-C; the folder stays: " + folder);
                    awaitForever();
                }
            }
        }
        return Commands.DONE;
    }

    private Path folder() throws IOException {
        if (!options.isFolderGiven()) {
            return Files.createTempDirectory("matchback-demo-");
        }
        return OwnGround.empty(given.store().data(), "the demo");
    }

    private Configuration configuration(Path folder) {
        return OwnGround.loopback(
                given,
                folder,
                free(given.tracking().port(), "clicks and postbacks"),
                free(given.console().port(), "the console"));
    }

    /// The wanted port, or 0 for any when it is taken.
    private int free(int port, String what) {
        try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return port;
        } catch (IOException _) {
            out.printf("port %d is taken, so %s get another one%n", port, what);
            return 0;
        }
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
