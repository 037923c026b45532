package matchback.server.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Takes postbacks on 127.0.0.1 and counts them by event id. Each answer takes a while, so that a
/// kill finds some under way. Safe for use by many threads.
public final class Receiver implements AutoCloseable {
    /// What was heard of one event id.
    ///
    /// @param times how often
    /// @param conversions of how many conversions it was said
    public record Heard(int times, Set<String> conversions) {}

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final int delayMillis;
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicInteger calls = new AtomicInteger();
    private final Object lock = new Object();
    private final Map<String, Integer> times = new HashMap<>();
    private final Map<String, Set<String>> conversions = new HashMap<>();

    /// @param delayMillis until an answer
    public Receiver(int delayMillis) {
        this.delayMillis = delayMillis;
        this.server =
                vertx.createHttpServer()
                        .requestHandler(this::take)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    /// Must be called with the parameters `e`, an event id, and `c`, what tells conversions apart.
    public String url(String pathAndQuery) {
        return "http://127.0.0.1:" + server.actualPort() + pathAndQuery;
    }

    public void answers(int newStatus) {
        status.set(newStatus);
    }

    private void take(HttpServerRequest request) {
        calls.incrementAndGet();
        if (status.get() == 200) {
            var event = request.getParam("e", "");
            synchronized (lock) {
                times.merge(event, 1, Integer::sum);
                conversions
                        .computeIfAbsent(event, _ -> new HashSet<>())
                        .add(request.getParam("c", ""));
            }
        }
        request.response().setStatusCode(status.get());
        if (delayMillis == 0) {
            request.response().end();
        } else {
            vertx.setTimer(delayMillis, _ -> request.response().end());
        }
    }

    /// Requests so far, also those that were refused.
    public int calls() {
        return calls.get();
    }

    /// Event ids that were taken so far.
    public int events() {
        synchronized (lock) {
            return times.size();
        }
    }

    public Map<String, Heard> heard() {
        synchronized (lock) {
            var heard = new HashMap<String, Heard>();
            times.forEach((event, count) ->
                    heard.put(
                            event,
                            new Heard(
                                    count, Set.copyOf(conversions.getOrDefault(event, Set.of())))));
            return heard;
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
