package matchback.ingest.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import matchback.ledger.Completion;
import matchback.ledger.Event;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Snapshot;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// A ledger in front of another one that can be made slow or full, and remembers what came.
public final class StubbornLedger implements Ledger {

    /// How it behaves.
    public enum Mood {
        WILLING,
        /// Keeps events waiting until it is willing again.
        SLOW,
        /// Fails each event at once, as a full queue does.
        FULL,
        /// Throws, as nothing should.
        BROKEN
    }

    private record Kept(Event event, @Nullable PersonalBlock personal, Completion completion) {}

    private final Ledger ledger;
    private final Object moodLock = new Object();

    // Both under the lock: what is kept when the mood turns would be kept for ever.
    private Mood mood = Mood.WILLING;
    private final List<Kept> kept = new ArrayList<>();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<PersonalBlock> blocks = new CopyOnWriteArrayList<>();

    public StubbornLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    public void be(Mood next) {
        var waiting = new ArrayList<Kept>();
        synchronized (moodLock) {
            mood = next;
            if (next == Mood.WILLING) {
                waiting.addAll(kept);
                kept.clear();
            }
        }
        waiting.forEach(one -> ledger.submit(one.event(), one.personal(), one.completion()));
    }

    /// The mood in which it takes an event; a slow one keeps it.
    private Mood meet(Kept one) {
        synchronized (moodLock) {
            if (mood == Mood.SLOW) {
                kept.add(one);
            }
            return mood;
        }
    }

    /// All events that were submitted, whatever became of them.
    public List<Event> events() {
        return events;
    }

    public List<PersonalBlock> blocks() {
        return blocks;
    }

    @Override
    public void submit(Event event, @Nullable PersonalBlock personal, Completion completion) {
        events.add(event);
        if (personal != null) {
            blocks.add(personal);
        }
        switch (meet(new Kept(event, personal, completion))) {
            case WILLING -> ledger.submit(event, personal, completion);
            case SLOW -> {
                // Kept.
            }
            case FULL -> completion.failed(new Completion.LedgerFailure("the queue is full"));
            case BROKEN -> throw new IllegalStateException("broken on purpose");
        }
    }

    @Override
    public Catalog catalog() {
        return ledger.catalog();
    }

    @Override
    public Catalog catalog(long version) {
        return ledger.catalog(version);
    }

    @Override
    public CompletionStage<Catalog> change(CatalogChange change) {
        return ledger.change(change);
    }

    @Override
    public Snapshot snapshot() {
        return ledger.snapshot();
    }

    @Override
    public void onCommit(Runnable listener) {
        ledger.onCommit(listener);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
