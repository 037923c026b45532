package matchback.deliver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import matchback.model.catalog.Catalog;

/// Sends what waits for traffic sources to a destination instead.
///
/// @param to key of the destination
record StandIn(String to, Adapter adapter) implements Adapter {
    @Override
    public String kind() {
        return SourcePostback.KIND;
    }

    @Override
    public Object settings(String key, Catalog catalog) {
        return adapter.settings(to, catalog);
    }

    @Override
    public int batchMax() {
        return adapter.batchMax();
    }

    @Override
    public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
        return adapter.prepare(to, shipment, catalog, now);
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        return adapter.pack(to, parcels, catalog);
    }

    @Override
    public Optional<OutboundRequest> tokenRequest(String key, Catalog catalog, Instant now) {
        return adapter.tokenRequest(to, catalog, now);
    }

    @Override
    public TokenAnswer token(Answer.Answered answer, Verdict byStatus) {
        return adapter.token(answer, byStatus);
    }

    @Override
    public Judgement judge(List<Parcel> parcels, Answer.Answered answer, Verdict byStatus) {
        return adapter.judge(parcels, answer, byStatus);
    }
}
