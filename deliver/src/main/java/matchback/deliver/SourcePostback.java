package matchback.deliver;

import java.time.Instant;
import java.util.List;
import matchback.model.Macros;
import matchback.model.UrlTemplate;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.TrafficSource;

/// A traffic source's own postback: a GET of its URL with the conversion's values filled in.
public final class SourcePostback implements Adapter {
    public static final String KIND = "source";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Object settings(String key, Catalog catalog) {
        return catalog.source(key);
    }

    @Override
    public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
        var source = catalog.source(key);
        if (source.isEmpty()) {
            return new Preparation.Parked("There is no traffic source " + key);
        }
        if (source.get().archived()) {
            return new Preparation.Parked("The traffic source " + key + " is archived");
        }
        return source.flatMap(TrafficSource::postback)
                .map(url -> prepare(key, shipment, url))
                .orElseGet(() ->
                        new Preparation.Parked(
                                "The traffic source " + key + " has no postbackUrl"));
    }

    private static Preparation prepare(String key, Shipment shipment, String url) {
        return switch (UrlTemplate.parse(url, Macros.CONVERSION)) {
            case UrlTemplate.Parsed.Problem(var message) ->
                    new Preparation.Parked(
                            "The postbackUrl of the traffic source "
                                    + key
                                    + " cannot be used: "
                                    + message);
            case UrlTemplate.Parsed.Template(var template) ->
                    new Preparation.Ready(
                            new Parcel(
                                    shipment, template.fill(shipment::value), UrlSecrets.in(url)));
        };
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        var parcel = parcels.getFirst();
        return OutboundRequest.get(parcel.content(), parcel.secrets());
    }
}
