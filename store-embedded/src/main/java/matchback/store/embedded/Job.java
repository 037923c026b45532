package matchback.store.embedded;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import matchback.ledger.Batch;
import matchback.ledger.Completion;
import matchback.ledger.Completion.LedgerFailure;
import matchback.ledger.Ledger;
import matchback.ledger.Prepared;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.catalog.Catalog;

/// What waits in the committer's queue. Jobs are done in the order they came.
sealed interface Job {
    int JOB_BYTES = 64;

    /// What it takes of the queue's bound in bytes.
    int size();

    /// Where to tell whoever waits.
    Executor executor();

    /// Tells whoever waits that it was not done.
    void fail(LedgerFailure failure);

    record Store(Prepared event, Completion completion) implements Job {
        @Override
        public int size() {
            return JOB_BYTES + event.size();
        }

        @Override
        public Executor executor() {
            return completion.executor();
        }

        @Override
        public void fail(LedgerFailure failure) {
            completion.failed(failure);
        }
    }

    record Change(CatalogChange change, CompletableFuture<Catalog> future) implements Job {
        @Override
        public int size() {
            return JOB_BYTES;
        }

        @Override
        public Executor executor() {
            return Ledger.FUTURES;
        }

        @Override
        public void fail(LedgerFailure failure) {
            future.completeExceptionally(failure);
        }
    }

    /// Other writes, such as what is kept in the cabinet.
    record Put(List<Batch.Write> writes, CompletableFuture<Boolean> future) implements Job {
        @Override
        public int size() {
            int size = JOB_BYTES;
            for (var write : writes) {
                var value = write.value();
                size += write.key().length + (value == null ? 0 : value.length);
            }
            return size;
        }

        @Override
        public Executor executor() {
            return Ledger.FUTURES;
        }

        @Override
        public void fail(LedgerFailure failure) {
            future.completeExceptionally(failure);
        }
    }
}
