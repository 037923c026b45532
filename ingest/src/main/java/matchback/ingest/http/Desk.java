package matchback.ingest.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.Executor;
import matchback.ingest.Doorway;
import matchback.ingest.IngestConfig;
import matchback.ingest.IngestMetrics;

/// What the exchanges of one event loop share.
///
/// @param loop runs tasks on the event loop; one object for all completions, so that the ledger
///   wakes the loop once for a batch
record Desk(
        Vertx vertx,
        IngestConfig config,
        Doorway door,
        IngestMetrics metrics,
        RequestLog log,
        Executor loop,
        Deadlines clickDeadlines,
        Deadlines bodyDeadlines,
        Deadlines postbackDeadlines,
        Departures departures) {

    /// Time for a client to read its answer before a connection in disorder is closed.
    private static final long LINGER_MILLIS = 1000;

    void closeSoon(HttpConnection connection) {
        vertx.setTimer(LINGER_MILLIS, _ -> connection.close());
    }
}
