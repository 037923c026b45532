package matchback.attribute.testing;

import java.util.Optional;
import matchback.ledger.Decider;
import matchback.ledger.Event;
import matchback.ledger.State;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// Decides by other rules and counts the values they read.
public final class Counted implements Decider {
    private final Decider rules;
    private int reads;

    public Counted(Decider rules) {
        this.rules = rules;
    }

    /// Values read since it was last asked.
    public int reads() {
        int counted = reads;
        reads = 0;
        return counted;
    }

    @Override
    public Optional<Effects> earlier(Event event, State state) {
        return rules.earlier(event, new CountedState(state));
    }

    @Override
    public Effects decide(Event event, long offset, Catalog catalog, State state) {
        return rules.decide(event, offset, catalog, new CountedState(state));
    }

    @Override
    public Effects poisoned(Event event, long offset, State state) {
        return rules.poisoned(event, offset, state);
    }

    private final class CountedState implements State {
        private final State state;

        CountedState(State state) {
            this.state = state;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            reads++;
            return state.get(key);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            state.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            state.delete(key);
        }

        @Override
        public void range(byte[] prefix, Visitor visitor) {
            state.range(
                    prefix,
                    (key, value) -> {
                        reads++;
                        return visitor.visit(key, value);
                    });
        }
    }
}
