package matchback.store.embedded;

import org.jspecify.annotations.Nullable;

/// How the engine is doing, for readiness and metrics.
///
/// @param queuedEvents waiting or being written
/// @param queuedBytes the same in bytes
/// @param batches written since the start
/// @param events written since the start
/// @param bytes of events and personal blocks written since the start
/// @param largestBatchEvents since the start
/// @param commitNanos time spent in writing and syncing since the start
/// @param failures batches that could not be written since the start
/// @param lastCommitAt epoch milliseconds of the last written batch; 0 for none yet
/// @param lastFailureAt epoch milliseconds of the last failure; 0 for none yet
/// @param failure why nothing can be written now; null when all is well
public record LedgerHealth(
        int queuedEvents,
        long queuedBytes,
        long batches,
        long events,
        long bytes,
        int largestBatchEvents,
        long commitNanos,
        long failures,
        long lastCommitAt,
        long lastFailureAt,
        @Nullable String failure) {

    /// Whether submissions are taken.
    public boolean isAccepting() {
        return failure == null;
    }
}
