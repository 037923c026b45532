package matchback.console.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import matchback.ingest.Doorway;
import matchback.ingest.IngestConfig;
import matchback.ingest.http.TrackingServer;

/// A tracker and two sites, each on an address of its own, so that a browser takes them for three
/// different sites. What the tracker records stands in a console's ledger.
public final class TestingSites implements AutoCloseable {
    private static final String TRACKER = "127.0.0.9";

    private final Vertx vertx = Vertx.vertx();
    private final TrackingServer tracker;
    private final String scheme;
    private final int port;
    private final Site lander;
    private final Site shop;

    /// A site whose pages are what the test puts there.
    public static final class Site implements AutoCloseable {
        private record Page(String type, String body, Map<String, String> headers) {}

        private final HttpServer server;
        private final String host;
        private final Map<String, Page> pages = new ConcurrentHashMap<>();

        private Site(String host) {
            this.host = host;
            try {
                server = HttpServer.create(new InetSocketAddress(host, 0), 64);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", this::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
        }

        public String host() {
            return host;
        }

        public URI uri(String path) {
            return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
        }

        /// @param headers names and values, alternating
        public void page(String path, String html, String... headers) {
            var lines = new ConcurrentHashMap<String, String>();
            for (int i = 0; i < headers.length; i += 2) {
                lines.put(headers[i], headers[i + 1]);
            }
            pages.put(path, new Page("text/html; charset=utf-8", html, lines));
        }

        public void script(String path, String script) {
            pages.put(path, new Page("text/javascript; charset=utf-8", script, Map.of()));
        }

        private void answer(HttpExchange exchange) throws IOException {
            var path = exchange.getRequestURI().getPath();
            var page = pages.get(path);
            try (exchange) {
                if (page == null) {
                    // A browser asks for an icon by itself, and complains when there is none.
                    exchange.sendResponseHeaders(path.equals("/favicon.ico") ? 204 : 404, -1);
                    return;
                }
                exchange.getResponseHeaders().set("Content-Type", page.type());
                page.headers().forEach(exchange.getResponseHeaders()::set);
                var bytes = page.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    /// A tracker without HTTPS.
    public TestingSites(TestingConsole console) {
        this(console, IngestConfig.DEFAULT);
    }

    public TestingSites(TestingConsole console, IngestConfig config) {
        scheme = config.tls() == null ? "http" : "https";
        tracker =
                new TrackingServer(
                        vertx,
                        config.listeningOn(TRACKER, 0),
                        new Doorway(
                                console.ledger,
                                console.ids,
                                console.mint,
                                console.recordIds,
                                console.clock,
                                console.random,
                                console.fingerprints,
                                _ -> false));
        port = tracker.start().toCompletionStage().toCompletableFuture().join();
        lander = new Site("127.0.0.2");
        shop = new Site("127.0.0.3");
    }

    public Site lander() {
        return lander;
    }

    public Site shop() {
        return shop;
    }

    public TrackingServer server() {
        return tracker;
    }

    public String tracker() {
        return scheme + "://" + TRACKER + ":" + port;
    }

    /// The script's tag.
    ///
    /// @param attributes as they stand in it
    public String tag(String... attributes) {
        return "<script async src=\"%s/m.js\" %s></script>"
                .formatted(tracker(), String.join(" ", List.of(attributes)));
    }

    @Override
    public void close() {
        lander.close();
        shop.close();
        tracker.stop().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
