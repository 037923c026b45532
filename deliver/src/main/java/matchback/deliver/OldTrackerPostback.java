package matchback.deliver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.deliver.platform.Json;
import matchback.ledger.PersonalBlock;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.OldTracker;

/// A report of a click of the tracker that was used before, handed on as it came: its method, its
/// query, its body. What was our secret in it is left out: it is kept nowhere.
public final class OldTrackerPostback implements Adapter {
    private static final String KIND = "forward";
    private static final String MASKED = "=***";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Object settings(String key, Catalog catalog) {
        return catalog.oldTracker(key);
    }

    @Override
    public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
        var tracker = catalog.oldTracker(key);
        if (tracker.isEmpty()) {
            return new Preparation.Parked("There is no old tracker " + key);
        }
        // What came before the last day is handed on also after it, or it would be lost.
        return shipment.report()
                .<Preparation>map(report ->
                        new Preparation.Ready(
                                new Parcel(
                                        shipment,
                                        Json.text(content(tracker.get(), report)),
                                        UrlSecrets.in(tracker.get().url()))))
                .orElseGet(() -> new Preparation.Hopeless("The request was erased"));
    }

    private static ObjectNode content(OldTracker tracker, PersonalBlock report) {
        var type = Verbatim.contentType(report);
        boolean isForm = type.toLowerCase(Locale.ROOT).contains("form-urlencoded");
        var body =
                isForm
                        ? withoutSecrets(new String(report.body(), StandardCharsets.ISO_8859_1))
                                .getBytes(StandardCharsets.ISO_8859_1)
                        : report.body();
        return Verbatim.content(report.method(), url(tracker.url(), report.target()), type, body);
    }

    /// The tracker's URL with the report's query; a URL without a path keeps the report's.
    static String url(String url, String target) {
        int mark = target.indexOf('?');
        var path = mark < 0 ? target : target.substring(0, mark);
        var query = mark < 0 ? "" : withoutSecrets(target.substring(mark + 1));
        var own = URI.create(url);
        var ownPath = own.getRawPath();
        var base =
                ownPath == null || ownPath.isEmpty() || ownPath.equals("/")
                        ? url.replaceFirst("/$", "") + path
                        : url;
        if (query.isEmpty()) {
            return base;
        }
        return base + (base.indexOf('?') < 0 ? '?' : '&') + query;
    }

    private static String withoutSecrets(String form) {
        return form.contains(MASKED)
                ? Stream.of(form.split("&", -1))
                        .filter(pair -> !pair.endsWith(MASKED))
                        .collect(Collectors.joining("&"))
                : form;
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        return Verbatim.request(parcels.getFirst());
    }
}
