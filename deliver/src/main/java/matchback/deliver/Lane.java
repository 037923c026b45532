package matchback.deliver;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import matchback.deliver.DestinationHealth.LastAttempt;
import matchback.deliver.DestinationHealth.Standing;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.state.DeliveryState;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// One destination's way out: what is under way, its gate and its rate. Used by the dispatcher's
/// thread; only [#view] is read by others.
final class Lane {
    /// A delivery that was taken out of the outbox in memory, and stays taken until its attempt is
    /// durable.
    record Sending(Lane lane, Shipment shipment, long catalogVersion, long startedAt) {
        Subject subject() {
            return shipment.subject();
        }

        DeliveryState delivery() {
            return shipment.delivery();
        }
    }

    /// What others may see.
    record View(Standing standing, long nextAt, int underWay, @Nullable LastAttempt last) {
        static final View NEW = new View(Standing.FLOWING, 0, 0, null);
    }

    private record Id(Subject subject, int delivery) {}

    private final String destination;
    private final Optional<Adapter> adapter;
    private final String key;
    private final int concurrencyMax;
    private final Gate gate;
    private final RateLimit rate;
    private final Set<Id> underWay = new HashSet<>();

    private Object settings = Optional.empty();
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

    View view() {
        return view;
    }

    /// Opens the gate for a probe when the operator has changed the destination.
    void look(Catalog catalog, long now) {
        var present = adapter.map(a -> a.settings(key, catalog)).orElse("");
        if (!present.equals(settings)) {
            settings = present;
            gate.settingsChanged(now);
        }
    }

    /// How many may be started now.
    int room(long now) {
        return Math.min(gate.room(now, underWay.size(), concurrencyMax), rate.available(now));
    }

    /// When there is room again by time alone; [Long#MAX_VALUE] when an answer must come first.
    long roomAt(long now) {
        if (gate.isShut(now)) {
            return gate.shutUntil();
        }
        return gate.room(now, underWay.size(), concurrencyMax) == 0
                ? Long.MAX_VALUE
                : rate.nextAt(now);
    }

    boolean holds(OutboxEntry entry) {
        return underWay.contains(new Id(entry.subject(), entry.delivery()));
    }

    void take(Subject subject, DeliveryState delivery) {
        underWay.add(new Id(subject, delivery.number()));
        rate.take();
        publish();
    }

    void release(Subject subject, DeliveryState delivery) {
        underWay.remove(new Id(subject, delivery.number()));
        publish();
    }

    void attempted(LastAttempt attempt) {
        last = attempt;
        publish();
    }

    private void publish() {
        var standing =
                switch (gate.why()) {
                    case NONE -> Standing.FLOWING;
                    case TROUBLE -> Standing.BROKEN;
                    case THROTTLED -> Standing.THROTTLED;
                    case PARKED -> Standing.PARKED;
                };
        long nextAt = standing == Standing.FLOWING ? 0 : gate.shutUntil();
        view = new View(standing, nextAt, underWay.size(), last);
    }
}
