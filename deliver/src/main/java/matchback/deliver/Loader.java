package matchback.deliver;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import matchback.deliver.Consignment.Load;
import matchback.ledger.Snapshot;
import matchback.ledger.Wordless;
import matchback.ledger.state.BrowserTrail;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.SubjectState;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what is due off a destination's page and has the adapter prepare it.
///
/// @param snapshot as of now: what it says of a delivery holds
/// @param now epoch milliseconds
record Loader(Snapshot snapshot, Catalog catalog, long now) {
    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

    /// What was taken.
    ///
    /// @param loads can be sent
    /// @param ends were ended without being sent, each with a verdict
    record Taken(List<Load> loads, List<Unsent> ends) {}

    /// A delivery that is not sent.
    record Unsent(Subject subject, DeliveryState delivery, Verdict verdict) {}

    /// Takes up to so many deliveries; all of them are held by the lane from now on. Ends early at
    /// one that parks the destination.
    Taken take(Lane lane, int most) {
        var taken = new Taken(new ArrayList<>(), new ArrayList<>());
        try {
            take(lane, most, taken);
        } catch (RuntimeException e) {
            // Back into the outbox, as it were; nobody else would release them.
            taken.loads().forEach(load -> lane.release(load.subject(), load.delivery()));
            taken.ends().forEach(end -> lane.release(end.subject(), end.delivery()));
            throw e;
        }
        return taken;
    }

    private void take(Lane lane, int most, Taken taken) {
        boolean goesOn = true;
        while (goesOn && taken.loads().size() < most && taken.ends().size() < most) {
            var entry = lane.page().next();
            if (entry.isEmpty()) {
                break;
            }
            goesOn =
                    Optional.of(entry.get())
                            .filter(e -> !lane.holds(e))
                            .flatMap(e -> Census.waiting(snapshot, e))
                            .map(d -> shipment(entry.get().subject(), d))
                            .map(shipment -> prepared(lane, shipment, taken))
                            .orElse(true);
        }
    }

    /// @return whether the next one may be taken
    private boolean prepared(Lane lane, Shipment shipment, Taken taken) {
        lane.hold(shipment.subject(), shipment.delivery());
        lane.page().bearsFruit();
        try {
            return switch (prepare(lane, shipment)) {
                case Preparation.Ready(var parcel) ->
                        taken.loads().add(new Load(parcel, catalog.version()));
                case Preparation.Hopeless(var note) -> end(shipment, Verdict.hopeless(note), taken);
                case Preparation.Parked(var note) -> !end(shipment, Verdict.parked(note), taken);
            };
        } catch (RuntimeException e) {
            // What breaks at one delivery must not keep back the others.
            LOG.error("not prepared destination={}", lane.destination(), Wordless.of(e));
            return end(shipment, Verdict.broken("It could not be prepared", e), taken);
        }
    }

    private static boolean end(Shipment shipment, Verdict verdict, Taken taken) {
        return taken.ends().add(new Unsent(shipment.subject(), shipment.delivery(), verdict));
    }

    private Preparation prepare(Lane lane, Shipment shipment) {
        if (lane.adapter().isEmpty()) {
            return withoutAdapter(lane.destination());
        }
        return lane.adapter()
                .get()
                .prepare(lane.key(), shipment, catalog, Instant.ofEpochMilli(now));
    }

    static Preparation withoutAdapter(String destination) {
        return new Preparation.Parked("There is no adapter for " + destination);
    }

    private Shipment shipment(Subject subject, DeliveryState delivery) {
        var state = new SubjectState(snapshot.state(subject), subject);
        var click = state.click();
        return new Shipment(
                subject,
                delivery,
                click,
                state.conversion(delivery.conversion()),
                click.flatMap(c -> snapshot.personal(c.recordId())),
                snapshot.personal(delivery.cause()),
                new BrowserTrail(snapshot.state(subject), subject)
                        .summary()
                        .flatMap(summary -> snapshot.personal(summary.latest())),
                false);
    }
}
