package matchback.ledger.state;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import matchback.ledger.State;
import matchback.model.RecordId;

/// A subject's places, of which records take one each as long as there are any.
public final class Places {
    private static final char PLACES = 'l';

    private final State state;
    private final SubjectKeys keys;

    Places(State state, SubjectKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    /// Takes one of so many places for a record; one that has a place keeps it.
    ///
    /// @return whether the record has a place
    public boolean take(RecordId recordId, int most) {
        var place = keys.of(PLACES, recordId.toString());
        if (state.get(place) != null) {
            return true;
        }
        int taken = taken();
        if (taken >= most) {
            return false;
        }
        state.put(place, StateCodec.encode(taken + 1));
        state.put(keys.of(PLACES), StateCodec.encode(taken + 1));
        return true;
    }

    /// Gives a record's place back, if it has one.
    public void release(RecordId recordId) {
        var place = keys.of(PLACES, recordId.toString());
        if (state.get(place) != null) {
            state.delete(place);
            state.put(keys.of(PLACES), StateCodec.encode(taken() - 1));
        }
    }

    /// Whose they are.
    public Set<RecordId> holders() {
        var holders = new HashSet<RecordId>();
        keys.suffixes(state, PLACES)
                .forEach(suffix -> RecordId.parse(suffix).ifPresent(holders::add));
        return holders;
    }

    /// How many are taken.
    public int taken() {
        return Optional.ofNullable(state.get(keys.of(PLACES))).map(StateCodec::number).orElse(0);
    }
}
