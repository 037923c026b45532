package matchback.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// The port of an engine. Safe for use by many threads.
public interface Ledger extends AutoCloseable {

    /// Queues an event. Never blocks: a full queue fails the completion at once.
    ///
    /// @param personal stored in the same unit of work; null when there is nothing personal
    void submit(Event event, @Nullable PersonalBlock personal, Completion completion);

    /// The newest catalog.
    Catalog catalog();

    /// An earlier version of the catalog. Throws IllegalArgumentException for one that never was.
    Catalog catalog(long version);

    /// Appends a change to the catalog; completes when it is durable and in force.
    CompletionStage<Catalog> change(CatalogChange change);

    /// A consistent view of all tables as of now. Close it soon: it keeps old data alive.
    Snapshot snapshot();

    /// Calls a listener after each commit, on the committing thread: it must only signal.
    void onCommit(Runnable listener);

    /// Stops taking events, finishes what is queued, and releases everything.
    @Override
    void close();

    /// [#submit] for callers that wait on a future, which completes on the calling thread's behalf.
    default CompletableFuture<Accepted> submit(Event event, @Nullable PersonalBlock personal) {
        var future = new CompletableFuture<Accepted>();
        submit(
                event,
                personal,
                new Completion() {
                    @Override
                    public java.util.concurrent.Executor executor() {
                        return Runnable::run;
                    }

                    @Override
                    public void accepted(Accepted accepted) {
                        future.complete(accepted);
                    }

                    @Override
                    public void failed(LedgerFailure failure) {
                        future.completeExceptionally(failure);
                    }
                });
        return future;
    }
}
