package matchback.ingest.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// One event loop of the tracking listener, with a server of its own on the common port.
final class TrackingLoop extends VerticleBase {
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final HttpServerOptions options;
    private final SocketAddress address;
    private final BiFunction<Executor, Connections, Reception> receptions;
    private final Connections connections;
    private @Nullable HttpServer server;

    /// @param receptions makes the loop's reception, given the loop to run on
    TrackingLoop(
            HttpServerOptions options,
            SocketAddress address,
            Connections connections,
            BiFunction<Executor, Connections, Reception> receptions) {
        this.options = options;
        this.address = address;
        this.connections = connections;
        this.receptions = receptions;
    }

    @Override
    public Future<?> start() {
        var here = context;
        Executor loop = task -> here.runOnContext(_ -> task.run());
        var reception = receptions.apply(loop, connections);
        connections.sweepEvery(vertx, SWEEP);
        var listening =
                vertx.createHttpServer(options)
                        .connectionHandler(connections::opened)
                        .requestHandler(reception::take)
                        .invalidRequestHandler(reception::refuse);
        server = listening;
        return listening.listen(address);
    }

    /// The port it listens on; 0 before it does.
    int port() {
        return server == null ? 0 : server.actualPort();
    }

    /// Takes no more connections and finishes what is in flight.
    Future<Void> shutdown(Duration within) {
        return server == null ? Future.succeededFuture() : server.shutdown(within);
    }

    Future<Boolean> renew(ServerSSLOptions certificate) {
        return server == null
                ? Future.succeededFuture(false)
                : server.updateSSLOptions(certificate, true);
    }
}
