package matchback.server;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import matchback.server.config.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the program in the foreground until it is told to stop.
///
/// SIGTERM and SIGINT stop it cleanly: then it ends with 0, as a service manager expects of what
/// did as it was told, and not with the 143 or 130 that Java would give.
final class Serve {
    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    private final Configuration configuration;
    private final InstantSource clock;
    private final PrintStream out;

    Serve(Configuration configuration, InstantSource clock, PrintStream out) {
        this.configuration = configuration;
        this.clock = clock;
        this.out = out;
    }

    /// Returns only when it could not start; otherwise the stop ends the JVM.
    int run() {
        long begun = System.nanoTime();
        var matchback = new Matchback(configuration, clock);
        try {
            var started = matchback.start();
            stopOnSignal(matchback);
            started.token().ifPresent(this::tell);
            ready(started, Duration.ofNanos(System.nanoTime() - begun));
        } catch (RuntimeException e) {
            matchback.close();
            throw e;
        }
        return awaitForever();
    }

    static void stopOnSignal(Matchback matchback) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(matchback), "stop"));
    }

    private static void stop(Matchback matchback) {
        LOG.info("stopping");
        boolean isClean = matchback.stop();
        LOG.info("stopped clean={}", isClean);
        Runtime.getRuntime().halt(isClean ? Commands.DONE : Commands.FAILED);
    }

    private void tell(String token) {
        out.println(
                "admin token: "
                        + token
                        + "  (shown this once; keep it, or set MATCHBACK_ADMIN_TOKEN)");
    }

    private void ready(Matchback.Started started, Duration took) {
        LOG.info(
                "ready in {} s: tracking {}, console {} (data {}, transport {})",
                String.format(java.util.Locale.ROOT, "%.2f", took.toMillis() / 1e3),
                started.urls().tracking(),
                started.urls().console(),
                configuration.store().data(),
                started.transport());
        boolean isServer = !configuration.tracking().bind().startsWith("127.");
        if (configuration.console().isLocal() && isServer) {
            var port = started.urls().console().replaceFirst(".*:", "");
            LOG.info(
                    "the console is open to this machine only; from yours: ssh -L {}:127.0.0.1:{} <this machine>",
                    port,
                    port);
        }
    }

    private static int awaitForever() {
        try {
            new CountDownLatch(1).await();
            return Commands.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Commands.FAILED;
        }
    }
}
