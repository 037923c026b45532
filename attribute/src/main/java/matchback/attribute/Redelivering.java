package matchback.attribute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import matchback.ledger.Event.Redecided;
import matchback.ledger.Fact;
import matchback.ledger.Intent;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.Intent.Schedule;
import matchback.ledger.Intent.Unschedule;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.SubjectState;
import org.jspecify.annotations.Nullable;

/// Settles what was sent with what should have been.
///
/// | delivery | still wanted | wanted no more |
/// |---|---|---|
/// | waiting | stays, with the values of now | cancelled |
/// | delivered | stays | not retractable |
/// | dead | stays | stays |
/// | cancelled | waits again, if the replay delivers | stays |
/// | not retractable | delivered | stays |
///
/// A delivery belongs to the conversion that the record makes which made it before, else to the one
/// that this record is a report of now; its event id goes along, so that nobody hears of one
/// conversion under two. What is wanted and was not before is sent when the replay delivers.
final class Redelivering {
    private final Redecided event;
    private final Standing before;
    private final SubjectState state;
    private final Rows rows;
    private final Map<String, ConversionState> conversions = new HashMap<>();
    private final Map<String, ConversionState> heirs = new HashMap<>();
    private final List<DeliveryState> wanted = new ArrayList<>();
    private final List<DeliveryState> kept = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Intent> intents = new ArrayList<>();

    /// @param deliveries the last number given
    record Settled(List<Fact> facts, List<Intent> intents, int deliveries) {}

    /// @param state with all inputs decided
    Redelivering(Redecided event, Standing before, SubjectState state, long version) {
        this.event = event;
        this.before = before;
        this.state = state;
        this.rows = new Rows(event.subject(), state.click().orElse(null), version);
    }

    Settled settle() {
        int last = before.counters().deliveries();
        wanted.addAll(state.deliveries());
        state.forgetDeliveries();
        inherit();
        before.deliveries().forEach(this::keep);
        if (event.deliver()) {
            for (var delivery : wanted) {
                last++;
                send(delivery, last);
            }
        }
        reschedule();
        return new Settled(facts, intents, last);
    }

    /// Conversions take over the event ids under which they were announced before.
    private void inherit() {
        state.conversions().forEach(conversion -> conversions.put(conversion.id(), conversion));
        Set<String> taken = new HashSet<>();
        for (var earlier : before.conversions()) {
            heir(earlier)
                    .ifPresent(heir -> {
                        heirs.put(earlier.id(), heir);
                        boolean isOwn = heir.id().equals(earlier.id());
                        if (!earlier.outboundEventId().isEmpty()
                                && (taken.add(heir.id()) || isOwn)) {
                            announce(heir, earlier.outboundEventId());
                        }
                    });
        }
    }

    private Optional<ConversionState> heir(ConversionState earlier) {
        var own = conversions.get(earlier.id());
        return own != null
                ? Optional.of(own)
                : state.report(earlier.recordId())
                        .map(report -> conversions.get(report.outcome().conversionId()));
    }

    private void announce(ConversionState heir, String eventId) {
        var draft = new Draft(heir);
        draft.announcedAs(eventId);
        var announced = draft.state();
        state.save(announced);
        conversions.put(announced.id(), announced);
    }

    private void keep(DeliveryState delivery) {
        if (delivery.conversionId().isEmpty()) {
            // It tells of no conversion, so no decision changes it.
            change(delivery, delivery);
            return;
        }
        var heir = heirs.get(delivery.conversionId());
        var match = heir == null ? Optional.<DeliveryState>empty() : take(delivery, heir);
        if (match.isEmpty()) {
            drop(delivery, heir);
            return;
        }
        switch (delivery.progress()) {
            case WAITING -> change(delivery, again(delivery, match.get(), delivery.dueAt()));
            case DELIVERED, DEAD -> change(delivery, as(delivery, delivery.progress(), heir));
            case NOT_RETRACTABLE -> change(delivery, as(delivery, Progress.DELIVERED, heir));
            case CANCELLED -> {
                if (event.deliver()) {
                    change(delivery, again(delivery, match.get(), event.receivedAt()));
                } else {
                    change(delivery, as(delivery, Progress.CANCELLED, heir));
                }
            }
        }
    }

