package matchback.deliver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import matchback.deliver.DestinationHealth.LastAttempt;
import matchback.deliver.DestinationHealth.Standing;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.state.DeliveryState;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Pace;
import org.jspecify.annotations.Nullable;

/// One destination's way out: what is under way, its gate, its rate and its access token. Used by
/// the dispatcher's thread; only [#view] is read by others.
final class Lane {
    /// Deliveries under way, so that memory stays bounded where many go out in one request.
    private static final int HELD_MAX = 4_000;

    /// What others may see.
    record View(
            Standing standing,
            long nextAt,
            int underWay,
            long tokenUntil,
            @Nullable LastAttempt last,
            Aftermath aftermath) {
        static final View NEW = new View(Standing.FLOWING, 0, 0, 0, null, Aftermath.NONE);

        View with(Aftermath other) {
            return new View(standing, nextAt, underWay, tokenUntil, last, other);
        }
    }

    private record Id(Subject subject, int delivery) {}

    private final String destination;
    private final Optional<Adapter> adapter;
    private final String key;
    private final DeliverConfig config;
    private final Gate gate;
    private final Page page = new Page();
    private final AccessToken token = new AccessToken();
    private final Inquiries inquiries = new Inquiries();
    private final Set<Id> held = new HashSet<>();
    private final Deque<Consignment> again = new ArrayDeque<>();

    private Object settings = Optional.empty();
    private @Nullable Pace pace;
    private int concurrencyMax;
    private RateLimit rate;
    private boolean isPaused;
    private int requests;
    private @Nullable LastAttempt last;
    private volatile View view = View.NEW;

    /// @param key of the destination within its kind
    Lane(
            String destination,
            String key,
            Optional<Adapter> adapter,
            DeliverConfig config,
            long now) {
        this.destination = destination;
        this.key = key;
        this.adapter = adapter;
        this.config = config;
        this.concurrencyMax = config.concurrencyMax();
        this.gate = new Gate(config);
        this.rate = new RateLimit(config.perSecondMax(), now);
    }

    String destination() {
        return destination;
    }

    Optional<Adapter> adapter() {
        return adapter;
    }

    String key() {
        return key;
    }

    Gate gate() {
        return gate;
    }

    Page page() {
        return page;
    }

    AccessToken token() {
        return token;
    }

    Inquiries inquiries() {
        return inquiries;
    }

    /// Requests that are to be sent before all others.
    Deque<Consignment> again() {
        return again;
    }

    View view() {
        return view.with(inquiries.aftermath());
    }

    /// Takes over what the operator has changed: opens the gate for a probe, forgets the access
    /// token, keeps to the new pace.
    void look(Catalog catalog, long now) {
        var present = adapter.map(a -> a.settings(key, catalog)).orElse("");
        if (!present.equals(settings)) {
            settings = present;
            gate.settingsChanged(now);
            token.forget();
        }
        var known = catalog.destination(key).filter(d -> d.address().equals(destination));
        keepTo(known.map(Destination::pace).orElse(Pace.DEFAULT), now);
        boolean isStill = isStill(destination, key, catalog);
        if (isStill != isPaused) {
            isPaused = isStill;
            publish();
        }
    }

    /// How a destination stands: by what the operator says now, else by its last turn. One that
    /// nothing waits for has no turns.
    static Standing standing(String destination, View view, Catalog catalog) {
        var key = destination.substring(destination.indexOf(':') + 1);
        boolean isOut =
                catalog.source(key)
                        .filter(source -> source.archived() && source.address().equals(destination))
                        .isPresent();
        if (isOut || isStill(destination, key, catalog)) {
            return Standing.PAUSED;
        }
        return view.standing() == Standing.PAUSED ? Standing.FLOWING : view.standing();
    }

    private static boolean isStill(String destination, String key, Catalog catalog) {
        return catalog.destination(key)
                .filter(found -> found.address().equals(destination))
                .filter(found -> found.paused() || found.archived())
                .isPresent();
    }

    private void keepTo(Pace present, long now) {
        if (present.equals(pace)) {
            return;
        }
        pace = present;
        concurrencyMax =
                Optional.ofNullable(present.concurrencyMax()).orElse(config.concurrencyMax());
        rate =
                new RateLimit(
                        Optional.ofNullable(present.perSecondMax()).orElse(config.perSecondMax()),
                        now);
    }

    /// Lets a probe through at once, whatever the gate says.
    void resume(long now) {
        gate.settingsChanged(now);
        token.forget();
        publish();
    }

    boolean isPaused() {
        return isPaused;
    }

    /// Whether one delivery is sent alone, to see whether the destination takes anything.
    boolean isProbing() {
        return gate.why() != Gate.Why.NONE;
    }

    /// How many requests may be started now.
    int room(long now) {
        if (isPaused) {
            return 0;
        }
        return Math.min(gate.room(now, busy(), concurrencyMax), rate.available(now));
    }

    /// When there is room again by time alone; [Long#MAX_VALUE] when something else must come
    /// first.
    long roomAt(long now) {
        if (isPaused) {
            return Long.MAX_VALUE;
        }
        if (gate.isShut(now)) {
            return gate.shutUntil();
        }
        return gate.room(now, busy(), concurrencyMax) == 0 ? Long.MAX_VALUE : rate.nextAt(now);
    }

    private int busy() {
        return requests + (token.isAsked() ? 1 : 0);
    }

    /// Whether no more may be taken out of the outbox before some are done.
    boolean isFull() {
        return held.size() >= HELD_MAX;
    }

    boolean holds(OutboxEntry entry) {
        return held.contains(new Id(entry.subject(), entry.delivery()));
    }

    void hold(Subject subject, DeliveryState delivery) {
        held.add(new Id(subject, delivery.number()));
    }

    void release(Subject subject, DeliveryState delivery) {
        held.remove(new Id(subject, delivery.number()));
    }

    /// Gives back what waits to be sent again: it is in the outbox as before.
    void releaseAgain() {
        for (var consignment : again) {
            consignment.loads().forEach(load -> release(load.subject(), load.delivery()));
        }
        if (!again.isEmpty()) {
            again.clear();
            page.outdate();
        }
    }

    void requestStarted() {
        requests++;
        rate.take();
        publish();
    }

    void requestEnded() {
        requests--;
        publish();
    }

    void attempted(LastAttempt attempt) {
        last = attempt;
        publish();
    }

    private void publish() {
        var standing =
                isPaused
                        ? Standing.PAUSED
                        : switch (gate.why()) {
                            case NONE -> Standing.FLOWING;
                            case TROUBLE -> Standing.BROKEN;
                            case THROTTLED -> Standing.THROTTLED;
                            case PARKED -> Standing.PARKED;
                        };
        boolean isWaiting = standing != Standing.FLOWING && standing != Standing.PAUSED;
        view =
                new View(
                        standing,
                        isWaiting ? gate.shutUntil() : 0,
                        requests,
                        token.usableUntil(),
                        last,
                        Aftermath.NONE);
    }
}
