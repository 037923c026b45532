package matchback.attribute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Intent;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.Counters;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Attempt;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.SubjectState;
import matchback.model.Macros;
import matchback.model.Money;
import matchback.model.Status;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// Who must learn of a conversion, and how far each has.
///
/// ```
///             ┌─ RETRY, PARKED ─┐
///  WAITING ◀──┘                 │
///     │ ────────────────────────┘
///     ├── DELIVERED ──▶ DELIVERED
///     └── DEAD ───────▶ DEAD
/// ```
final class Deliveries {
    /// Attempts kept of one delivery; the ledger has them all.
    private static final int ATTEMPTS_KEPT = 30;

    private Deliveries() {}

    /// Whether a conversion is approved for the first time.
    ///
    /// @param before the same conversion before; null when it is new
    static boolean isFirstApproval(@Nullable ConversionState before, ConversionState after) {
        return after.status() == Status.APPROVED
                && (before == null
                        || (before.status() != Status.APPROVED
                                && before.changes().stream()
                                        .noneMatch(c -> c.status() == Status.APPROVED)));
    }

    /// The destination that the click's traffic source is; empty when it wants no postback.
    static Optional<String> destination(Case of, ClickState click) {
        return of.catalog()
                .source(click.source())
                .filter(source -> !source.archived() && source.postback().isPresent())
                .map(source -> "source:" + source.key());
    }

    /// The event id a conversion is announced with for good.
    static String outboundEventId(ConversionState conversion) {
        return !conversion.outboundEventId().isEmpty()
                ? conversion.outboundEventId()
                : !conversion.browserEventId().isEmpty()
                        ? conversion.browserEventId()
                        : conversion.id();
    }

    /// A delivery that is due at once.
    ///
    /// @param conversion with its outbound event id
    static DeliveryState waiting(
            int number, String destination, Case of, ClickState click, ConversionState conversion) {
        var postback = of.postback();
        return new DeliveryState(
                number,
                conversion.number(),
                conversion.id(),
                destination,
                postback.recordId(),
                conversion.outboundEventId(),
                values(postback.subject(), click, conversion),
                of.decidedAt(),
                Progress.WAITING,
                of.decidedAt(),
                0,
                List.of());
    }

    /// A value for every macro of a destination's URL; empty where there is none.
    private static Map<String, String> values(
            Subject subject, ClickState click, ConversionState conversion) {
        var values = new HashMap<String, String>();
        Macros.CONVERSION.forEach(macro -> values.put(macro, click.subs().getOrDefault(macro, "")));
        values.put("clickid", subject.text());
        values.put("externalid", click.externalId());
        values.put("campaign", click.campaign());
        values.put("source", click.source());
        values.put("offer", click.offer());
        values.put("creative", click.creative());
        values.put("cost", click.costMicros() < 0 ? "" : Money.plain(click.costMicros()));
        values.put("payout", conversion.payout().plain());
        values.put("currency", conversion.payout().currency());
        values.put("value", Optional.ofNullable(conversion.value()).map(Money::plain).orElse(""));
        values.put("txid", conversion.txid());
        values.put("event", conversion.eventType());
        values.put("status", conversion.status().word());
        values.put("event_id", conversion.outboundEventId());
        values.put("conversion_id", conversion.id());
        values.put("click_time", Long.toString(Math.floorDiv(click.clickedAt(), 1000L)));
        values.put("conversion_time", Long.toString(Math.floorDiv(conversion.eventAt(), 1000L)));
        return values;
    }

    /// The place of a waiting delivery in the outbox.
    static OutboxEntry entry(DeliveryState delivery, Subject subject) {
        return new OutboxEntry(
                delivery.destination(), delivery.dueAt(), subject, delivery.number());
    }

    /// Whether an attempt is known already, or about nothing that waits.
    static boolean isPast(DeliveryAttempted event, SubjectState state) {
        return state.delivery(event.delivery())
                .filter(delivery ->
                        delivery.progress() == Progress.WAITING
                                && event.attempt() > delivery.attemptsMade())
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
        intents.add(new Intent.Unschedule(entry(before, event.subject())));
        if (after.progress() == Progress.WAITING) {
            intents.add(new Intent.Schedule(entry(after, event.subject())));
        }
        var sender = state.conversion(after.conversion()).map(ConversionState::sender).orElse("");
        var rows = new Rows(event.subject(), state.click().orElse(null), version);
        return new Effects(List.of(rows.delivery(after, sender)), intents, null);
    }

    private static DeliveryState after(DeliveryState before, DeliveryAttempted event) {
        var progress =
                switch (event.result()) {
                    case DELIVERED -> Progress.DELIVERED;
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
                attempts(before, event));
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
