package matchback.server;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import matchback.console.DeliveryDesk;
import matchback.deliver.Adapter;
import matchback.deliver.DestinationHealth;
import matchback.deliver.Dispatcher;
import matchback.deliver.Preparation;
import matchback.deliver.Shipment;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Snapshot;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.MacroValues;
import matchback.ledger.state.SubjectState;
import matchback.model.Subject;
import matchback.model.catalog.Destination;
import matchback.model.catalog.DestinationType;
import org.jspecify.annotations.Nullable;

/// The console's way to the delivery stage.
final class Desk implements DeliveryDesk {
    private final Dispatcher dispatcher;
    private final InstantSource clock;
    private final List<DestinationType> types;

    Desk(Dispatcher dispatcher, List<Adapter> adapters, InstantSource clock) {
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.types = adapters.stream().flatMap(adapter -> adapter.type().stream()).toList();
    }

    @Override
    public List<DestinationType> types() {
        return types;
    }

    @Override
    public Flow flow(String address) {
        return flow(dispatcher.health(address));
    }

    @Override
    public List<Flow> flows() {
        return dispatcher.health().stream().map(Desk::flow).toList();
    }

    private static Flow flow(DestinationHealth health) {
        var last = health.last();
        return new Flow(
                health.destination(),
                health.standing().name().toLowerCase(Locale.ROOT),
                health.nextAt(),
                health.underWay(),
                health.waiting(),
                health.hasMoreWaiting(),
                health.oldestAt(),
                health.tokenUntil(),
                last == null
                        ? null
                        : new LastAttempt(
                                last.at(), word(last.result()), last.httpStatus(), last.note()),
                aftermath(health.aftermath()));
    }

    private static @Nullable Aftermath aftermath(matchback.deliver.Aftermath aftermath) {
        return aftermath.equals(matchback.deliver.Aftermath.NONE)
                ? null
                : new Aftermath(
                        aftermath.open(),
                        aftermath.succeeded(),
                        aftermath.failed(),
                        aftermath.untold());
    }

    private static String word(AttemptResult result) {
        return result.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void resume(String address) {
        dispatcher.resume(address);
    }

    @Override
    public CompletableFuture<Trial> test(Destination destination) {
        return dispatcher
                .test(destination.address())
                .map(trial -> trial.thenApply(Desk::trial))
                .orElseGet(() ->
                        CompletableFuture.completedFuture(
                                new Trial(
                                        word(AttemptResult.PARKED),
                                        "This version has no adapter for " + destination.type(),
                                        null,
                                        null,
                                        0)));
    }

    private static Trial trial(matchback.deliver.Trial trial) {
        return new Trial(
                word(trial.result()),
                trial.note(),
                message(trial.request()),
                message(trial.answer()),
                trial.millis());
    }

    private static @Nullable Message message(matchback.deliver.Trial.@Nullable Message message) {
        return message == null
                ? null
                : new Message(message.line(), message.headers(), message.body());
    }

    @Override
    public Optional<String> hopeless(
            Destination destination, Snapshot snapshot, Subject subject, int conversion) {
        var state = new SubjectState(snapshot.state(subject), subject);
        var click = state.click();
        return state.conversion(conversion)
                .flatMap(made -> click.map(c -> shipment(destination, snapshot, subject, c, made)))
                .flatMap(shipment ->
                        dispatcher.prospect(destination.address(), shipment)
                                        instanceof Preparation.Hopeless(var note)
                                ? Optional.of(note)
                                : Optional.empty());
    }

    /// As it would be made now.
    private Shipment shipment(
            Destination destination,
            Snapshot snapshot,
            Subject subject,
            ClickState click,
            ConversionState conversion) {
        long now = clock.millis();
        var delivery =
                new DeliveryState(
                        1,
                        conversion.number(),
                        conversion.id(),
                        destination.address(),
                        conversion.recordId(),
                        conversion.id(),
                        MacroValues.of(subject, click, conversion),
                        now,
                        Progress.WAITING,
                        now,
                        0,
                        List.of(),
                        Destination.momentOf(conversion.status()));
        return new Shipment(
                subject,
                delivery,
                Optional.of(click),
                Optional.of(conversion),
                snapshot.personal(click.recordId()),
                snapshot.personal(conversion.recordId()));
    }
}
