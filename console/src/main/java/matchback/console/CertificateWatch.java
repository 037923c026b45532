package matchback.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import matchback.console.ConsoleConfig.Tls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether the certificate's files changed, and has them read again if so. Files that cannot
/// be read, or do not fit each other, leave the certificate in use as it is.
final class CertificateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final long PERIOD_MILLIS = 2000;

    private record Stamp(String certificate, String key) {}

    private final Vertx vertx;
    private final Tls tls;
    private final Supplier<Future<Boolean>> reload;
    private final long timer;
    private volatile Stamp seen;

    CertificateWatch(Vertx vertx, Tls tls, Supplier<Future<Boolean>> reload) {
        this.vertx = vertx;
        this.tls = tls;
        this.reload = reload;
        this.seen = stamp();
        this.timer = vertx.setPeriodic(PERIOD_MILLIS, _ -> look());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void look() {
        vertx.executeBlocking(this::stamp)
                .onSuccess(stamp -> {
                    if (!stamp.equals(seen)) {
                        seen = stamp;
                        reload.get()
                                .onSuccess(_ -> LOG.info("console certificate read again"))
                                .onFailure(e ->
                                        LOG.warn(
                                                "console certificate kept cause={}", e.toString()));
                    }
                });
    }

    private Stamp stamp() {
        return new Stamp(stamp(tls.certificate()), stamp(tls.key()));
    }

    private static String stamp(Path file) {
        try {
            return Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException _) {
            return "";
        }
    }
}
