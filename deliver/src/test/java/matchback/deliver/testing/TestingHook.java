package matchback.deliver.testing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.deliver.Adapter;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Shipment;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Moment;

/// Destinations that are called by GET with what happened: `{url}?m=approved&p=12.50&e=…&c=…`.
public final class TestingHook implements Adapter {
    public static final String KIND = "hook";

    /// A destination that is called at this URL.
    public static Destination destination(String key, String url, Moment... moments) {
        return new Destination(
                key,
                key,
                KIND,
                Map.of("url", url),
                Map.of(),
                Destination.Scope.ALL,
                Destination.Conditions.NONE,
                moments.length == 0 ? Set.of(Moment.APPROVED) : Set.of(moments),
                Destination.Sum.PAYOUT,
                Map.of(),
                Destination.Pace.DEFAULT,
                false,
                false);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
        var url = catalog.destination(key).flatMap(found -> found.setting("url")).orElse("");
        var query =
                "?m=%s&p=%s&e=%s&c=%s"
                        .formatted(
                                shipment.delivery().moment().word(),
                                shipment.value("payout"),
                                shipment.delivery().eventId(),
                                shipment.value("externalid"));
        return new Preparation.Ready(new Parcel(shipment, url + query, List.of()));
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        return OutboundRequest.get(parcels.getFirst().content(), List.of());
    }
}
