package matchback.ledger.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.EventCodec;
import matchback.ledger.State;
import matchback.model.RecordId;
import matchback.model.Subject;

/// The steps from landers to offers that a click's visitor took, at most [#COUNT_MAX].
public final class LanderState {
    /// Whoever goes on more often than this is no visitor who makes up their mind.
    public static final int COUNT_MAX = 50;

    private static final char LANDER_CLICK = 'C';

    private final State state;
    private final SubjectKeys keys;

    public LanderState(State state, Subject subject) {
        this.state = state;
        this.keys = new SubjectKeys(subject);
    }

    /// Oldest first.
    public List<LanderClicked> clicks() {
        var clicks = new ArrayList<LanderClicked>();
        state.range(
                keys.of(LANDER_CLICK),
                (_, value) -> {
                    if (EventCodec.decode(value) instanceof LanderClicked click) {
                        clicks.add(click);
                    }
                    return true;
                });
        return clicks;
    }

    /// Whether no more of them are kept.
    public boolean isFull() {
        return keys.suffixes(state, LANDER_CLICK).size() >= COUNT_MAX;
    }

    public Optional<LanderClicked> click(RecordId recordId) {
        return Optional.ofNullable(state.get(key(recordId)))
                .map(EventCodec::decode)
                .map(LanderClicked.class::cast);
    }

    public void save(LanderClicked click) {
        state.put(key(click.recordId()), EventCodec.encode(click));
    }

    private byte[] key(RecordId recordId) {
        return keys.of(LANDER_CLICK, recordId.toString());
    }
}
