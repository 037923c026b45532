package matchback.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Intent;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.Counters;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Attempt;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.SubjectState;
import matchback.model.Subject;

/// Who must learn of a conversion, and how far each has.
///
/// ```
///             ┌─ RETRY, PARKED ─┐
///  WAITING ◀──┘                 │
///     │ ────────────────────────┘
///     ├── DELIVERED ──▶ DELIVERED ──┐
///     └── DEAD ───────▶ DEAD        │ a replay: wanted no more, and back
///     │                             ▼
///     └─ a replay ────▶ CANCELLED ─▶ NOT_RETRACTABLE
///                           (an attempt on its way was DELIVERED)
/// ```
final class Deliveries {
    /// Attempts kept of one delivery; the ledger has them all.
    private static final int ATTEMPTS_KEPT = 30;

    private Deliveries() {}

    /// The place of a waiting delivery in the outbox.
    static OutboxEntry entry(DeliveryState delivery, Subject subject) {
        return new OutboxEntry(
                delivery.destination(), delivery.dueAt(), subject, delivery.number());
    }

    /// Whether an attempt is known already, or about nothing that waits. What was on its way when a
    /// replay cancelled it may arrive all the same.
    static boolean isPast(DeliveryAttempted event, SubjectState state) {
        return state.delivery(event.delivery())
                .filter(delivery ->
                        delivery.progress() == Progress.WAITING
                                || (delivery.progress() == Progress.CANCELLED
                                        && event.result() == AttemptResult.DELIVERED))
                .filter(delivery -> event.attempt() > delivery.attemptsMade())
                .isEmpty();
    }

    static Effects attempted(DeliveryAttempted event, SubjectState state) {
        var known = state.delivery(event.delivery());
        if (known.isEmpty() || isPast(event, state)) {
            return Effects.NONE;
        }
        var before = known.get();
        var after = after(before, event);
        state.save(after);
        var counters = state.counters();
        long version = Filing.nextVersion(counters);
        state.save(
                new Counters(
                        version,
                        counters.conversions(),
                        counters.reports(),
                        counters.deliveries()));
        var intents = new ArrayList<Intent>();
        var changed = new ArrayList<DeliveryState>();
        changed.add(after);
        boolean wasWaiting = before.progress() == Progress.WAITING;
        if (wasWaiting) {
            intents.add(new Intent.Unschedule(entry(before, event.subject())));
        }
        if (after.progress() == Progress.WAITING) {
            intents.add(new Intent.Schedule(entry(after, event.subject())));
        } else if (wasWaiting) {
            following(after, state)
                    .ifPresent(waiting -> {
                        var next = waiting.dueAt(Math.max(event.receivedAt(), waiting.dueAt()));
                        state.save(next);
                        changed.add(next);
                        // It may be there already, when it was asked for again.
                        intents.add(new Intent.Unschedule(entry(waiting, event.subject())));
                        intents.add(new Intent.Schedule(entry(next, event.subject())));
                    });
        }
        var sender = state.conversion(after.conversion()).map(ConversionState::sender).orElse("");
        var rows = new Rows(event.subject(), state.click().orElse(null), version);
        return new Effects(
                changed.stream().map(delivery -> rows.delivery(delivery, sender)).toList(),
                intents,
                null);
    }

    /// What waited for another delivery to end: a destination hears of a conversion in the order in
    /// which things happened to it.
    private static Optional<DeliveryState> following(DeliveryState ended, SubjectState state) {
        return state.deliveries(ended.conversion(), ended.destination()).stream()
                .filter(delivery -> delivery.progress() == Progress.WAITING)
                .findFirst();
    }

    private static DeliveryState after(DeliveryState before, DeliveryAttempted event) {
        var progress =
                switch (event.result()) {
                    case DELIVERED ->
                            before.progress() == Progress.CANCELLED
                                    ? Progress.NOT_RETRACTABLE
                                    : Progress.DELIVERED;
                    case DEAD -> Progress.DEAD;
                    case RETRY, PARKED -> Progress.WAITING;
                };
        boolean burnsTry =
                switch (event.result()) {
                    case DELIVERED, DEAD, RETRY -> true;
                    case PARKED -> false;
                };
        return new DeliveryState(
                before.number(),
                before.conversion(),
                before.conversionId(),
                before.destination(),
                before.cause(),
                before.eventId(),
                before.values(),
                before.createdAt(),
                progress,
                progress == Progress.WAITING ? event.nextAt() : 0,
                burnsTry ? event.attempt() : before.attemptsMade(),
                attempts(before, event),
                before.moment());
    }

    private static List<Attempt> attempts(DeliveryState before, DeliveryAttempted event) {
        var attempts = new ArrayList<>(before.attempts());
        attempts.add(
                new Attempt(
                        event.attempt(),
                        event.receivedAt(),
                        event.result(),
                        event.url(),
                        event.httpStatus(),
                        event.note(),
                        event.durationMillis()));
        int size = attempts.size();
        return size <= ATTEMPTS_KEPT ? attempts : attempts.subList(size - ATTEMPTS_KEPT, size);
    }
}
