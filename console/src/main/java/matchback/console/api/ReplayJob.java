package matchback.console.api;

import matchback.ledger.replay.ReplayPreview;
import matchback.ledger.replay.ReplayProgress;
import matchback.ledger.replay.ReplayRequest;
import matchback.ledger.replay.ReplayResult;
import matchback.model.RecordId;
import org.jspecify.annotations.Nullable;

/// A replay on its way from a question to what it wrote.
///
/// ```
/// PREVIEWING ──▶ READY ──▶ APPLYING ──▶ APPLIED
///      │           │           │
///      └───────────┴───────────┴──▶ CANCELLED, FAILED
/// ```
///
/// What it says of itself may be read by any thread; [ReplayJobs] moves it on. Who tells of it
/// reads [#now()] once: the next time it may be another.
public final class ReplayJob {
    /// Where it stands.
    public enum State {
        PREVIEWING,
        READY,
        APPLYING,
        APPLIED,
        CANCELLED,
        FAILED;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// @param preview null until there is one
    /// @param result null until it was written, in part after a cancellation
    /// @param trouble why it failed, one sentence; empty when it did not
    public record Now(
            State state,
            @Nullable ReplayPreview preview,
            @Nullable ReplayResult result,
            String trouble) {

        public boolean isRunning() {
            return switch (state) {
                case PREVIEWING, APPLYING -> true;
                case READY, APPLIED, CANCELLED, FAILED -> false;
            };
        }

        Now become(State next) {
            return new Now(next, preview, result, "");
        }

        Now failed(String why) {
            return new Now(State.FAILED, preview, result, why);
        }
    }

    private final RecordId id;
    private final ReplayRequest request;
    private final long startedAt;
    private final ReplayProgress progress = new ReplayProgress();
    private volatile Now now = new Now(State.PREVIEWING, null, null, "");

    ReplayJob(RecordId id, ReplayRequest request, long startedAt) {
        this.id = id;
        this.request = request;
        this.startedAt = startedAt;
    }

    public RecordId id() {
        return id;
    }

    public ReplayRequest request() {
        return request;
    }

    public long startedAt() {
        return startedAt;
    }

    public ReplayProgress progress() {
        return progress;
    }

    public Now now() {
        return now;
    }

    void become(Now next) {
        now = next;
    }
}
