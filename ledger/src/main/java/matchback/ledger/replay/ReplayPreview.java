package matchback.ledger.replay;

import java.util.List;
import matchback.model.RecordId;

/// What a replay would change, by the ledger and the catalog of one moment. Nothing is written yet.
public final class ReplayPreview {
    private final RecordId id;
    private final ReplayRequest request;
    private final Plan plan;
    private final ReplaySummary summary;
    private final List<ReplayChange> changes;

    ReplayPreview(RecordId id, ReplayRequest request, Plan plan, String currency) {
        this.id = id;
        this.request = request;
        this.plan = plan;
        this.summary = plan.summary(currency);
        this.changes = plan.changes();
    }

    /// The replay's name, in every record it writes.
    public RecordId id() {
        return id;
    }

    public ReplayRequest request() {
        return request;
    }

    public ReplaySummary summary() {
        return summary;
    }

    /// Every decision that changes, oldest first.
    public List<ReplayChange> changes() {
        return changes;
    }

    Plan plan() {
        return plan;
    }
}
