package matchback.deliver;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import matchback.attribute.Rules;
import matchback.attribute.RulesConfig;
import matchback.deliver.testing.Await;
import matchback.deliver.testing.ManualClock;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalBlock;
import matchback.ledger.catalog.CatalogChange;
import matchback.ledger.memory.MemoryLedger;
import matchback.ledger.memory.MemoryTables;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickId;
import matchback.model.ClickIdKey;
import matchback.model.ClickIdMint;
import matchback.model.ClickIds;
import matchback.model.Feed;
import matchback.model.ForeignClickIds;
import matchback.model.Params;
import matchback.model.RecordIds;
import matchback.model.Subject;
import matchback.model.catalog.Entity;
import matchback.model.catalog.TrafficSource;
import org.jspecify.annotations.Nullable;

/// A ledger with the real rules, traffic sources, and a dispatcher on virtual time with real
/// connections.
final class World implements AutoCloseable {
    static final Instant BEGINNING =
            java.time.LocalDate.of(2026, 3, 2).atStartOfDay().toInstant(ZoneOffset.UTC);

    /// Requests take real time. A machine that stands still for some seconds makes none of them
    /// fail.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration IMPATIENCE = Duration.ofSeconds(2);

    static final DeliverConfig CONFIG =
            DeliverConfig.DEFAULT.withPrivate(true).withWaits(PATIENCE, PATIENCE);

    final ManualClock clock = new ManualClock(BEGINNING);
    final Ledger ledger =
            new MemoryLedger(new MemoryTables(), new Rules(RulesConfig.DEFAULT), "USD");

    private final Vertx vertx = Vertx.vertx();
    private final RandomGenerator seeded = new SplittableRandom(7);
    private final RecordIds ids = new RecordIds(clock, seeded);
    private final ClickIdMint mint =
            new ClickIdMint(
                    new ClickIds(
                            List.of(new ClickIdKey(0, new byte[32])), 0, ForeignClickIds.KNOWN),
                    1,
                    seeded);
    private final DeliverConfig config;
    private long starts = 100;
    private @Nullable Dispatcher dispatcher;

    World() {
        this(CONFIG);
    }

    World(DeliverConfig config) {
        this.config = config;
    }

    /// Adds or replaces a traffic source.
    void source(String key, @Nullable String postbackUrl) {
        change(new TrafficSource(key, key, Map.of(), postbackUrl, false));
    }

    void change(Entity entity) {
        ledger.change(new CatalogChange(clock.millis(), "test", entity))
                .toCompletableFuture()
                .join();
    }

    /// A visit, and what is reported of it.
    ///
    /// @param externalId the source's click id
    /// @param query of the tracking link
    /// @param person what the report says of the person
    /// @param report the report's parameters
    record Visit(String externalId, String query, Map<String, String> person, String report) {
        static final String REPORT = "payout=12.5&currency=USD&txid=T1";

        static Visit by(String query) {
            return new Visit("", query, Map.of(), REPORT);
        }

        Visit of(Map<String, String> other) {
            return new Visit(externalId, query, other, report);
        }

        Visit reported(String other) {
            return new Visit(externalId, query, person, other);
        }
    }

    /// A click from a source that converts at once: one delivery that is due now.
    Subject convert(String source, String externalId) {
        return convert(source, new Visit(externalId, "", Map.of(), Visit.REPORT));
    }

    /// The same, with what is personal.
    Subject convert(String source, Visit visit) {
        var subject = Subject.click(click(source, visit));
        int deliveries = report(subject, visit);
        if (deliveries != 1) {
            throw new AssertionError("one delivery expected: " + deliveries);
        }
        return subject;
    }

    /// A click that has not converted yet.
    Subject click(String source, String externalId) {
        return Subject.click(click(source, new Visit(externalId, "", Map.of(), "")));
    }

    /// A server's report of a click's conversion.
    ///
    /// @return how many deliveries it made
    int report(Subject subject, String query) {
        return report(subject, new Visit("", "", Map.of(), query));
    }

