package matchback.console.cost;

import java.util.Map;
import java.util.Optional;
import matchback.console.ConsoleContext;
import matchback.ledger.CostSlice;
import matchback.ledger.Event.CostStated;
import matchback.ledger.Snapshot;
import matchback.ledger.state.CostBook;
import matchback.ledger.state.StatementState;
import matchback.model.RecordId;
import matchback.model.RecordIds;
import matchback.report.Item.CostItem;
import matchback.report.ListQuery;
import org.jspecify.annotations.Nullable;

/// Takes stated costs to the ledger; pages, API and files alike. Safe for use by many threads.
public final class CostDesk {
    private final ConsoleContext context;
    private final RecordIds ids;

    /// What became of a wish.
    public sealed interface Result {
        /// @param replaced how many statements it took the place of
        record Done(StatementState statement, int replaced) implements Result {}

        /// It is in force already, word for word.
        record Known(StatementState statement) implements Result {}
    }

    /// What became of taking a statement back.
    public enum Undone {
        DONE,
        /// Another one stands in its place, or it was undone before.
        NOT_IN_FORCE,
        MISSING
    }

    public CostDesk(ConsoleContext context) {
        this.context = context;
        this.ids = new RecordIds(context.clock(), context.random());
    }

    public RecordId newId() {
        return ids.next();
    }

    /// The event of a wish.
    CostStated event(CostWish wish, String by, RecordId id) {
        return event(wish, by, id, null);
    }

    private CostStated event(CostWish wish, String by, RecordId id, @Nullable RecordId undoes) {
        return new CostStated(
                id,
                context.clock().millis(),
                context.ledger().catalog().version(),
                wish.slice().subject(),
                by,
                wish.note(),
                wish.slice(),
                wish.from(),
                wish.to(),
                wish.zone(),
                wish.amountMicros(),
                wish.currency(),
                wish.reportMicros(),
                wish.rate(),
                wish.isAddition(),
                undoes);
    }

    /// States it and waits until that is durable. Throws CompletionException when it could not be
    /// stored.
    ///
    /// @param id the same for a call that is sent again
    public Result state(CostWish wish, String by, RecordId id) {
        try (var snapshot = context.ledger().snapshot()) {
            var known = known(snapshot, wish);
            if (known.isPresent()) {
                return new Result.Known(known.get());
            }
        }
        context.ledger().submit(event(wish, by, id), null).join();
        try (var snapshot = context.ledger().snapshot()) {
            var statement = book(snapshot, wish.slice()).statement(id).orElseThrow();
            return new Result.Done(statement, statement.replaced().size());
        }
    }

    /// The statement in force that says just this.
    static Optional<StatementState> known(Snapshot snapshot, CostWish wish) {
        return book(snapshot, wish.slice()).inForce(s -> wish.isSaidBy(s.stated())).stream()
                .findFirst();
    }

    static CostBook book(Snapshot snapshot, CostSlice slice) {
        return new CostBook(snapshot.state(slice.subject()), slice.subject());
    }

    /// A statement, by its id; one of this very moment may not be found yet.
    public Optional<CostItem> find(RecordId id) {
        var query =
                new ListQuery(
                        matchback.ledger.Fact.Kind.COST,
                        null,
                        null,
                        Map.of(),
                        id,
                        "",
                        ListQuery.Sort.NEWEST_FIRST,
                        1,
                        null);
        return context.reports().costs(query).items().stream().findFirst();
    }

    /// Takes a statement back and waits until that is durable. Throws CompletionException when it
    /// could not be stored.
    public Undone undo(RecordId id, String by) {
        var found = find(id);
        if (found.isEmpty()) {
            return Undone.MISSING;
        }
        var slice = new CostSlice(found.get().slice());
        try (var snapshot = context.ledger().snapshot()) {
            boolean isInForce =
                    book(snapshot, slice)
                            .statement(id)
                            .filter(StatementState::isInForce)
                            .isPresent();
            if (!isInForce) {
                return Undone.NOT_IN_FORCE;
            }
        }
        var nothing =
                new CostWish(
                        slice,
                        found.get().from().toEpochMilli(),
                        found.get().to().toEpochMilli(),
                        found.get().zone(),
                        0,
                        found.get().currency(),
                        0,
                        "",
                        false,
                        "");
        context.ledger().submit(event(nothing, by, ids.next(), id), null).join();
        return Undone.DONE;
    }
}