    /// What is wanted for the same conversion, destination and moment.
    private Optional<DeliveryState> take(DeliveryState delivery, ConversionState heir) {
        var match =
                wanted.stream()
                        .filter(one -> one.conversionId().equals(heir.id()))
                        .filter(one -> one.destination().equals(delivery.destination()))
                        .filter(one -> one.moment() == delivery.moment())
                        .findFirst();
        match.ifPresent(wanted::remove);
        return match;
    }

    private void drop(DeliveryState delivery, @Nullable ConversionState heir) {
        var progress =
                switch (delivery.progress()) {
                    case WAITING, CANCELLED -> Progress.CANCELLED;
                    case DELIVERED, NOT_RETRACTABLE -> Progress.NOT_RETRACTABLE;
                    case DEAD -> Progress.DEAD;
                };
        change(delivery, as(delivery, progress, heir));
    }

    private void change(DeliveryState earlier, DeliveryState later) {
        state.add(later);
        kept.add(later);
        if (!later.equals(earlier)) {
            show(later);
        }
    }

    /// Only the first that waits of a conversion and destination stands in the outbox.
    private void reschedule() {
        var entries = entries(kept);
        entries(before.deliveries()).stream()
                .filter(entry -> !entries.contains(entry))
                .forEach(entry -> intents.add(new Unschedule(entry)));
        var there = entries(before.deliveries());
        entries.stream()
                .filter(entry -> !there.contains(entry))
                .forEach(entry -> intents.add(new Schedule(entry)));
    }

    private Set<OutboxEntry> entries(List<DeliveryState> deliveries) {
        record Lane(int conversion, String destination) {}
        var lanes = new HashSet<Lane>();
        var entries = new LinkedHashSet<OutboxEntry>();
        for (var delivery : deliveries) {
            if (delivery.progress() == Progress.WAITING
                    && lanes.add(new Lane(delivery.conversion(), delivery.destination()))) {
                entries.add(Deliveries.entry(delivery, event.subject()));
            }
        }
        return entries;
    }

    private void send(DeliveryState one, int number) {
        var eventId =
                Optional.ofNullable(conversions.get(one.conversionId()))
                        .map(ConversionState::outboundEventId)
                        .orElse(one.eventId());
        var delivery =
                new DeliveryState(
                        number,
                        one.conversion(),
                        one.conversionId(),
                        one.destination(),
                        // No postback makes it, and its fact needs an id of its own.
                        event.recordId(),
                        eventId,
                        named(one.values(), eventId),
                        event.receivedAt(),
                        Progress.WAITING,
                        event.receivedAt() + (one.dueAt() - one.createdAt()),
                        0,
                        List.of(),
                        one.moment());
        state.add(delivery);
        kept.add(delivery);
        show(delivery);
    }

    private void show(DeliveryState delivery) {
        var sender =
                Optional.ofNullable(conversions.get(delivery.conversionId()))
                        .map(ConversionState::sender)
                        .orElse("");
        facts.add(rows.delivery(delivery, sender));
    }

    /// A delivery that waits, with the values of now and the event id of ever.
    private static DeliveryState again(DeliveryState delivery, DeliveryState now, long dueAt) {
        return new DeliveryState(
                delivery.number(),
                now.conversion(),
                now.conversionId(),
                delivery.destination(),
                delivery.cause(),
                delivery.eventId(),
                named(now.values(), delivery.eventId()),
                delivery.createdAt(),
                Progress.WAITING,
                dueAt,
                delivery.attemptsMade(),
                delivery.attempts(),
                delivery.moment());
    }

    private static Map<String, String> named(Map<String, String> values, String eventId) {
        var named = new HashMap<>(values);
        named.put("event_id", eventId);
        return named;
    }

    /// A delivery that does not wait.
    ///
    /// @param heir its conversion; null when there is none any more
    private static DeliveryState as(
            DeliveryState delivery, Progress progress, @Nullable ConversionState heir) {
        return new DeliveryState(
                delivery.number(),
                heir == null ? 0 : heir.number(),
                heir == null ? delivery.conversionId() : heir.id(),
                delivery.destination(),
                delivery.cause(),
                delivery.eventId(),
                delivery.values(),
                delivery.createdAt(),
                progress,
                0,
                delivery.attemptsMade(),
                delivery.attempts(),
                delivery.moment());
    }
}
