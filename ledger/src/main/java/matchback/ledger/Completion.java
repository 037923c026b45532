package matchback.ledger;

import java.util.concurrent.Executor;

/// Told once what became of a submitted event. Completions of one batch that name the same executor
/// are run as one task on it: one wake-up per event loop and batch.
public interface Completion {
    Executor executor();

    /// The event is durable.
    void accepted(Accepted accepted);

    /// The event was not stored: the queue is full, the disk failed, or the ledger is closing.
    void failed(LedgerFailure failure);

    /// Why an event was not stored.
    final class LedgerFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        public LedgerFailure(String message) {
            super(message);
        }

        public LedgerFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
