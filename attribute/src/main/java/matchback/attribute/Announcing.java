package matchback.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.MacroValues;
import matchback.ledger.state.SubjectState;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Silence;
import matchback.model.catalog.TrafficSource;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// Tells those who must learn of it what happened to a conversion.
///
/// The click's traffic source hears of the first approval, by its own postback. Every destination
/// hears of the moments it asks for: of a first word (pending, approved) by its scope and
/// conditions, of what becomes of the conversion later when it was told of it before. So nobody is
/// told to take back what he never heard of. A conversion that is approved once more, after a
/// rejection, is told as a change.
///
/// @param cause the record whose decision it follows
/// @param at when that was, epoch milliseconds
/// @param trace notes who is told and who is not
record Announcing(
        Catalog catalog,
        SubjectState state,
        Subject subject,
        ClickState click,
        RecordId cause,
        long at,
        Trace trace) {
    /// Deliveries of one conversion to one destination. Each is looked at when the next is made,
    /// and whoever knows a click's id can report any number of changes.
    static final int TOLD_MAX = 500;

    /// What was made and saved.
    ///
    /// @param conversion with the event id it is announced with, from the first time on; not saved
    /// @param due those of the deliveries that go into the outbox; the others wait for an earlier
    ///   one to the same destination
    record Announced(
            ConversionState conversion, List<DeliveryState> deliveries, List<DeliveryState> due) {
        static Announced nothing(ConversionState conversion) {
            return new Announced(conversion, List.of(), List.of());
        }
    }

    private record Call(String destination, Moment moment, long delayMillis) {}

    /// @param before the conversion before; null when it is new
    /// @param number of the last delivery of the subject so far
    Announced announce(@Nullable ConversionState before, ConversionState after, int number) {
        if (click.test()) {
            trace.took(StepKind.DELIVERY_NONE, "test");
            return Announced.nothing(after);
        }
        var moment = moment(before, after);
        if (moment.isEmpty()) {
            trace.took(StepKind.DELIVERY_NONE, "nothing_happened");
            return Announced.nothing(after);
        }
        return told(after, calls(before, after, moment.get()), number);
    }

    /// Tells one destination of a conversion that it was not told of, by what the conversion is
    /// now; nothing when it was told, or does not hear of it.
    ///
    /// @param address of the destination
    /// @param number of the last delivery of the subject so far
    Announced tell(ConversionState conversion, String address, int number) {
        var moment = Destination.momentOf(conversion.status());
        if (!moment.isFirstWord() || !state.deliveries(conversion.number(), address).isEmpty()) {
            return Announced.nothing(conversion);
        }
        boolean isSource =
                moment == Moment.APPROVED && source().filter(address::equals).isPresent();
        var calls =
                isSource
                        ? List.of(new Call(address, moment, 0))
                        : catalog.destinationsInOrder().stream()
                                .filter(destination -> destination.address().equals(address))
                                .filter(destination ->
                                        Silence.of(
                                                        destination,
                                                        conversion.candidate(click),
                                                        moment,
                                                        false)
                                                .isEmpty())
                                .map(destination -> new Call(address, moment, 0))
                                .toList();
        return told(conversion, calls, number);
    }

    private Announced told(ConversionState after, List<Call> calls, int number) {
        if (calls.isEmpty()) {
            return Announced.nothing(after);
        }
        var draft = new Draft(after);
        draft.announcedAs(outboundEventId(after));
        var announced = draft.state();
        var made = new ArrayList<DeliveryState>();
        var due = new ArrayList<DeliveryState>();
        for (var call : calls) {
            var earlier = state.deliveries(after.number(), call.destination());
            if (call.moment().isFirstWord()
                    && earlier.stream().anyMatch(d -> d.moment() == call.moment())) {
                trace.took(StepKind.DELIVERY_SILENT, call.destination(), "told_before");
                continue;
            }
            if (earlier.size() >= TOLD_MAX) {
                trace.took(StepKind.DELIVERY_SILENT, call.destination(), "told_often");
                continue;
            }
            trace.took(StepKind.DELIVERY_QUEUED, call.destination(), call.moment().word());
            var delivery = delivery(number + made.size() + 1, call, announced);
            state.add(delivery);
            made.add(delivery);
            if (earlier.stream().noneMatch(d -> d.progress() == Progress.WAITING)) {
                due.add(delivery);
            }
        }
        return new Announced(announced, made, due);
    }

    /// What happened; empty for what nobody need hear of.
    private static Optional<Moment> moment(
            @Nullable ConversionState before, ConversionState after) {
        if (before == null) {
            return Optional.of(Destination.momentOf(after.status()));
        }
        if (before.status() != after.status()) {
            return Optional.of(
                    after.status() == Status.APPROVED && wasApproved(before)
                            ? Moment.CHANGED
                            : Destination.momentOf(after.status()));
        }
        boolean isWorthTheSame =
                before.payout().equals(after.payout())
                        && Objects.equals(before.value(), after.value());
        return isWorthTheSame ? Optional.empty() : Optional.of(Moment.CHANGED);
    }

    private static boolean wasApproved(ConversionState before) {
        return before.changes().stream().anyMatch(c -> c.status() == Status.APPROVED);
    }

    private List<Call> calls(
            @Nullable ConversionState before, ConversionState after, Moment moment) {
        var calls = new ArrayList<Call>();
        if (moment == Moment.APPROVED) {
            source().ifPresentOrElse(
                            key -> calls.add(new Call(key, moment, 0)),
                            () ->
                                    trace.took(
                                            StepKind.SOURCE_SILENT,
                                            click.source().isEmpty()
                                                    ? "no_source"
                                                    : "no_postback"));
        } else if (source().isPresent()) {
            trace.took(StepKind.SOURCE_SILENT, "first_approval");
        }
        var candidate = after.candidate(click);
        for (var destination : catalog.destinationsInOrder()) {
            boolean wasTold =
                    before != null
                            && state.deliveries(after.number(), destination.address()).stream()
                                    .anyMatch(d -> d.progress() != Progress.DEAD);
            var silence = Silence.of(destination, candidate, moment, wasTold);
            if (silence.isEmpty()) {
                calls.add(call(destination, moment));
            } else if (silence.get() != Silence.ARCHIVED) {
                trace.took(StepKind.DELIVERY_SILENT, destination.address(), silence.get().code());
            }
        }
        return calls;
    }

    private static Call call(Destination destination, Moment moment) {
        return new Call(
                destination.address(), moment, destination.conditions().delaySeconds() * 1000);
    }

    /// The destination that the click's traffic source is; empty when it wants no postback.
    private Optional<String> source() {
        return catalog.source(click.source())
                .filter(source -> !source.archived() && source.postback().isPresent())
                .map(TrafficSource::address);
    }

    /// The event id a conversion is announced with for good.
    private static String outboundEventId(ConversionState conversion) {
        return !conversion.outboundEventId().isEmpty()
                ? conversion.outboundEventId()
                : !conversion.browserEventId().isEmpty()
                        ? conversion.browserEventId()
                        : conversion.id();
    }

    private DeliveryState delivery(int number, Call call, ConversionState conversion) {
        return new DeliveryState(
                number,
                conversion.number(),
                conversion.id(),
                call.destination(),
                cause,
                conversion.outboundEventId(),
                MacroValues.of(subject, click, conversion),
                at,
                Progress.WAITING,
                at + call.delayMillis(),
                0,
                List.of(),
                call.moment());
    }
}
