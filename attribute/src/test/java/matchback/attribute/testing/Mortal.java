package matchback.attribute.testing;

import java.util.concurrent.CompletionStage;
import matchback.ledger.Completion;
import matchback.ledger.Completion.LedgerFailure;
import matchback.ledger.Event;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Snapshot;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// A ledger that takes so many events and then none: what a crash leaves of a longer work.
public final class Mortal implements Ledger {
    public static final String MESSAGE = "the ledger is gone";

    private final Ledger ledger;
    private int left;

    public Mortal(Ledger ledger, int events) {
        this.ledger = ledger;
        this.left = events;
    }

    @Override
    public void submit(Event event, @Nullable PersonalBlock personal, Completion completion) {
        if (left-- > 0) {
            ledger.submit(event, personal, completion);
        } else {
            completion.executor().execute(() -> completion.failed(new LedgerFailure(MESSAGE)));
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
