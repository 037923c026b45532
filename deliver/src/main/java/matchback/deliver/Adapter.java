package matchback.deliver;

import java.time.Instant;
import matchback.ledger.state.DeliveryState;
import matchback.model.catalog.Catalog;

/// One kind of destination: how a delivery becomes a request under the destination's present
/// settings, and what its answers mean. Pure; called by one thread.
public interface Adapter {

    /// What stands before the colon in the keys of its destinations, for example `source`.
    String kind();

    /// What the operator can change about a destination, compared by equals: a parked destination
    /// is tried again at once when it changes.
    ///
    /// @param key what stands behind the colon
    Object settings(String key, Catalog catalog);

    Preparation prepare(String key, DeliveryState delivery, Catalog catalog, Instant now);

    /// For kinds of destination whose answers say more than their status.
    ///
    /// @param byStatus what the status alone means
    default Verdict judge(Answer.Answered answer, Verdict byStatus) {
        return byStatus;
    }
}
