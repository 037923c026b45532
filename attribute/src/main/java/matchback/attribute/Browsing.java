package matchback.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.Fact;
import matchback.ledger.Intent;
import matchback.ledger.Sight;
import matchback.ledger.State;
import matchback.ledger.state.BrowserTrail;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.Counters;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.MacroValues;
import matchback.ledger.state.SubjectState;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Moment;

/// Keeps what a visitor's browser saw after the click, counts it, and tells the destinations that
/// ask for it. A click that had only been fetched ahead is a visit from then on.
///
/// Of one click a bounded number is kept and told ([BrowserTrail#SIGHTS_MAX]): whoever knows its id
/// can report any number.
final class Browsing {
    private final BrowserReported report;
    private final Catalog catalog;
    private final SubjectState state;
    private final ClickState click;
    private final Rows rows;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Intent> intents = new ArrayList<>();
    private int deliveries;

    private Browsing(
            BrowserReported report, Catalog catalog, SubjectState state, ClickState click) {
        this.report = report;
        this.catalog = catalog;
        this.state = state;
        this.click = click;
        this.deliveries = state.counters().deliveries();
        this.rows = new Rows(report.subject(), click, Filing.nextVersion(state.counters()));
    }

    static boolean isPast(BrowserReported report, State state) {
        return new BrowserTrail(state, report.subject()).has(report.recordId());
    }

    /// A click that is not there, or was never recorded, has no trail.
    static Effects reported(BrowserReported report, Catalog catalog, State state) {
        var subject = new SubjectState(state, report.subject());
        var click = subject.click().filter(ClickState::recorded);
        if (click.isEmpty()) {
            return Effects.NONE;
        }
        var kept = new BrowserTrail(state, report.subject()).add(report);
        return new Browsing(report, catalog, subject, click.get()).effects(kept);
    }

    private Effects effects(List<Sight> sights) {
        if (click.prefetch()) {
            visit();
        }
        for (int i = 0; i < sights.size(); i++) {
            facts.add(rows.sight(report, sights.get(i), i, click));
            if (!click.test()) {
                tell(sights.get(i));
            }
        }
        var before = state.counters();
        state.save(
                new Counters(
                        Filing.nextVersion(before),
                        before.conversions(),
                        before.reports(),
                        deliveries));
        return new Effects(click.test() ? List.of() : facts, intents, null);
    }

    private void visit() {
        var visited = click.visited();
        state.save(visited);
        if (!click.isVisit()) {
            facts.add(rows.click(visited));
        }
    }

    private void tell(Sight sight) {
        for (var destination : catalog.destinationsInOrder()) {
            if (hears(destination, sight)) {
                tell(destination, sight);
            }
        }
    }

    private boolean hears(Destination destination, Sight sight) {
        var scope = destination.scope();
        return !destination.archived()
                && click.bot().isEmpty()
                && destination.sights().contains(sight.name())
                && scope.holdsCampaign(click.campaign())
                && scope.holdsSource(click.source())
                && scope.holdsOffer(click.offer());
    }

    private void tell(Destination destination, Sight sight) {
        boolean isNext =
                state.deliveries(0, destination.address()).stream()
                        .noneMatch(d -> d.progress() == Progress.WAITING);
        deliveries++;
        var delivery = delivery(destination, sight);
        state.add(delivery);
        facts.add(rows.delivery(delivery, ""));
        if (isNext) {
            intents.add(new Intent.Schedule(Deliveries.entry(delivery, report.subject())));
        }
    }

    /// A delivery that tells of no conversion.
    private DeliveryState delivery(Destination destination, Sight sight) {
        var eventId =
                Optional.of(sight.eventId())
                        .filter(id -> !id.isEmpty())
                        .orElseGet(() -> report.recordId() + "-" + deliveries);
        return new DeliveryState(
                deliveries,
                0,
                "",
                destination.address(),
                report.recordId(),
                eventId,
                MacroValues.of(report.subject(), click, sight.name(), eventId, report.receivedAt()),
                report.receivedAt(),
                Progress.WAITING,
                report.receivedAt(),
                0,
                List.of(),
                Moment.APPROVED);
    }
}
