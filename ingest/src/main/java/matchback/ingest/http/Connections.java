package matchback.ingest.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Optional;
import matchback.ingest.Address;

/// Open connections of one event loop. Closes those that bring no whole request for too long, so
/// that a client that drips bytes holds nothing: neither a new connection without a first request
/// nor a kept one between two. Touched by the loop's thread alone.
final class Connections {
    private static final Address NOWHERE = Address.parse("0.0.0.0").orElseThrow();

    private static final class Open {
        private final Address peer;
        private long lastNanos = System.nanoTime();
        private boolean isNew = true;

        Open(Address peer) {
            this.peer = peer;
        }
    }

    private final IdentityHashMap<HttpConnection, Open> open = new IdentityHashMap<>();
    private final long firstNanos;
    private final long idleNanos;

    /// @param first for the first request to arrive
    /// @param idle from one request to the next, the time of its answer included
    Connections(Duration first, Duration idle) {
        this.firstNanos = first.toNanos();
        this.idleNanos = idle.toNanos();
    }

    void opened(HttpConnection connection) {
        open.put(connection, new Open(peer(connection)));
        connection.closeHandler(_ -> open.remove(connection));
    }

    /// Notes a request; gives its peer.
    Address requested(HttpConnection connection) {
        var one = open.get(connection);
        if (one == null) {
            return peer(connection);
        }
        one.isNew = false;
        one.lastNanos = System.nanoTime();
        return one.peer;
    }

    void sweepEvery(Vertx vertx, Duration period) {
        vertx.setPeriodic(period.toMillis(), _ -> sweep());
    }

    private void sweep() {
        long now = System.nanoTime();
        var late = new ArrayList<HttpConnection>();
        open.forEach((connection, one) -> {
            if (now - one.lastNanos > (one.isNew ? firstNanos : idleNanos)) {
                late.add(connection);
            }
        });
        late.forEach(HttpConnection::close);
    }

    private static Address peer(HttpConnection connection) {
        return Optional.ofNullable(connection.remoteAddress())
                .map(io.vertx.core.net.SocketAddress::hostAddress)
                .flatMap(Address::parse)
                .orElse(NOWHERE);
    }
}
