package matchback.ingest.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.ingest.AppleDoor;
import matchback.ingest.BrowserDoor;
import matchback.ingest.ClickDoor;
import matchback.ingest.Doorway;
import matchback.ingest.IngestConfig;
import matchback.ingest.IngestConfig.Tls;
import matchback.ingest.IngestMetrics;
import matchback.ingest.LanderDoor;
import matchback.ingest.PostbackDoor;
import matchback.ingest.ScriptSightings;
import matchback.ingest.SignedHop;
import matchback.ingest.VisitorAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tracking listener: clicks and postbacks over HTTP/1.0 and 1.1, plain or by TLS.
///
/// Runs on event loops of the Vert.x it is given, which also decides on the transport. Start it
/// once; stop it once.
public final class TrackingServer {
    private static final Logger LOG = LoggerFactory.getLogger(TrackingServer.class);

    /// A URL up to so many times the limit is still read and recorded as too large.
    private static final int URL_SLACK = 4;

    /// The loops of one listener find their common free port by a number no other listener has.
    private static final AtomicInteger FREE_PORTS = new AtomicInteger();

    private final Vertx vertx;
    private final IngestConfig config;
    private final Doorway door;
    private final IngestMetrics metrics = new IngestMetrics();
    private final ScriptSightings sightings = new ScriptSightings();
    private final List<TrackingLoop> loops = new CopyOnWriteArrayList<>();
    private volatile @Nullable String deployment;
    private volatile @Nullable CertificateWatch watch;

    public TrackingServer(Vertx vertx, IngestConfig config, Doorway door) {
        this.vertx = vertx;
        this.config = config;
        this.door = door;
    }

    public IngestMetrics metrics() {
        return metrics;
    }

    /// When pages of a campaign last told something.
    public ScriptSightings sightings() {
        return sightings;
    }

    /// Begins to listen; gives the actual port.
    public Future<Integer> start() {
        var options = options();
        var address = address();
        var log = new RequestLog(door.clock());
        var doors = doors();
        var addresses = new VisitorAddress(config.proxies());
        return vertx.deployVerticle(
                        () -> {
                            var loop =
                                    new TrackingLoop(
                                            options,
                                            address,
                                            connections(),
                                            (executor, connections) ->
                                                    new Reception(
                                                            desk(executor, log),
                                                            connections,
                                                            doors,
                                                            addresses));
                            loops.add(loop);
                            return loop;
                        },
                        new DeploymentOptions().setInstances(config.loops()))
                .map(this::started);
    }

    private Reception.Doors doors() {
        var clicks = new ClickDoor(door, config);
        var postbacks = new PostbackDoor(door, config);
        return new Reception.Doors(
                clicks,
                new LanderDoor(door, config),
                postbacks,
                new AppleDoor(door, config),
                new BrowserDoor(door, config, clicks, postbacks, sightings));
    }

    private int started(String deploymentId) {
        deployment = deploymentId;
        int port = loops.getFirst().port();
        if (config.tls() != null) {
            watch = CertificateWatch.start(vertx, config.tls(), this::renew);
        }
        LOG.info(
                "tracking listens bind={} port={} tls={} loops={} transport={}",
                config.bind(),
                port,
                config.tls() != null,
                config.loops(),
                vertx.isNativeTransportEnabled() ? "native" : "nio");
        return port;
    }

    /// Takes nothing new, finishes what is in flight, and lets go of the port.
    public Future<Void> stop() {
        var watching = watch;
        if (watching != null) {
            watching.stop();
        }
        var shutdowns =
                loops.stream().map(loop -> loop.shutdown(config.limits().stopTime())).toList();
        return Future.join(shutdowns)
                .transform(_ -> {
                    var id = deployment;
                    deployment = null;
                    return id == null ? Future.succeededFuture() : vertx.undeploy(id);
                });
    }

    private SocketAddress address() {
        return config.port() == 0
                ? SocketAddress.sharedRandomPort(FREE_PORTS.incrementAndGet(), config.bind())
                : SocketAddress.inetSocketAddress(config.port(), config.bind());
    }

    private Connections connections() {
        var limits = config.limits();
        var answered = limits.requestTime().plus(config.postbackWait()).plusSeconds(1);
        var idle = limits.idleTime();
        return new Connections(
                limits.requestTime(), idle.compareTo(answered) > 0 ? idle : answered);
    }

    private Desk desk(Executor loop, RequestLog log) {
        return new Desk(
                vertx,
                config,
                door,
                metrics,
                log,
                loop,
                new Deadlines(vertx, config.clickWait()),
                new Deadlines(vertx, config.limits().requestTime()),
                new Deadlines(vertx, config.postbackWait()),
                new Departures(new SignedHop(door.fingerprints()), door.clock()));
    }

    private HttpServerOptions options() {
        var limits = config.limits();
        var options =
                new HttpServerOptions()
                        .setAcceptBacklog(4096)
                        .setTcpNoDelay(true)
                        .setHttp2ClearTextEnabled(false)
                        .setHandle100ContinueAutomatically(true)
                        .setDecompressionSupported(false)
                        .setCompressionSupported(false)
                        .setMaxInitialLineLength(limits.urlCharsMax() * URL_SLACK)
                        .setMaxHeaderSize(limits.headerBytesMax())
                        .setIdleTimeout((int) limits.idleTime().toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        var tls = config.tls();
        if (tls != null) {
            options.setSsl(true).setUseAlpn(false).setKeyCertOptions(certificate(tls));
        }
        return options;
    }

    private static PemKeyCertOptions certificate(Tls tls) {
        return new PemKeyCertOptions()
                .setCertPath(tls.cert().toString())
                .setKeyPath(tls.key().toString());
    }

    private Future<Boolean> renew(Tls tls) {
        return loops.getFirst().renew(new ServerSSLOptions().setKeyCertOptions(certificate(tls)));
    }
}
