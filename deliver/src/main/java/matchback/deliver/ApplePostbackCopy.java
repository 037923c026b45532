package matchback.deliver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import matchback.deliver.platform.Json;
import matchback.model.catalog.AppleApp;
import matchback.model.catalog.Catalog;

/// A copy of an Apple device's postback for whoever else reads them, such as a mobile measurement
/// partner: the body as it came, byte for byte, or its signature would not fit any more. Nothing of
/// the device (address, headers) goes along.
///
/// The key of such a destination is that of the app and the place of the URL in its list, from 1:
/// `525463029-1`.
public final class ApplePostbackCopy implements Adapter {
    private static final String JSON = "application/json";

    @Override
    public String kind() {
        return AppleApp.ADDRESS_KIND;
    }

    @Override
    public Object settings(String key, Catalog catalog) {
        return url(key, catalog);
    }

    @Override
    public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
        var url = url(key, catalog);
        if (url.isEmpty()) {
            return new Preparation.Parked("The app has no forward URL at this place any more");
        }
        return shipment.report()
                .<Preparation>map(report ->
                        new Preparation.Ready(
                                new Parcel(
                                        shipment,
                                        Json.text(
                                                Verbatim.content(
                                                        "POST", url.get(), JSON, report.body())),
                                        UrlSecrets.in(url.get()))))
                .orElseGet(() -> new Preparation.Hopeless("The request was erased"));
    }

    private static Optional<String> url(String key, Catalog catalog) {
        int dash = key.lastIndexOf('-');
        boolean hasPlace = dash > 0 && key.substring(dash + 1).matches("[1-9]");
        return hasPlace
                ? catalog.appleApp(key.substring(0, dash))
                        .filter(app -> !app.archived())
                        .flatMap(app -> app.forwardUrl(key.charAt(dash + 1) - '0'))
                : Optional.empty();
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        return Verbatim.request(parcels.getFirst());
    }
}
