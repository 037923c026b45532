package matchback.deliver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.Snapshot;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.SubjectState;
import matchback.model.catalog.Catalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What waits in the outbox, as of one snapshot.
///
/// @param catalog the newest
record Census(Snapshot snapshot, Catalog catalog) {
    private static final Logger LOG = LoggerFactory.getLogger(Census.class);

    /// The delivery of an entry, when it still waits for just this time.
    static Optional<DeliveryState> waiting(Snapshot snapshot, OutboxEntry entry) {
        var found =
                new SubjectState(snapshot.state(entry.subject()), entry.subject())
                        .delivery(entry.delivery())
                        .filter(d -> d.progress() == Progress.WAITING)
                        .filter(d -> d.dueAt() == entry.dueAt());
        if (found.isEmpty()) {
            LOG.debug("outbox entry without a delivery destination={}", entry.destination());
        }
        return found;
    }

    List<DestinationHealth> of(Map<String, Lane> lanes) {
        var names = new TreeSet<>(lanes.keySet());
        names.addAll(snapshot.outboxDestinations());
        return names.stream()
                .map(name ->
                        of(
                                name,
                                Optional.ofNullable(lanes.get(name))
                                        .map(Lane::view)
                                        .orElse(Lane.View.NEW)))
                .toList();
    }

    DestinationHealth of(String destination, Lane.View view) {
        int[] waiting = {0};
        long[] oldest = {Long.MAX_VALUE};
        snapshot.outbox(
                destination,
                entry -> {
                    waiting[0]++;
                    waiting(snapshot, entry)
                            .ifPresent(d -> oldest[0] = Math.min(oldest[0], d.createdAt()));
                    return waiting[0] < DestinationHealth.WAITING_MAX;
                });
        return new DestinationHealth(
                destination,
                Lane.standing(destination, view, catalog),
                view.nextAt(),
                view.underWay(),
                waiting[0],
                oldest[0] == Long.MAX_VALUE ? 0 : oldest[0],
                view.tokenUntil(),
                view.last(),
                view.aftermath());
    }
}
