package matchback.deliver;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import matchback.deliver.DestinationHealth.LastAttempt;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.Lane.Sending;
import matchback.ledger.Accepted;
import matchback.ledger.Completion;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Ledger;
import matchback.ledger.Snapshot;
import matchback.ledger.Wordless;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.SubjectState;
import matchback.model.RecordIds;
import matchback.model.RetrySchedule;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
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

    private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);

    /// Longest pause without a look: finds settings that were changed while all is quiet.
    private static final Duration LOOK_PAUSE_MAX = Duration.ofMinutes(1);

    private static final int URL_CHARS_MAX = 8_192;

    private final DeliverConfig config;
    private final Ledger ledger;
    private final RecordIds ids;
    private final Courier courier;
    private final InstantSource clock;
    private final Timer timer;
    private final RandomGenerator random;
    private final Map<String, Adapter> adapters;
    private final DeliverMetrics metrics = new DeliverMetrics();
    private final Owner owner = new Owner("matchback-deliver");
    private final AtomicBoolean isSignalled = new AtomicBoolean();
    private final CountDownLatch drained = new CountDownLatch(1);
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
        this.ids = ids;
        this.courier = courier;
        this.clock = surroundings.clock();
        this.timer = surroundings.timer();
        this.random = surroundings.random();
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
            return new Census(snapshot).of(lanes);
        }
    }

    /// How many destinations stand how, without reading the outbox; one that nothing was sent to
    /// yet is left out.
    public Map<Standing, Integer> standings() {
        var counts = new EnumMap<Standing, Integer>(Standing.class);
        lanes.values().forEach(lane -> counts.merge(lane.view().standing(), 1, Integer::sum));
        return counts;
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
        if (now >= lastLook + pause) {
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
                pump(lane(destination, now), snapshot, now);
            }
        }
        lastLookTook = Math.max(0, clock.millis() - now);
    }

    /// A look at one destination, after an answer has made room.
    private void look(Lane lane) {
        if (!isClosing) {
            try (var snapshot = ledger.snapshot()) {
                pump(lane, snapshot, clock.millis());
            }
        }
    }

    private Lane lane(String destination, long now) {
        return lanes.computeIfAbsent(
                destination,
                _ -> {
                    int colon = destination.indexOf(':');
                    var kind = destination.substring(0, Math.max(0, colon));
                    return new Lane(
                            destination,
                            destination.substring(colon + 1),
                            Optional.ofNullable(adapters.get(kind)),
                            config,
                            now);
                });
    }

    /// One destination's root: what breaks here breaks for this destination alone.
    private void pump(Lane lane, Snapshot snapshot, long now) {
        try {
            startDue(lane, snapshot, now);
        } catch (RuntimeException e) {
            LOG.error("delivery failed destination={}", lane.destination(), Wordless.of(e));
            lane.gate().park(now);
        }
    }

    private void startDue(Lane lane, Snapshot snapshot, long now) {
        var catalog = ledger.catalog();
        lane.look(catalog, now);
        int room = lane.room(now);
        var due = new ArrayList<Sending>(room);
        long[] nextDue = {Long.MAX_VALUE};
        snapshot.outbox(
                lane.destination(),
                entry -> {
                    if (lane.holds(entry)) {
                        return true;
                    }
                    if (entry.dueAt() > now || due.size() == room) {
                        nextDue[0] = entry.dueAt();
                        return false;
                    }
                    Census.waiting(snapshot, entry)
                            .map(d -> shipment(snapshot, entry.subject(), d))
                            .map(s -> new Sending(lane, s, catalog.version(), now))
                            .ifPresent(due::add);
                    return true;
                });
        for (var sending : due) {
            if (lane.room(now) == 0) {
                nextDue[0] = now;
                break;
            }
            send(sending, catalog);
        }
        wakeAt(nextDue[0] > now ? nextDue[0] : lane.roomAt(now), now);
    }

    private void send(Sending sending, Catalog catalog) {
        var lane = sending.lane();
        var preparation =
                lane.adapter()
                        .map(adapter -> prepare(adapter, sending, catalog))
                        .orElseGet(() ->
                                new Preparation.Parked(
                                        "There is no adapter for " + lane.destination()));
        lane.take(sending.subject(), sending.delivery());
        underWay.incrementAndGet();
        switch (preparation) {
            case Preparation.Ready(var parcel) -> {
                var parcels = List.of(parcel);
                var request = lane.adapter().orElseThrow().pack(lane.key(), parcels, catalog);
                courier.send(
                        request,
                        answer -> owner.post(() -> answered(sending, parcels, request, answer)));
            }
            case Preparation.Parked(var note) -> conclude(sending, "", Verdict.parked(note));
            case Preparation.Hopeless(var note) -> conclude(sending, "", Verdict.hopeless(note));
        }
    }

    private static Preparation prepare(Adapter adapter, Sending sending, Catalog catalog) {
        return adapter.prepare(
                sending.lane().key(),
                sending.shipment(),
                catalog,
                Instant.ofEpochMilli(sending.startedAt()));
    }

    private void answered(
            Sending sending, List<Parcel> parcels, OutboundRequest request, Answer answer) {
        var byStatus = Verdict.of(answer, clock.instant(), request.secrets());
        var judgement =
                answer instanceof Answer.Answered answered
                        ? sending.lane()
                                .adapter()
                                .map(adapter -> adapter.judge(parcels, answered, byStatus))
                                .orElse(new Judgement.All(byStatus))
                        : new Judgement.All(byStatus);
        var verdict =
                switch (judgement) {
                    case Judgement.All(var all) -> all;
                    case Judgement.Each(var each) -> each.getFirst();
                    case Judgement.Without(var refused) -> refused.getOrDefault(0, byStatus);
                    case Judgement.Halve(var ofOne) -> ofOne;
                };
        conclude(sending, request.url(), verdict);
    }

    private static Shipment shipment(Snapshot snapshot, Subject subject, DeliveryState delivery) {
        var state = new SubjectState(snapshot.state(subject), subject);
        var click = state.click();
        return new Shipment(
                subject,
                delivery,
                click,
                state.conversion(delivery.conversion()),
                click.flatMap(c -> snapshot.personal(c.recordId())),
                snapshot.personal(delivery.cause()));
    }

    private void conclude(Sending sending, String url, Verdict verdict) {
        long now = clock.millis();
        var lane = sending.lane();
        var event = attempted(sending, url, verdict, now);
        signs(lane, verdict, now);
        lane.attempted(new LastAttempt(now, event.result(), event.httpStatus(), event.note()));
        record(sending, event);
    }

    private DeliveryAttempted attempted(Sending sending, String url, Verdict verdict, long now) {
        var delivery = sending.delivery();
        int attempt = delivery.attemptsMade() + 1;
        var pause =
                switch (verdict.result()) {
                    case DELIVERED, DEAD -> Optional.<Duration>empty();
                    case PARKED -> Optional.of(config.parkPause());
                    case RETRY ->
                            RetrySchedule.pauseAfter(
                                    attempt, random.nextDouble(), verdict.retryAfter());
                };
        boolean isSpent = verdict.result() == AttemptResult.RETRY && pause.isEmpty();
        return new DeliveryAttempted(
                ids.next(),
                now,
                sending.catalogVersion(),
                sending.subject(),
                delivery.number(),
                attempt,
                isSpent ? AttemptResult.DEAD : verdict.result(),
                url.length() > URL_CHARS_MAX ? url.substring(0, URL_CHARS_MAX) : url,
                verdict.httpStatus(),
                verdict.note(),
                Math.max(0, now - sending.startedAt()),
                pause.map(p -> now + p.toMillis()).orElse(0L));
    }

    private static void signs(Lane lane, Verdict verdict, long now) {
        var gate = lane.gate();
        boolean isNews =
                switch (verdict.sign()) {
                    case ALIVE -> gate.alive();
                    case TROUBLED -> gate.trouble(now);
                    case THROTTLED -> gate.throttle(now, verdict.retryAfter());
                    case PARKED -> gate.park(now);
                };
        if (isNews && gate.why() == Gate.Why.NONE) {
            LOG.info("destination flows again destination={}", lane.destination());
        } else if (isNews) {
            LOG.warn(
                    "destination gets nothing for now destination={} because={} status={}",
                    lane.destination(),
                    gate.why(),
                    verdict.httpStatus());
        }
    }

    private void record(Sending sending, DeliveryAttempted event) {
        ledger.submit(
                event,
                null,
                new Completion() {
                    @Override
                    public java.util.concurrent.Executor executor() {
                        return owner::post;
                    }

                    @Override
                    public void accepted(Accepted accepted) {
                        recorded(sending, event);
                    }

                    @Override
                    public void failed(LedgerFailure failure) {
                        owner.post(() -> recordAgain(sending, event, failure));
                    }
                });
    }

    private void recorded(Sending sending, DeliveryAttempted event) {
        var lane = sending.lane();
        metrics.attempted(lane.destination(), event.result(), event.durationMillis());
        lane.release(sending.subject(), sending.delivery());
        underWay.decrementAndGet();
        drainedIfIdle();
        look(lane);
    }

    /// It is not sent again for that: it stays under way until the ledger takes the attempt.
    private void recordAgain(
            Sending sending, DeliveryAttempted event, Completion.LedgerFailure failure) {
        metrics.notRecorded();
        LOG.warn("attempt not recorded record={} error={}", event.recordId(), failure.getMessage());
        timer.after(RECORD_AGAIN, () -> owner.post(() -> record(sending, event)));
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
