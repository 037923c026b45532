package matchback.console.testing;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import matchback.console.bench.TestGround;
import matchback.ingest.Doorway;
import matchback.ingest.IngestConfig;
import matchback.ingest.TestClicks;
import matchback.ingest.http.TrackingServer;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Offer;

/// Tests at a real tracking listener on a free port, which is started with the first one.
public final class TestingGround implements TestGround, AutoCloseable {
    private static final Pattern RECEIPT =
            Pattern.compile(
                    "^matchback-receipt: *(\\w+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final Doorway door;
    private final Vertx vertx;
    private Optional<TrackingServer> server = Optional.empty();
    private int port;

    TestingGround(Doorway door, Vertx vertx) {
        this.door = door;
        this.vertx = vertx;
    }

    /// From now on nobody answers at the port.
    public void shut() {
        server.ifPresent(
                running -> running.stop().toCompletionStage().toCompletableFuture().join());
        server = Optional.empty();
        port = 1;
    }

    /// Where it listens.
    public int port() {
        if (port == 0) {
            var config =
                    IngestConfig.DEFAULT
                            .listeningOn("127.0.0.1", 0)
                            .withClickWait(Duration.ofMinutes(1));
            var started = new TrackingServer(vertx, config, door);
            port = started.start().toCompletionStage().toCompletableFuture().join();
            server = Optional.of(started);
        }
        return port;
    }

    @Override
    public TestClick click(Optional<Campaign> campaign, Optional<Offer> offer) {
        var made = new TestClicks(door).make(campaign, offer);
        return new TestClick(made.id().text(), made.offerUrl());
    }

    @Override
    public Reply get(String target) {
        int port = port();
        var request =
                "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n"
                        .formatted(target, door.testPass().line());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var receipt = RECEIPT.matcher(text);
            return new Reply(
                    Integer.parseInt(text.split(" ", 3)[1]),
                    text.substring(text.indexOf("\r\n\r\n") + 4),
                    receipt.find() ? receipt.group(1) : "");
        } catch (IOException e) {
            throw new NoAnswer(String.valueOf(e.getMessage()), new UncheckedIOException(e));
        }
    }

    @Override
    public void close() {
        server.ifPresent(
                running -> running.stop().toCompletionStage().toCompletableFuture().join());
    }
}
