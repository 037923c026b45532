package matchback.attribute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import matchback.ledger.Column;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.CostStated;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.ledger.State;
import matchback.ledger.state.CostBook;
import matchback.ledger.state.StatementState;
import matchback.ledger.state.StatementState.Phase;
import matchback.model.RecordId;

/// What becomes of a cost that is stated for a slice of the clicks, and of those stated before.
///
/// Of the statements that stand in for the clicks' own cost no two in force overlap: a new one
/// replaces the others whole. Undoing one puts those back whose place it took, unless a later one
/// has taken it meanwhile. So what is in force is always as if the undone had never been stated.
final class Costs {
    private static final int STATEMENT = 0;

    private final CostStated event;
    private final CostBook book;
    private final Map<RecordId, StatementState> changed = new LinkedHashMap<>();

    Costs(CostStated event, State state) {
        this.event = event;
        this.book = new CostBook(state, event.subject());
    }

    static boolean isPast(CostStated event, State state) {
        return new CostBook(state, event.subject()).statement(event.recordId()).isPresent();
    }

    Effects effects() {
        var undone = event.undoes();
        if (undone == null) {
            state();
        } else {
            book.statement(undone).filter(StatementState::isInForce).ifPresent(this::undo);
        }
        return new Effects(changed.values().stream().map(Costs::fact).toList(), List.of(), null);
    }

    private void state() {
        var replaced = book.inForce(other -> event.replaces(other.stated()));
        replaced.forEach(other -> save(other, Phase.REPLACED, other.replaced()));
        changed.put(
                event.recordId(),
                book.save(
                        new StatementState(
                                event,
                                Phase.IN_FORCE,
                                1,
                                replaced.stream().map(was -> was.stated().recordId()).toList())));
    }

    private void undo(StatementState undone) {
        save(undone, Phase.UNDONE, List.of());
        for (var id : undone.replaced()) {
            book.statement(id).ifPresent(this::putBack);
        }
    }

    private void putBack(StatementState replaced) {
        var inTheWay = book.inForce(later -> later.stated().replaces(replaced.stated()));
        if (inTheWay.isEmpty()) {
            save(replaced, Phase.IN_FORCE, replaced.replaced());
        } else {
            var by = inTheWay.getFirst();
            var ids = new ArrayList<>(by.replaced());
            ids.add(replaced.stated().recordId());
            save(by, Phase.IN_FORCE, ids);
        }
    }

    private void save(StatementState was, Phase phase, List<RecordId> replaced) {
        changed.put(was.stated().recordId(), book.save(was, phase, replaced));
    }

    private static Fact fact(StatementState statement) {
        var stated = statement.stated();
        return new Fact.Builder()
                .words(stated.slice().values())
                .text(Column.COST_SLICE, stated.slice().text())
                .text(Column.COST_SHAPE, stated.slice().shape())
                .number(Column.COST_FROM, stated.from())
                .number(Column.COST_TO, stated.to())
                .text(Column.COST_ZONE, stated.zone())
                .number(Column.COST_STATED, stated.amountMicros())
                .text(Column.CURRENCY, stated.currency())
                .text(Column.COST_RATE, stated.rate())
                .number(Column.COST, stated.reportMicros())
                .text(Column.COST_MODE, stated.isAddition() ? "add" : "replace")
                .text(Column.COST_STATE, statement.phase().word())
                .text(Column.COST_BY, stated.by())
                .text(Column.DETAIL, stated.note())
                .number(Column.EVENT_AT, stated.receivedAt())
                .build(Kind.COST, stated.recordId(), STATEMENT, statement.version(), stated.from());
    }
}
