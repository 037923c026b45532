package matchback.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Intent.Append;
import matchback.ledger.Intent.Schedule;
import matchback.ledger.Intent.Unschedule;
import matchback.ledger.Snapshot.Head;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The heart of every engine: takes events one by one, gives each its place in its bucket's chain,
/// lets the rules decide, and writes entry, state, facts, outbox and where postbacks stand into one
/// batch.
///
/// An event that the rules cannot take is poisoned alone: its writes are taken back, the event is
/// kept, held as `internal_error`, and the batch goes on.
///
/// Used by one thread. The heads it keeps are those of the last batch; an engine whose write fails
/// must make a new fold.
public final class Fold {
    private static final Logger LOG = LoggerFactory.getLogger(Fold.class);
    private static final byte[] NOTHING = {};
    private static final int APPENDS_MAX = 16;

    private final Decider decider;
    private final LongFunction<Catalog> catalogs;
    private final Tables tables;
    private final Map<Integer, Head> heads = new HashMap<>();

    /// Heads that the event being folded has moved, as they were before it.
    private final Map<Integer, Head> headsBefore = new HashMap<>();

    /// @param tables the committed tables
    public Fold(Decider decider, Catalogs catalogs, Tables tables) {
        this(decider, catalogs::version, tables);
    }

    /// @param catalogs the catalog of each version
    Fold(Decider decider, LongFunction<Catalog> catalogs, Tables tables) {
        this.decider = decider;
        this.catalogs = catalogs;
        this.tables = tables;
    }

    /// Folds a new event, and the checks it asks for, into the batch. Throws when even poisoning it
    /// failed; then nothing of it is in the batch, and the batch may go on.
    public Accepted accept(Batch batch, Event event, @Nullable PersonalBlock personal) {
        return accept(batch, Prepared.of(event, personal));
    }

    /// [#accept(Batch, Event, PersonalBlock)] for an event that was prepared elsewhere.
    public Accepted accept(Batch batch, Prepared prepared) {
        var event = prepared.event();
        var earlier = decider.earlier(event, batch.state(prepared.bucket()));
        if (earlier.isPresent()) {
            return new Accepted(event.recordId(), prepared.hash(), earlier.get().outcome());
        }
        var mark = batch.mark();
        headsBefore.clear();
        try {
            var personal = prepared.personal();
            if (personal != null) {
                batch.put(Table.PERSONAL, personal.key(), personal.value());
            }
            var outcome = append(batch, prepared);
            return new Accepted(event.recordId(), prepared.hash(), outcome);
        } catch (RuntimeException e) {
            batch.backTo(mark);
            heads.putAll(headsBefore);
            throw e;
        }
    }

    /// Folds an entry that is in the ledger already: same state, same facts, nothing appended.
    public void again(Batch batch, Event event, long offset) {
        fold(batch, event, event.subject().bucket(), offset);
    }

    private @Nullable Outcome append(Batch batch, Prepared first) {
        var waiting = new ArrayList<Event>();
        var outcome = append(batch, first, waiting);
        for (int i = 0; i < waiting.size(); i++) {
            if (i == APPENDS_MAX) {
                throw new IllegalStateException("one event caused more than " + APPENDS_MAX);
            }
            var later = append(batch, Prepared.of(waiting.get(i), null), waiting);
            outcome = later == null ? outcome : later;
        }
        return outcome;
    }

    private @Nullable Outcome append(Batch batch, Prepared prepared, List<Event> waiting) {
        int bucket = prepared.bucket();
        var head = head(bucket);
        long offset = head.offset() + 1;
        var next = new Head(offset, HeadCodec.next(head.chain(), prepared.hash()));
        headsBefore.putIfAbsent(bucket, head);
        heads.put(bucket, next);
        batch.put(Table.LEDGER, Keys.entry(bucket, offset), prepared.bytes());
        batch.put(Table.META, Keys.head(bucket), HeadCodec.encode(next));
        var effects = fold(batch, prepared.event(), bucket, offset);
        for (var intent : effects.intents()) {
            if (intent instanceof Append(var appended)) {
                waiting.add(appended);
            }
        }
        return effects.outcome();
    }

    private Effects fold(Batch batch, Event event, int bucket, long offset) {
        if (event instanceof PostbackReceived) {
            batch.put(Table.RECORDS, Keys.personal(event.recordId()), Keys.entry(bucket, offset));
        }
        var mark = batch.mark();
        var state = batch.state(bucket);
        Effects effects;
        try {
            effects = decider.decide(event, offset, catalogs.apply(event.catalogVersion()), state);
        } catch (Tables.ReadFailure e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // The record's id leads to all of it; what the exception says may quote a visitor.
            LOG.error("decide failed record={}", event.recordId(), Wordless.of(e));
            batch.backTo(mark);
            effects = decider.poisoned(event, offset, state);
        }
        if (!effects.facts().isEmpty()) {
            batch.put(Table.FACTS, Keys.entry(bucket, offset), FactCodec.encode(effects.facts()));
        }
        for (var intent : effects.intents()) {
            switch (intent) {
                case Schedule(var entry) -> batch.put(Table.OUTBOX, Keys.outbox(entry), NOTHING);
                case Unschedule(var entry) -> batch.delete(Table.OUTBOX, Keys.outbox(entry));
                case Append _ -> {
                    // Appended by accept(); when folding again it is in the ledger already.
                }
            }
        }
        return effects;
    }

    private Head head(int bucket) {
        return heads.computeIfAbsent(bucket, b -> HeadCodec.read(tables, b));
    }

    /// The last position and chain value of each bucket.
    public static List<Head> heads(Tables tables) {
        var heads = new ArrayList<Head>();
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            heads.add(HeadCodec.read(tables, bucket));
        }
        return heads;
    }
}
