package matchback.deliver;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import matchback.deliver.DestinationHealth.Standing;
import matchback.ledger.Ledger;
import matchback.ledger.Snapshot;
import matchback.ledger.Wordless;
import matchback.model.RecordIds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is due, on a schedule, until the destination has it.
///
/// One thread owns all that changes here: it looks into the outbox, hands requests to the courier,
/// and turns answers into events. It looks when something was committed, when something falls due
/// and when an answer has made room. Nothing is loaded ahead: of each destination only what is
/// under way is in memory, and the outbox is read again at every look.
///
/// What is under way is remembered until its attempt is durable, so the outbox entry that is still
/// there meanwhile is not taken twice.
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /// Commits come in by the thousand; the outbox is looked into this often at most ...
    private static final Duration LOOK_PAUSE = Duration.ofMillis(20);

    /// ... and so that looking takes a tenth of one processor at most.
    private static final int LOOK_SHARE = 10;

    /// However long a look took, also by a clock that jumped meanwhile, the next is this near.
    private static final Duration LOOK_SPACING_MAX = Duration.ofSeconds(2);

    /// Longest pause without a look: finds settings that were changed while all is quiet.
    private static final Duration LOOK_PAUSE_MAX = Duration.ofMinutes(1);

    private final DeliverConfig config;
    private final Ledger ledger;
    private final Courier courier;
    private final InstantSource clock;
    private final Timer timer;
    private final Map<String, Adapter> adapters;
    private final DeliverMetrics metrics = new DeliverMetrics();
    private final Owner owner = new Owner("matchback-deliver");
    private final AtomicBoolean isSignalled = new AtomicBoolean();
    private final CountDownLatch drained = new CountDownLatch(1);
    private final RecordIds ids;
    private final Carrier carrier;
    private final Trials trials;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    private volatile boolean isClosing;
    private final AtomicInteger underWay = new AtomicInteger();

    // The following are the owner's alone.
    private long lastLook = Long.MIN_VALUE / 2;
    private long lastLookTook;
    private long alarmAt = Long.MAX_VALUE;
    private Timer.Cancellation alarm = () -> {};

    /// Sends over HTTP in real time, to traffic sources.
    public Dispatcher(
            Vertx vertx,
            DeliverConfig config,
            Ledger ledger,
            RecordIds ids,
            InstantSource clock,
            RandomGenerator random) {
        this(
                config,
                ledger,
                ids,
                new GuardedClient(vertx, config),
                new Surroundings(clock, Timer.of(vertx), random),
                List.of(new SourcePostback()));
    }

    /// @param courier closed together with the dispatcher
    public Dispatcher(
            DeliverConfig config,
            Ledger ledger,
            RecordIds ids,
            Courier courier,
            Surroundings surroundings,
            List<Adapter> adapters) {
        this.config = config;
        this.ledger = ledger;
        this.courier = courier;
        this.clock = surroundings.clock();
        this.timer = surroundings.timer();
        this.ids = ids;
        this.trials = new Trials(courier, clock);
        this.carrier =
                new Carrier(
                        courier,
                        ledger,
                        surroundings,
                        owner,
                        new Clerk(ledger, ids, surroundings, metrics, owner),
                        underWay,
                        this::turn);
        this.adapters =
                adapters.stream()
                        .collect(
                                java.util.stream.Collectors.toUnmodifiableMap(
                                        Adapter::kind, adapter -> adapter));
    }

    /// Starts sending what is due. Call it once.
    public void start() {
        ledger.onCommit(this::signal);
        owner.post(this::look);
    }

    public DeliverMetrics metrics() {
        return metrics;
    }

    /// All destinations that something was sent to or waits for, by key. Reads the outbox: for
    /// pages and probes, not for every request.
    public List<DestinationHealth> health() {
        try (var snapshot = ledger.snapshot()) {
            return new Census(snapshot, ledger.catalog()).of(lanes);
        }
    }

    /// How one destination is doing, also one that nothing was sent to yet.
    public DestinationHealth health(String destination) {
        var lane = lanes.get(destination);
        try (var snapshot = ledger.snapshot()) {
            return new Census(snapshot, ledger.catalog())
                    .of(destination, lane == null ? Lane.View.NEW : lane.view());
        }
    }

    /// Tries a destination again that is left alone for now, and asks for a new access token.
    public void resume(String destination) {
        owner.post(() -> {
            var lane = lanes.get(destination);
            if (lane != null && !isClosing) {
                lane.resume(clock.millis());
                lane.page().outdate();
                turn(lane);
            }
        });
    }

    /// Sends a made-up event now, beside the queue; empty for a destination without an adapter.
    public Optional<CompletableFuture<Trial>> test(String destination) {
        return adapter(destination)
                .map(adapter ->
                        trials.run(adapter, key(destination), ledger.catalog(), ids.next()));
    }

    /// What would become of a shipment if it were sent now; nothing is.
    public Preparation prospect(String destination, Shipment shipment) {
        return adapter(destination)
                .map(adapter ->
                        adapter.prepare(
                                key(destination), shipment, ledger.catalog(), clock.instant()))
                .orElseGet(() -> Loader.withoutAdapter(destination));
    }

    private Optional<Adapter> adapter(String destination) {
        int colon = Math.max(0, destination.indexOf(':'));
        return Optional.ofNullable(adapters.get(destination.substring(0, colon)));
    }

    private static String key(String destination) {
        return destination.substring(destination.indexOf(':') + 1);
    }

    /// How many destinations stand how, without reading the outbox; one that nothing was sent to
    /// yet is left out.
    public Map<Standing, Integer> standings() {
        var counts = new EnumMap<Standing, Integer>(Standing.class);
        lanes.values().forEach(lane -> counts.merge(standing(lane), 1, Integer::sum));
        return counts;
    }

    /// Destinations that stand so, by key, without reading the outbox.
    public List<String> standing(Standing standing) {
        return lanes.values().stream()
                .filter(lane -> standing(lane) == standing)
                .map(Lane::destination)
                .sorted()
                .toList();
    }

    private Standing standing(Lane lane) {
        return Lane.standing(lane.destination(), lane.view(), ledger.catalog());
    }

    /// Stops sending, waits a bounded time for what is under way, and closes the courier. What was
    /// not recorded by then is sent again after the next start.
    @Override
    public void close() {
        if (isClosing) {
            return;
        }
        isClosing = true;
        owner.post(this::drainedIfIdle);
        try {
            if (!drained.await(config.closeWithin().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("closing while requests are under way count={}", underWay.get());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        // First the owner: what the courier breaks off now must not count as a failed attempt.
        owner.close();
        courier.close();
    }

    /// Whether nothing is under way and nothing left to do before time moves on.
    boolean isQuiet() {
        long posted = owner.posted();
        return owner.done() == posted && underWay.get() == 0 && owner.posted() == posted;
    }

    /// On the committing thread.
    private void signal() {
        if (!isClosing && isSignalled.compareAndSet(false, true)) {
            owner.post(this::lookSoon);
        }
    }

    private void lookSoon() {
        long pause =
                Math.clamp(
                        lastLookTook * LOOK_SHARE,
                        LOOK_PAUSE.toMillis(),
                        LOOK_SPACING_MAX.toMillis());
        long now = clock.millis();
        // A clock that was set back would put it off for as long as it was set back by.
        if (now >= lastLook + pause || now < lastLook) {
            look();
        } else {
            wakeAt(lastLook + pause, now);
        }
    }

    private void look() {
        isSignalled.set(false);
        if (isClosing) {
            return;
        }
        long now = clock.millis();
        lastLook = now;
        wakeAt(now + LOOK_PAUSE_MAX.toMillis(), now);
        try (var snapshot = ledger.snapshot()) {
            for (var destination : snapshot.outboxDestinations()) {
                var lane = lane(destination, now);
                lane.page().outdate();
                turn(lane, snapshot, now);
            }
            for (var lane : lanes.values()) {
                if (Inquirer.isDue(lane, now)) {
                    turn(lane, snapshot, now);
                }
            }
        }
        lastLookTook = Math.max(0, clock.millis() - now);
    }

    /// One destination's turn, after an answer has made room.
    private void turn(Lane lane) {
        if (isClosing) {
            drainedIfIdle();
            return;
        }
        try (var snapshot = ledger.snapshot()) {
            turn(lane, snapshot, clock.millis());
        }
    }

    /// What breaks here breaks for this destination alone.
    private void turn(Lane lane, Snapshot snapshot, long now) {
        try {
            long next = carrier.turn(lane, snapshot, now);
            if (next <= now) {
                // Behind those of the others.
                owner.post(() -> turn(lane));
            } else {
                wakeAt(next, now);
            }
        } catch (RuntimeException e) {
            LOG.error("delivery failed destination={}", lane.destination(), Wordless.of(e));
            lane.gate().park(now);
        }
    }

    private Lane lane(String destination, long now) {
        return lanes.computeIfAbsent(
                destination,
                _ -> new Lane(destination, key(destination), adapter(destination), config, now));
    }

    private void drainedIfIdle() {
        if (isClosing && underWay.get() == 0) {
            drained.countDown();
        }
    }

    private void wakeAt(long at, long now) {
        if (isClosing) {
            return;
        }
        if (alarmAt < now) {
            // Overdue: set by a clock that has jumped since. Its time has come.
            alarm.cancel();
            alarmAt = now;
            owner.post(this::alarmed);
        } else if (at < alarmAt) {
            alarm.cancel();
            alarmAt = at;
            alarm =
                    timer.after(
                            Duration.ofMillis(Math.max(0, at - now)),
                            () -> owner.post(this::alarmed));
        }
    }

    private void alarmed() {
        alarmAt = Long.MAX_VALUE;
        look();
    }
}
