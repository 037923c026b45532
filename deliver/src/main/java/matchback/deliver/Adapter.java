package matchback.deliver;

import java.time.Instant;
import java.util.List;
import matchback.model.catalog.Catalog;

/// One kind of destination: how deliveries become a request under the destination's present
/// settings, and what its answers mean. Pure; called by one thread.
public interface Adapter {

    /// What stands before the colon in the keys of its destinations, for example `source`.
    String kind();

    /// What the operator can change about a destination, compared by equals: a parked destination
    /// is tried again at once when it changes.
    ///
    /// @param key what stands behind the colon
    Object settings(String key, Catalog catalog);

    /// How many parcels one request takes.
    default int batchMax() {
        return 1;
    }

    /// Puts a shipment into the destination's words, or says why it cannot be sent.
    Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now);

    /// The request that carries these parcels.
    ///
    /// @param parcels of this destination, prepared just now, at most [#batchMax]
    OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog);

    /// For kinds of destination whose answers say more than their status.
    ///
    /// @param byStatus what the status alone means
    default Judgement judge(List<Parcel> parcels, Answer.Answered answer, Verdict byStatus) {
        return new Judgement.All(byStatus);
    }
}
