package matchback.deliver;

import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import matchback.ledger.Completion;
import matchback.ledger.Event;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Snapshot;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// A ledger that takes no events while it is said to be full.
record ReluctantLedger(Ledger inner, BooleanSupplier isFull) implements Ledger {
    @Override
    public void submit(Event event, @Nullable PersonalBlock personal, Completion completion) {
        if (isFull.getAsBoolean()) {
            completion.failed(new Completion.LedgerFailure("the queue is full"));
        } else {
            inner.submit(event, personal, completion);
        }
    }

    @Override
    public Catalog catalog() {
        return inner.catalog();
    }

    @Override
    public Catalog catalog(long version) {
        return inner.catalog(version);
    }

    @Override
    public CompletionStage<Catalog> change(CatalogChange change) {
        return inner.change(change);
    }

    @Override
    public Snapshot snapshot() {
        return inner.snapshot();
    }

    @Override
    public void onCommit(Runnable listener) {
        inner.onCommit(listener);
    }

    @Override
    public void close() {
        inner.close();
    }
}
