package matchback.attribute.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongFunction;
import matchback.ledger.Decider;
import matchback.ledger.Event;
import matchback.ledger.EventCodec;
import matchback.ledger.Fact;
import matchback.ledger.Intent;
import matchback.ledger.Outcome;
import matchback.ledger.State;
import matchback.ledger.state.SubjectState;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// A host as a cluster is one: what an event appends is decided later, in any order, and may come
/// more than once.
public final class LooseHost {
    private final Decider decider;
    private final LongFunction<Catalog> catalogs;
    private final Map<Integer, TreeMap<byte[], byte[]>> buckets = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Event> waiting = new ArrayList<>();

    public LooseHost(Decider decider, LongFunction<Catalog> catalogs) {
        this.decider = decider;
        this.catalogs = catalogs;
    }

    /// Decides an event unless it was decided before; what it appends waits.
    public @Nullable Outcome fold(Event live) {
        var event = EventCodec.decode(EventCodec.encode(live));
        int bucket = event.subject().bucket();
        var state = state(bucket);
        var earlier = decider.earlier(event, state);
        if (earlier.isPresent()) {
            return earlier.get().outcome();
        }
        long offset = offsets.merge(bucket, 1L, Long::sum);
        var effects = decider.decide(event, offset, catalogs.apply(event.catalogVersion()), state);
        facts.addAll(effects.facts());
        for (var intent : effects.intents()) {
            if (intent instanceof Intent.Append(var appended)) {
                waiting.add(appended);
            }
        }
        return effects.outcome();
    }

    /// Takes an event as one whose deciding failed.
    public Outcome poison(Event event) {
        int bucket = event.subject().bucket();
        var effects = decider.poisoned(event, offsets.merge(bucket, 1L, Long::sum), state(bucket));
        facts.addAll(effects.facts());
        return Objects.requireNonNull(effects.outcome());
    }

    /// What was appended and not decided yet.
    public List<Event> waiting() {
        return waiting;
    }

    /// Decides what waits, and what that appends, first come first served.
    public void settle() {
        while (!waiting.isEmpty()) {
            fold(waiting.removeFirst());
        }
    }

    public SubjectState state(Subject subject) {
        return new SubjectState(state(subject.bucket()), subject);
    }

    public List<Fact> facts() {
        return List.copyOf(facts);
    }

    private State state(int bucket) {
        var rows = buckets.computeIfAbsent(bucket, _ -> new TreeMap<>(Arrays::compareUnsigned));
        return new State() {
            @Override
            public byte @Nullable [] get(byte[] key) {
                return rows.get(key);
            }

            @Override
            public void put(byte[] key, byte[] value) {
                rows.put(key, value);
            }

            @Override
            public void delete(byte[] key) {
                rows.remove(key);
            }

            @Override
            public void range(byte[] prefix, Visitor visitor) {
                for (var row : List.copyOf(rows.tailMap(prefix, true).entrySet())) {
                    boolean isInside =
                            Arrays.equals(Arrays.copyOf(row.getKey(), prefix.length), prefix);
                    if (!isInside || !visitor.visit(row.getKey(), row.getValue())) {
                        return;
                    }
                }
            }
        };
    }
}
