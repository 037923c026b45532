package matchback.console.api;

import java.util.Optional;
import matchback.console.ConsoleContext;
import matchback.ledger.Correction;
import matchback.ledger.Event.Edited;
import matchback.ledger.Snapshot;
import matchback.ledger.state.ConversionEdit;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.SubjectState;
import matchback.model.Money;
import matchback.model.RecordId;
import matchback.model.RecordIds;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// Takes a person's word on conversions to the ledger; pages and API alike.
public final class Edits {
    private final ConsoleContext context;
    private final RecordIds ids;

    /// What a conversion is to be.
    ///
    /// @param valueMicros the order's value; null: it stays
    /// @param by who says it, for example `token:admin`
    /// @param note why; may be empty
    public record Word(Correction correction, @Nullable Long valueMicros, String by, String note) {}

    /// What became of it.
    public sealed interface Result {
        /// @param after as it is now, or would be
        record Done(ConversionState before, ConversionState after) implements Result {}

        /// It is so already.
        record Nothing() implements Result {}

        record Missing() implements Result {}

        /// Something stands against it.
        record Refused(FieldProblem problem) implements Result {}

        /// The conversion became another one in this very moment.
        record Overtaken() implements Result {}
    }

    private static final String NO_CLICK =
            "A conversion without a click, as Apple reports it, is what its app's settings make of"
                    + " it; change those, then replay the period";

    public Edits(ConsoleContext context) {
        this.context = context;
        this.ids = new RecordIds(context.clock(), context.random());
    }

    /// Waits until it is durable. Throws CompletionException when it could not be stored.
    ///
    /// @param conversion id of the conversion
    /// @param isDry whether it is only looked at
    public Result edit(Subject subject, RecordId conversion, Word word, boolean isDry) {
        var event =
                new Edited(
                        ids.next(),
                        context.clock().millis(),
                        context.ledger().catalog().version(),
                        subject,
                        conversion,
                        word.by(),
                        word.note(),
                        word.correction(),
                        word.valueMicros());
        var expected = expected(event);
        if (isDry || !(expected instanceof Result.Done(var before, _))) {
            return expected;
        }
        context.ledger().submit(event, null).join();
        try (var snapshot = context.ledger().snapshot()) {
            var state = new SubjectState(snapshot.state(subject), subject);
            return state.edit(event.recordId())
                    .flatMap(_ -> state.conversionOf(conversion))
                    .<Result>map(after -> new Result.Done(before, after))
                    .orElseGet(Result.Overtaken::new);
        }
    }

    private Result expected(Edited event) {
        try (var snapshot = context.ledger().snapshot()) {
            var subject = event.subject();
            var state = new SubjectState(snapshot.state(subject), subject);
            var before = state.conversionOf(event.conversion());
            if (before.isPresent() && state.click().isEmpty()) {
                return refused("id", NO_CLICK);
            }
            return before.isEmpty()
                    ? new Result.Missing()
                    : switch (ConversionEdit.of(before.get(), event, context.ledger().catalog())) {
                        case ConversionEdit.Nothing() -> new Result.Nothing();
                        case ConversionEdit.NoRate(var payout) ->
                                refused("currency", noRate(payout));
                        case ConversionEdit.Changed(var after) ->
                                txidProblem(snapshot, event, before.get(), after)
                                        .orElseGet(() -> new Result.Done(before.get(), after));
                    };
        }
    }

    private static Result refused(String field, String message) {
        return new Result.Refused(new FieldProblem(field, message));
    }

    private static String noRate(Money payout) {
        return "There is no exchange rate for " + payout.currency() + "; add one first";
    }

    private static Optional<Result> txidProblem(
            Snapshot snapshot, Edited event, ConversionState before, ConversionState after) {
        if (after.txid().isEmpty()) {
            return Optional.empty();
        }
        var click = event.subject();
        boolean isOther =
                new SubjectState(snapshot.state(click), click)
                        .byTransaction(after.eventType(), after.txid())
                        .filter(found -> found.number() != after.number())
                        .isPresent();
        if (isOther) {
            return Optional.of(
                    refused(
                            "txid",
                            "Another conversion of the click has type "
                                    + after.eventType()
                                    + " and txid "
                                    + after.txid()));
        }
        if (after.txid().equals(before.txid()) || after.sender().isEmpty()) {
            return Optional.empty();
        }
        var transaction = Subject.transaction(after.sender(), after.txid());
        return new SubjectState(snapshot.state(transaction), transaction)
                .owner()
                .filter(owner -> !owner.equals(click))
                .map(_ -> refused("txid", "The sender reported this txid for another click"));
    }
}