    private int report(Subject subject, Visit visit) {
        var report = ids.next();
        var outcome =
                ledger.submit(
                                new PostbackReceived(
                                        report,
                                        clock.millis(),
                                        ledger.catalog().version(),
                                        subject,
                                        Feed.S2S,
                                        "",
                                        subject.text(),
                                        "clickid",
                                        "",
                                        null,
                                        "",
                                        Params.ofQuery(visit.report()),
                                        List.of(),
                                        List.of(),
                                        new byte[0]),
                                new PersonalBlock(
                                        report,
                                        new byte[16],
                                        "198.51.100.9",
                                        "",
                                        "GET",
                                        "/postback",
                                        List.of(),
                                        new byte[0],
                                        visit.person()))
                        .join()
                        .outcome();
        if (outcome == null) {
            throw new AssertionError("a report without an outcome");
        }
        return outcome.deliveries();
    }

    private ClickId click(String source, Visit visit) {
        var clickId = mint.issue(clock.millis(), 1, false);
        var click = ids.next();
        ledger.submit(
                        new ClickRecorded(
                                click,
                                clock.millis(),
                                ledger.catalog().version(),
                                Subject.click(clickId),
                                "campaign",
                                source,
                                "",
                                visit.externalId(),
                                "",
                                -1,
                                "",
                                -1,
                                Map.of(),
                                Map.of(),
                                true,
                                "",
                                false,
                                new byte[0]),
                        new PersonalBlock(
                                click,
                                new byte[16],
                                "203.0.113.7",
                                "Mozilla/5.0 (X11)",
                                "GET",
                                "/c/campaign?" + visit.query(),
                                List.of(),
                                new byte[0]))
                .join();
        return clickId;
    }

    /// Starts a dispatcher on this ledger, as after a start of the process.
    Dispatcher start() {
        return start(ledger);
    }

    Dispatcher start(Ledger over) {
        return start(over, new GuardedClient(vertx, config), List.of(new SourcePostback()));
    }

    Dispatcher start(Adapter adapter) {
        return start(ledger, new GuardedClient(vertx, config), List.of(adapter));
    }

    /// Waits [#IMPATIENCE] for an answer, for servers that give none. One that does answer may be
    /// given up too, and is tried again.
    Dispatcher startImpatiently(Adapter adapter) {
        var impatient = config.withWaits(IMPATIENCE, IMPATIENCE);
        return start(ledger, new GuardedClient(vertx, impatient), List.of(adapter));
    }

    Dispatcher start(Ledger over, Courier courier, List<Adapter> adapters) {
        // No jitter: the schedule can be told to the millisecond.
        RandomGenerator none = () -> 0L;
        var own = new RecordIds(clock, new SplittableRandom(starts++));
        var started =
                new Dispatcher(
                        config, over, own, courier, new Surroundings(clock, clock, none), adapters);
        started.start();
        dispatcher = started;
        return started;
    }

    /// Waits until there is nothing left to do at this time.
    void settle() {
        run(Duration.ZERO);
    }

    /// Lets virtual time pass, step by step, with all real work done in between.
    void run(Duration span) {
        var limit = clock.instant().plus(span);
        do {
            Await.until("the dispatcher is quiet", dispatcher()::isQuiet);
        } while (clock.step(limit));
    }

    /// Lets a second pass: longer than the pauses of looking and of the rate limit.
    void runShortly() {
        run(Duration.ofSeconds(1));
    }

    /// All of a click's deliveries, in the order they were made.
    List<DeliveryState> deliveries(Subject subject) {
        try (var snapshot = ledger.snapshot()) {
            return new SubjectState(snapshot.state(subject), subject).deliveries();
        }
    }

    DeliveryState delivery(Subject subject) {
        try (var snapshot = ledger.snapshot()) {
            return new SubjectState(snapshot.state(subject), subject).delivery(1).orElseThrow();
        }
    }

    int waiting(String destination) {
        int[] count = {0};
        try (var snapshot = ledger.snapshot()) {
            snapshot.outbox(
                    destination,
                    _ -> {
                        count[0]++;
                        return true;
                    });
        }
        return count[0];
    }

    DestinationHealth health(String destination) {
        return dispatcher().health().stream()
                .filter(health -> health.destination().equals(destination))
                .findFirst()
                .orElseThrow();
    }

    Dispatcher dispatcher() {
        var started = dispatcher;
        if (started == null) {
            throw new IllegalStateException("start() comes first");
        }
        return started;
    }

    Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        if (dispatcher != null) {
            dispatcher.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
