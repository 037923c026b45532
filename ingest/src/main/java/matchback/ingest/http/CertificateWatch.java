package matchback.ingest.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import matchback.ingest.IngestConfig.Tls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether the certificate's files changed, and has them read again if so. A file that cannot
/// be read, or does not fit the other one, leaves the certificate in use as it is.
final class CertificateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final long PERIOD_MILLIS = 2000;

    /// Times of change and sizes of both files.
    private record Stamp(long cert, long certBytes, long key, long keyBytes) {}

    private final Vertx vertx;
    private final Tls tls;
    private final Function<Tls, Future<Boolean>> renewal;
    private final long timer;
    private volatile Stamp seen;

    private CertificateWatch(Vertx vertx, Tls tls, Function<Tls, Future<Boolean>> renewal) {
        this.vertx = vertx;
        this.tls = tls;
        this.renewal = renewal;
        this.seen = stamp(tls);
        this.timer = vertx.setPeriodic(PERIOD_MILLIS, _ -> look());
    }

    static CertificateWatch start(Vertx vertx, Tls tls, Function<Tls, Future<Boolean>> renewal) {
        return new CertificateWatch(vertx, tls, renewal);
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void look() {
        vertx.executeBlocking(() -> stamp(tls))
                .onSuccess(stamp -> {
                    if (!stamp.equals(seen)) {
                        seen = stamp;
                        renewal.apply(tls)
                                .onSuccess(_ -> LOG.info("certificate read again"))
                                .onFailure(e ->
                                        LOG.warn(
                                                "certificate kept cause=\"{}\"",
                                                String.valueOf(e.getMessage())));
                    }
                });
    }

    private static Stamp stamp(Tls tls) {
        return new Stamp(
                changed(tls.cert()), bytes(tls.cert()), changed(tls.key()), bytes(tls.key()));
    }

    private static long changed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException _) {
            return -1;
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return -1;
        }
    }
}
