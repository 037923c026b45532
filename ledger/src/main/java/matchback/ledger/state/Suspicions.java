package matchback.ledger.state;

import java.util.ArrayList;
import java.util.List;
import matchback.ledger.State;
import matchback.model.FraudCheck;
import matchback.model.RecordId;
import matchback.model.Subject;

/// What the conversions of one subject are suspected of. A replay leaves it: a conversion that is
/// made again by the same report is suspected as before.
public final class Suspicions {
    private static final char SUSPICION = 'F';

    private final State state;
    private final SubjectKeys keys;

    public Suspicions(State state, Subject subject) {
        this(state, new SubjectKeys(subject));
    }

    Suspicions(State state, SubjectKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    /// @param conversion record id that first made it
    /// @return by the word of the check
    public List<SuspicionState> of(RecordId conversion) {
        var all = new ArrayList<SuspicionState>();
        state.range(
                keys.of(SUSPICION, conversion.toString()),
                (_, value) -> {
                    all.add(SuspicionState.decode(value));
                    return true;
                });
        return all;
    }

    public boolean has(RecordId conversion, FraudCheck check) {
        return state.get(key(conversion, check)) != null;
    }

    public void save(RecordId conversion, SuspicionState suspicion) {
        state.put(key(conversion, suspicion.check()), suspicion.encode());
    }

    private byte[] key(RecordId conversion, FraudCheck check) {
        return keys.of(SUSPICION, conversion.toString() + check.word());
    }
}
