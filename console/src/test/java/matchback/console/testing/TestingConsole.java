package matchback.console.testing;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.ConsoleServer;
import matchback.console.Handover;
import matchback.ingest.Doorway;
import matchback.ingest.IngestConfig;
import matchback.ingest.KeptRequests;
import matchback.ingest.RowDoor;
import matchback.ingest.http.RescueDoor;
import matchback.ledger.Sandbox;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryScratch;
import matchback.ledger.memory.MemoryTables;
import matchback.ledger.replay.Replay;
import matchback.ledger.replay.ReplayLimits;
import matchback.model.ClickIdKey;
import matchback.model.ClickIdMint;
import matchback.model.ClickIds;
import matchback.model.ForeignClickIds;
import matchback.model.RecordIds;
import matchback.model.TokenFingerprints;
import matchback.model.apple.AdSigner;
import matchback.report.Projector;
import matchback.report.ProjectorConfig;
import matchback.report.Reports;
import matchback.report.alert.AlertBook;
import matchback.store.embedded.duck.DuckConfig;
import matchback.store.embedded.duck.DuckFacts;

/// A console on a free port of this machine, on a ledger in memory with the real rules.
public final class TestingConsole implements AutoCloseable {
    public static final KeyPair AD_KEYS = adKeys();
    private static final AdSigner AD_SIGNER =
            AdSigner.of(
                    "example123.skadnetwork",
                    Base64.getEncoder().encodeToString(AD_KEYS.getPrivate().getEncoded()));

    public static final String TOKEN = "correct-horse-battery-staple";
    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    public static final String PUBLIC_URL = "http://track.example";

    public final ManualClock clock = new ManualClock(START);
    public final TestingVitals vitals = new TestingVitals();
    public final TestingDesk desk = new TestingDesk();
    public final TokenFingerprints fingerprints = new TokenFingerprints(new byte[32]);
    public final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    public final ClickIds ids =
            new ClickIds(
                    List.of(new ClickIdKey(0, new byte[32])),
                    START.toEpochMilli() - 1000,
                    ForeignClickIds.KNOWN);
    public final ClickIdMint mint = new ClickIdMint(ids, 1, random);
    public final RecordIds recordIds = new RecordIds(clock, random);
    public final MemoryTables tables = new MemoryTables();
    public final MemoryLedger ledger;
    public final TestingCabinet cabinet;
    public final Reports reports;
    public final TestingGround ground;
    public final AlertBook alerts = new AlertBook(List.of());
    private final Path folder = temporaryFolder();
    private final DuckFacts facts = DuckFacts.open(folder, new DuckConfig(1, 64, 2));
    private Projector projector;
    private final ConsoleContext context;

    private final Vertx vertx = Vertx.vertx();
    private final ConsoleServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    public TestingConsole() {
        this(false);
    }

    public TestingConsole(boolean allowPrivateDestinations) {
        var rules = new Rules(RulesConfig.DEFAULT);
        this.ledger = new MemoryLedger(tables, rules, "USD");
        this.cabinet = new TestingCabinet(ledger);
        this.reports = new Reports(facts, "USD", clock);
        this.projector = projector();
        projector.start();
        var door =
                new Doorway(ledger, ids, mint, recordIds, clock, random, fingerprints, _ -> false);
        this.ground = new TestingGround(door, vertx);
        this.context =
                new ConsoleContext(
                        ledger,
                        reports,
                        ids,
                        clock,
                        random,
                        fingerprints,
                        () -> Set.of(fingerprints.of(TOKEN)),
                        vitals,
                        handover(door),
                        desk,
                        new Replay(
                                ledger,
                                rules,
                                new KeptRequests(ids, IngestConfig.DEFAULT, ledger.catalog()),
                                recordIds,
                                clock,
                                ReplayLimits.DEFAULT),
                        ground,
                        new TestingValidation(ledger),
                        new TestingAlerts(alerts),
                        "0.1.0");
        var config =
                new ConsoleConfig(
                        "127.0.0.1",
                        0,
                        PUBLIC_URL + "/",
                        allowPrivateDestinations,
                        "USD",
                        ZoneOffset.UTC,
                        null,
                        false,
                        false,
                        AD_SIGNER);
        this.server = new ConsoleServer(vertx, config, context);
        this.port = server.start().toCompletionStage().toCompletableFuture().join();
    }

    private static KeyPair adKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Projector projector() {
        return new Projector(
                ledger, facts, new ProjectorConfig(Duration.ZERO, 20_000, Duration.ZERO));
    }

    private Handover handover(Doorway door) {
        var rules = new Rules(RulesConfig.DEFAULT);
        return new Handover(
                new RowDoor(door, IngestConfig.DEFAULT),
                new RescueDoor(door, IngestConfig.DEFAULT),
                cabinet,
                () -> new Sandbox(ledger.snapshot(), rules, ledger::catalog, new MemoryScratch()),
                folder.resolve("uploads"));
    }

    /// What the console works with.
    public ConsoleContext context() {
        return context;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /// A request without any token.
    public HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    public HttpRequest.Builder withToken(String path) {
        return bare(path).header("Authorization", "Bearer " + TOKEN);
    }

    public Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public Reply get(String path) {
        return send(withToken(path).GET());
    }

    public Reply post(String path, String json) {
        return send(
                withToken(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    public Reply put(String path, String json) {
        return send(
                withToken(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json)));
    }

    public Reply delete(String path) {
        return send(withToken(path).DELETE());
    }

    /// What is served, as [ConsoleServer#routes()].
    public List<String> routes() {
        return server.routes();
    }

    @Override
    public void close() {
        ground.close();
        server.stop().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        projector.close();
        facts.close();
        ledger.close();
        delete(folder);
    }

    /// Throws the columns away and fills them again.
    public void rebuildColumns() {
        projector.close();
        facts.clear();
        projector = projector();
        projector.start();
    }

    /// From now on nothing reaches the columns.
    public void holdColumns() {
        projector.close();
    }

    /// Waits until the columns have all that the ledger has.
    public void awaitColumns() {
        await("the columns hold all", () -> projector.lag().entriesBehind() == 0);
    }

    /// Waits, up to a minute, for what the console does after its answer.
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within a minute: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("console");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
