package matchback.attribute;

import java.util.List;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.DeliveryAsked;
import matchback.ledger.Intent;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.Counters;
import matchback.ledger.state.DeadLetters;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.SubjectState;
import matchback.model.catalog.Catalog;

/// Makes the deliveries that a person asks for. Asking twice makes one.
final class Asking {
    private Asking() {}

    static Effects asked(DeliveryAsked asked, Catalog catalog, SubjectState state) {
        return switch (asked.wish()) {
            case TELL -> tell(asked, catalog, state);
            case RESEND ->
                    DeadLetters.resendable(state, asked.number())
                            .map(dead -> resend(asked, dead, state))
                            .orElse(Effects.NONE);
        };
    }

    private static Effects tell(DeliveryAsked asked, Catalog catalog, SubjectState state) {
        var conversion = state.conversion(asked.number());
        var click = state.click();
        if (conversion.isEmpty() || click.isEmpty() || click.get().test()) {
            return Effects.NONE;
        }
        var counters = state.counters();
        var announced =
                new Announcing(
                                catalog,
                                state,
                                asked.subject(),
                                click.get(),
                                // What is known of the person stands with the first report.
                                conversion.get().recordId(),
                                asked.receivedAt(),
                                // Nobody asks how this was decided.
                                new Trace())
                        .tell(conversion.get(), asked.destination(), counters.deliveries());
        if (announced.deliveries().isEmpty()) {
            return Effects.NONE;
        }
        state.save(announced.conversion());
        return effects(asked, announced.deliveries(), announced.due(), counters, state);
    }

    private static Effects resend(DeliveryAsked asked, DeliveryState dead, SubjectState state) {
        var again = dead.again(asked.receivedAt());
        state.save(again);
        boolean isNext =
                state.deliveries(again.conversion(), again.destination()).stream()
                        .noneMatch(other ->
                                other.number() < again.number()
                                        && other.progress() == Progress.WAITING);
        return effects(
                asked,
                List.of(again),
                isNext ? List.of(again) : List.of(),
                state.counters(),
                state);
    }

    private static Effects effects(
            DeliveryAsked asked,
            List<DeliveryState> changed,
            List<DeliveryState> due,
            Counters counters,
            SubjectState state) {
        long version = Filing.nextVersion(counters);
        int last = changed.getLast().number();
        state.save(
                new Counters(
                        version,
                        counters.conversions(),
                        counters.reports(),
                        Math.max(counters.deliveries(), last)));
        var rows = new Rows(asked.subject(), state.click().orElse(null), version);
        return new Effects(
                changed.stream()
                        .map(delivery ->
                                rows.delivery(
                                        delivery,
                                        state.conversion(delivery.conversion())
                                                .map(ConversionState::sender)
                                                .orElse("")))
                        .toList(),
                due.stream()
                        .<Intent>map(delivery ->
                                new Intent.Schedule(Deliveries.entry(delivery, asked.subject())))
                        .toList(),
                null);
    }
}
