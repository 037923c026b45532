package matchback.server.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/// A small web site on loopback that remembers who called: stands for an offer page or for a
/// traffic source that takes postbacks.
public final class LocalSite implements AutoCloseable {
    private static final int BACKLOG = 1024;

    /// @param status it was answered with
    public record Visit(URI uri, int status) {}

    private final HttpServer server;
    private final List<Visit> visits = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<URI> answer = _ -> 200;

    private LocalSite(HttpServer server) {
        this.server = server;
    }

    /// Starts on a free port; answers 200 to everything until told otherwise.
    public static LocalSite start() {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            var site = new LocalSite(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", site::serve);
            server.start();
            return site;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Chooses the status of each answer from now on.
    public void answers(ToIntFunction<URI> status) {
        answer = status;
    }

    /// All visits so far, in the order in which they were answered.
    public List<Visit> visits() {
        return List.copyOf(visits);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            int status = answer.applyAsInt(exchange.getRequestURI());
            var body =
                    (status == 200 ? "ok\n" : "busy, try again\n").getBytes(StandardCharsets.UTF_8);
            visits.add(new Visit(exchange.getRequestURI(), status));
            exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
