package matchback.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import matchback.attribute.Rules;
import matchback.console.AlertBoard;
import matchback.console.ConsoleContext;
import matchback.console.ConsoleServer;
import matchback.console.DeliveryDesk;
import matchback.console.Handover;
import matchback.console.ValidationDesk;
import matchback.console.Vitals;
import matchback.console.api.RuleReview;
import matchback.console.bench.TestGround;
import matchback.deliver.Adapter;
import matchback.deliver.Courier;
import matchback.deliver.Dispatcher;
import matchback.deliver.GuardedClient;
import matchback.deliver.Surroundings;
import matchback.deliver.Timer;
import matchback.deliver.webhook.AlertHook;
import matchback.ingest.DayCaps;
import matchback.ingest.Doorway;
import matchback.ingest.KeptRequests;
import matchback.ingest.RowDoor;
import matchback.ingest.TestPass;
import matchback.ingest.http.RescueDoor;
import matchback.ingest.http.TrackingServer;
import matchback.ledger.Ledger;
import matchback.ledger.Sandbox;
import matchback.ledger.replay.Replay;
import matchback.ledger.replay.ReplayLimits;
import matchback.model.RecordIds;
import matchback.model.Secrets;
import matchback.report.CatalogDailyCosts;
import matchback.report.Projector;
import matchback.report.ProjectorConfig;
import matchback.report.Reports;
import matchback.server.alert.AlertRounds;
import matchback.server.alert.ClockCheck;
import matchback.server.config.Configuration;
import matchback.server.trial.LocalGround;
import matchback.server.trial.OwnTls;
import matchback.store.embedded.EmbeddedLedger;
import matchback.store.embedded.InstallationSeed;
import matchback.store.embedded.RocksScratch;
import matchback.store.embedded.duck.DuckFacts;
import matchback.validate.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole program on one machine: builds the parts by hand, starts them, stops them.
///
/// They start against the flow of data, so that each finds the next one ready, and stop in the
/// opposite order: first the doors, so that nothing new comes in and what is in flight is answered;
/// then what reads the ledger; the ledger last, when nobody writes to it any more.
public final class Matchback implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Matchback.class);
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(20);
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(3);
    private static final long EVERY_MINUTE_MILLIS = 60_000;
    private static final long LAG_LOOK_MILLIS = 1000;

    /// @param tracking and
    /// @param console where the listeners are reached, without a slash at the end
    public record Urls(String tracking, String console) {}

    /// @param token the admin token, when one was made just now
    /// @param transport how it talks to the network
    public record Started(Urls urls, Optional<String> token, String transport) {}

    /// What the console sees of stages it does not know.
    private record Rooms(
            DeliveryDesk desk, TestGround ground, ValidationDesk validation, AlertBoard alerts) {}

    private interface Stop {
        void run() throws Exception;
    }

    private record Part(String name, Stop stop) {}

    private final Configuration configuration;
    private final InstantSource clock;
    private final Function<Vertx, Timer> timers;
    private final SecureRandom random = new SecureRandom();
    private final RecordIds recordIds;
    private final Rules rules;

    /// Guards the parts that run, the newest first.
    private final ReentrantLock partsLock = new ReentrantLock();

    private final Deque<Part> parts = new ArrayDeque<>();

    /// Empty until the console listens.
    private volatile String consoleUrl = "";

    public Matchback(Configuration configuration, InstantSource clock) {
        this(configuration, clock, Timer::of);
    }

    /// @param timers waits by the given clock
    Matchback(Configuration configuration, InstantSource clock, Function<Vertx, Timer> timers) {
        this.configuration = configuration;
        this.clock = clock;
        this.timers = timers;
        this.recordIds = new RecordIds(clock, new Chance(random));
        this.rules = new Rules(StageConfigs.rules(configuration));
    }

    /// Starts everything. Throws [StartFailure] or the store's own failure when something cannot be
    /// started; close it also then.
    public Started start() {
        var ledger = openLedger();
        var sight = openSight();
        var identity = Identity.of(ledger, configuration, random);
        var columns = openColumns();
        var projector = startProjector(ledger, columns);
        var watch = startWatch(ledger);
        var vertx = startNetwork();
        var adapters = Adapters.all(new Secrets(identity.prints()), clock);
        var courier =
                new ClockCheck(
                        new GuardedClient(vertx, StageConfigs.deliver(configuration)), clock);
        var dispatcher = startDispatcher(vertx, ledger, adapters, courier);
        var dailyCosts = new CatalogDailyCosts(ledger, configuration.store().timeZone(), clock);
        var reports =
                new Reports(columns, configuration.store().reportCurrency(), clock, dailyCosts);
        var caps = startCaps(vertx, ledger, CapClockwork.earlier(reports, projector));
        sight.await();
        sight.watch(vertx);
        var door = door(ledger, identity, caps, sight);
        var tracking = new TrackingServer(vertx, StageConfigs.ingest(configuration), door);
        int port = startTracking(tracking);
        var trackingUrl = trackingUrl(port);
        var vitals =
                startVitals(
                        vertx,
                        new ServerVitals(
                                ledger,
                                projector,
                                dispatcher,
                                tracking.metrics(),
                                tracking.sightings(),
                                clock));
        var desk = new Desk(dispatcher, adapters, clock);
        var alerts =
                startAlerts(
                        vertx,
                        new AlertWatch(ledger, columns, desk, vitals, courier)
                                .rounds(
                                        configuration,
                                        new AlertHook(new Secrets(identity.prints()), clock),
                                        () -> consoleUrl,
                                        clock));
        var context =
                context(
                        ledger,
                        reports,
                        identity,
                        vitals,
                        door,
                        new Rooms(
                                desk,
                                new LocalGround(door, () -> line(port)),
                                new ValidationRoom(watch, ledger),
                                alerts));
        startReviews(vertx, context);
        consoleUrl = startConsole(vertx, context, trackingUrl);
        return new Started(
                new Urls(trackingUrl, consoleUrl), identity.token().made(), Transport.name(vertx));
    }

    private Sight openSight() {
        var sight = new Sight(configuration);
        started("sight", sight::close);
        return sight;
    }

    private EmbeddedLedger openLedger() {
        var ledger =
                EmbeddedLedger.open(
                        configuration.store().data(),
                        StageConfigs.embedded(configuration),
                        rules,
                        configuration.store().reportCurrency(),
                        new InstallationSeed(clock, random));
        started("ledger", ledger::close);
        return ledger;
    }

    private DuckFacts openColumns() {
        var columns =
                DuckFacts.open(configuration.store().data(), StageConfigs.columns(configuration));
        started("columns", columns::close);
        return columns;
    }

    private Projector startProjector(EmbeddedLedger ledger, DuckFacts columns) {
        var projector = new Projector(ledger, columns, ProjectorConfig.DEFAULT);
        projector.start();
        started(
                "projector",
                () -> {
                    // What is missing is read after the next start; this only makes that quicker.
                    projector.awaitCaughtUp(CATCH_UP_MAX);
                    projector.close();
                });
        return projector;
    }

    /// Reads the ledger from the side; what it finds is written while the ledger still takes it.
    private Watch startWatch(EmbeddedLedger ledger) {
        var watch = new Watch(ledger, recordIds, clock);
        watch.start();
        started("validation", watch::close);
        return watch;
    }

    private Vertx startNetwork() {
        var vertx = Transport.vertx();
        started("network", () -> await(vertx.close(), STOP_MAX));
        return vertx;
    }

    private Dispatcher startDispatcher(
            Vertx vertx, Ledger ledger, List<Adapter> adapters, Courier courier) {
        var config = StageConfigs.deliver(configuration);
        var dispatcher =
                new Dispatcher(
                        config,
                        ledger,
                        recordIds,
                        courier,
                        new Surroundings(clock, timers.apply(vertx), random),
                        adapters);
        dispatcher.start();
        started("deliveries", dispatcher::close);
        return dispatcher;
    }

    private DayCaps startCaps(Vertx vertx, Ledger ledger, DayCaps.Earlier earlier) {
        var caps = new DayCaps(ledger, clock, configuration.store().timeZone(), earlier);
        var clockwork = new CapClockwork(vertx, caps);
        clockwork.start();
        started("caps", clockwork::stop);
        return caps;
    }

    private Doorway door(Ledger ledger, Identity identity, DayCaps caps, Sight sight) {
        return new Doorway(
                ledger,
                identity.clickIds(),
                identity.mint(),
                recordIds,
                clock,
                random,
                identity.prints(),
                print -> identity.mayExplain(print, ledger.catalog(), clock.millis()),
                TestPass.made(random),
                caps,
                sight.visitors());
    }

    /// @return the port it listens on
    private int startTracking(TrackingServer tracking) {
        var settings = configuration.tracking();
        started("tracking", () -> await(tracking.stop(), STOP_MAX));
        return listening(tracking.start(), settings.bind(), settings.port(), "--port");
    }

    private String trackingUrl(int port) {
        var settings = configuration.tracking();
        return settings.publicUrl().isEmpty() ? url(settings.bind(), port) : settings.publicUrl();
    }

    /// A connection to our own tracking listener, for tests.
    private Socket line(int port) throws IOException {
        var bind = configuration.tracking().bind();
        var address = InetAddress.getByName(isAny(bind) ? "127.0.0.1" : bind);
        var certificate = configuration.tls().certificate();
        return certificate == null
                ? new Socket(address, port)
                : OwnTls.sockets(certificate).createSocket(address, port);
    }

    private static boolean isAny(String bind) {
        return bind.equals("0.0.0.0") || bind.equals("::");
    }

    private ServerVitals startVitals(Vertx vertx, ServerVitals vitals) {
        long timer =
                vertx.setPeriodic(LAG_LOOK_MILLIS, _ -> vertx.executeBlocking(vitals::lagSeconds));
        started(
                "vitals",
                () -> {
                    vertx.cancelTimer(timer);
                    vitals.close();
                });
        return vitals;
    }

    private ConsoleContext context(
            EmbeddedLedger ledger,
            Reports reports,
            Identity identity,
            Vitals vitals,
            Doorway door,
            Rooms rooms) {
        return new ConsoleContext(
                ledger,
                reports,
                identity.clickIds(),
                clock,
                random,
                identity.prints(),
                identity.token()::fingerprints,
                vitals,
                handover(ledger, door),
                rooms.desk(),
                replay(ledger, identity),
                rooms.ground(),
                rooms.validation(),
                rooms.alerts(),
                Version.text());
    }

    private Handover handover(EmbeddedLedger ledger, Doorway door) {
        var data = configuration.store().data();
        RocksScratch.clear(data);
        return new Handover(
                new RowDoor(door, StageConfigs.ingest(configuration)),
                new RescueDoor(door, StageConfigs.ingest(configuration)),
                ledger,
                () ->
                        new Sandbox(
                                ledger.snapshot(), rules, ledger::catalog, RocksScratch.open(data)),
                data.resolve("scratch").resolve("uploads"));
    }

    private Replay replay(EmbeddedLedger ledger, Identity identity) {
        var config = StageConfigs.ingest(configuration);
        return new Replay(
                ledger,
                rules,
                new KeptRequests(identity.clickIds(), config, ledger.catalog()),
                recordIds,
                clock,
                ReplayLimits.DEFAULT);
    }

    /// Decides held postbacks by the rules of their senders.
    private void startReviews(Vertx vertx, ConsoleContext context) {
        var reviews = new RuleReview(context);
        var clockwork = new Clockwork(vertx, "reviews by rule", reviews::run, EVERY_MINUTE_MILLIS);
        clockwork.start();
        started("reviews", clockwork::stop);
    }

    private AlertRounds startAlerts(Vertx vertx, AlertRounds rounds) {
        var clockwork = new Clockwork(vertx, "alerts", rounds::run, EVERY_MINUTE_MILLIS);
        clockwork.start();
        started(
                "alerts",
                () -> {
                    clockwork.stop();
                    rounds.write();
                });
        return rounds;
    }

    private String startConsole(Vertx vertx, ConsoleContext context, String trackingUrl) {
        var settings = configuration.console();
        var console =
                new ConsoleServer(vertx, StageConfigs.console(configuration, trackingUrl), context);
        started("console", () -> await(console.stop(), STOP_MAX));
        renewWhenChanged(vertx, console);
        int port = listening(console.start(), settings.bind(), settings.port(), "--console-port");
        return settings.url().isEmpty() ? url(settings.bind(), port) : settings.url();
    }

    /// The tracking listener looks after its own certificate.
    private void renewWhenChanged(Vertx vertx, ConsoleServer console) {
        var certificate = configuration.tls().certificate();
        var key = configuration.tls().key();
        if (certificate == null || key == null) {
            return;
        }
        var watch =
                new FileWatch(
                        vertx,
                        List.of(certificate, key),
                        () ->
                                console.reloadTls()
                                        .onFailure(e ->
                                                LOG.warn(
                                                        "certificate kept cause=\"{}\"",
                                                        Trouble.oneLine(e))));
        started("certificate watch", watch::stop);
    }

    private String url(String bind, int port) {
        var scheme = configuration.tls().isOn() ? "https" : "http";
        var host = isAny(bind) ? "127.0.0.1" : bind.contains(":") ? "[" + bind + "]" : bind;
        return scheme + "://" + host + ":" + port;
    }

    private int listening(Future<Integer> listening, String bind, int port, String flag) {
        try {
            return await(listening, START_MAX);
        } catch (StartFailure e) {
            var why = Trouble.oneLine(e);
            if (why.contains("in use")) {
                throw new StartFailure(
                        "port %d on %s is in use; stop what uses it, or choose another with %s"
                                .formatted(port, bind, flag),
                        e);
            }
            var about = configuration.tls().isOn() ? " with tls-cert and tls-key" : "";
            throw new StartFailure(
                    "cannot listen on %s port %d%s: %s".formatted(bind, port, about, why), e);
        }
    }

    private static <T> T await(Future<T> future, Duration max) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new StartFailure(Trouble.oneLine(e), e);
        } catch (TimeoutException e) {
            throw new StartFailure("not done within " + max.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }

    private void started(String name, Stop stop) {
        partsLock.lock();
        try {
            parts.push(new Part(name, stop));
        } finally {
            partsLock.unlock();
        }
    }

    /// Stops what was started. A part that cannot be stopped does not keep the others.
    @Override
    public void close() {
        stop();
    }

    /// [#close], and whether every part stopped as it should.
    boolean stop() {
        partsLock.lock();
        try {
            boolean isClean = true;
            while (!parts.isEmpty()) {
                isClean &= stop(parts.pop());
            }
            return isClean;
        } finally {
            partsLock.unlock();
        }
    }

    private static boolean stop(Part part) {
        try {
            part.stop().run();
            return true;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.error("not stopped cleanly part={}", part.name(), e);
            return false;
        }
    }
}
