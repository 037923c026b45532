package matchback.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// The port of an engine. Safe for use by many threads.
public interface Ledger extends AutoCloseable {
    /// One for all futures, so that those of a batch complete in one task.
    Executor FUTURES = Thread::startVirtualThread;

    /// Queues an event. Never blocks: a full queue fails the completion at once.
    ///
    /// @param personal stored in the same unit of work; null when there is nothing personal
    void submit(Event event, @Nullable PersonalBlock personal, Completion completion);

    /// Reads what is known of a subject, so that deciding about it soon afterwards does not wait
    /// for the disk. Reads from the disk itself: not for an event loop.
    default void prefetch(Subject subject) {}

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

    /// [#submit(Event, PersonalBlock, Completion)] for callers that wait on a future. It completes
    /// on a virtual thread, never on the committing one.
    default CompletableFuture<Accepted> submit(Event event, @Nullable PersonalBlock personal) {
        var future = new CompletableFuture<Accepted>();
        submit(
                event,
                personal,
                new Completion() {
                    @Override
                    public Executor executor() {
                        return FUTURES;
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
