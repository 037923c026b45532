package matchback.ledger.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import matchback.ledger.State;
import matchback.ledger.state.StatementState.Phase;
import matchback.model.RecordId;
import matchback.model.Subject;

/// What was stated of one slice's cost. Statements in force stand apart from the others, so that
/// finding out whom a new one replaces does not read through all of the past.
public final class CostBook {
    private static final char STATEMENT = 'K';
    private static final String IN_FORCE = "a";
    private static final String PAST = "h";

    private final State state;
    private final SubjectKeys keys;

    /// @param slice the subject of the slice
    public CostBook(State state, Subject slice) {
        this.state = state;
        this.keys = new SubjectKeys(slice);
    }

    public Optional<StatementState> statement(RecordId id) {
        return read(IN_FORCE, id).or(() -> read(PAST, id));
    }

    private Optional<StatementState> read(String shelf, RecordId id) {
        return Optional.ofNullable(state.get(key(shelf, id))).map(StatementState::decode);
    }

    /// Those in force that are meant, in the order of their record ids.
    public List<StatementState> inForce(Predicate<StatementState> isMeant) {
        var found = new ArrayList<StatementState>();
        state.range(
                keys.of(STATEMENT, IN_FORCE),
                (_, value) -> {
                    var statement = StatementState.decode(value);
                    if (isMeant.test(statement)) {
                        found.add(statement);
                    }
                    return true;
                });
        return found;
    }

    /// Puts a statement where it belongs, and away from where it was.
    public StatementState save(StatementState statement) {
        var id = statement.stated().recordId();
        state.delete(key(statement.isInForce() ? PAST : IN_FORCE, id));
        state.put(key(statement.isInForce() ? IN_FORCE : PAST, id), statement.encode());
        return statement;
    }

    /// Saves a statement in another phase.
    public StatementState save(StatementState was, Phase phase, List<RecordId> replaced) {
        return save(was.as(phase, replaced));
    }

    private byte[] key(String shelf, RecordId id) {
        return keys.of(STATEMENT, shelf + id);
    }
}
