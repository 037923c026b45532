package matchback.deliver.doubles;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A real HTTP server on 127.0.0.1 that answers by a function, or misbehaves as it is told. Safe
/// for use by many threads; the function is called by one.
public final class LocalServer implements AutoCloseable {
    /// A request as it came.
    ///
    /// @param query its parameters, of a repeated one the first
    /// @param headers by name in lower case, of a repeated one the first
    public record Call(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            String body) {
        public Call {
            query = Map.copyOf(query);
            headers = Map.copyOf(headers);
        }

        /// Empty when it is not there.
        public String header(String lowerCaseName) {
            return headers.getOrDefault(lowerCaseName, "");
        }
    }

    /// @param headers beside `Content-Type`, which is JSON
    public record Reply(int status, Map<String, String> headers, String body) {
        public Reply {
            headers = Map.copyOf(headers);
        }

        public static Reply json(int status, String body) {
            return new Reply(status, Map.of(), body);
        }
    }

    /// What can go wrong with one request.
    public sealed interface Trouble {
        /// Answers so, without having looked at the request.
        record Instead(Reply reply) implements Trouble {}

        /// Never answers, without having looked at the request.
        record Silence() implements Trouble {}

        /// Breaks the connection off, without having looked at the request.
        record BreakOff() implements Trouble {}

        /// Does its work, and breaks the connection off instead of answering.
        record LostAnswer() implements Trouble {}
    }

    private final Object troublesLock = new Object();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Function<Call, Reply> work;
    private final HttpServer server;

    /// Listens on a free port.
    public LocalServer(Vertx vertx, Function<Call, Reply> work) {
        this(vertx, 0, work);
    }

    /// @param port 0 for any free one
    public LocalServer(Vertx vertx, int port, Function<Call, Reply> work) {
        this.work = work;
        this.server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(port)
                                        .setHttp2ClearTextEnabled(false))
                        .requestHandler(this::read)
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    /// For example `http://127.0.0.1:4711`.
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /// All requests so far, in the order in which they came.
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /// The next requests go wrong.
    public void next(int times, Trouble trouble) {
        synchronized (troublesLock) {
            for (int i = 0; i < times; i++) {
                troubles.add(trouble);
            }
        }
    }

    private void read(HttpServerRequest request) {
        request.body().onSuccess(body -> answer(request, call(request, body.toString("UTF-8"))));
    }

    private static Call call(HttpServerRequest request, String body) {
        var query = new HashMap<String, String>();
        request.params().forEach((name, value) -> query.putIfAbsent(name, value));
        var headers = new HashMap<String, String>();
        request.headers()
                .forEach(
                        (name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        var path = Objects.requireNonNullElse(request.path(), "");
        return new Call(request.method().name(), path, query, headers, body);
    }

    private void answer(HttpServerRequest request, Call call) {
        calls.add(call);
        Trouble trouble;
        synchronized (troublesLock) {
            trouble = troubles.poll();
        }
        switch (trouble) {
            case null -> write(request, work.apply(call));
            case Trouble.Instead(var reply) -> write(request, reply);
            case Trouble.Silence() -> {}
            case Trouble.BreakOff() -> request.connection().close();
            case Trouble.LostAnswer() -> {
                var _ = work.apply(call);
                request.connection().close();
            }
        }
    }

    private static void write(HttpServerRequest request, Reply reply) {
        var response = request.response().setStatusCode(reply.status());
        response.putHeader("Content-Type", "application/json; charset=UTF-8");
        reply.headers().forEach((name, value) -> response.putHeader(name, value));
        response.end(reply.body());
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
