package matchback.deliver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final String CONTENT_TYPE = "content-type";

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
        var type = contentType(report);
        boolean isForm = type.toLowerCase(Locale.ROOT).contains("form-urlencoded");
        var body =
                isForm
                        ? withoutSecrets(new String(report.body(), StandardCharsets.ISO_8859_1))
                                .getBytes(StandardCharsets.ISO_8859_1)
                        : report.body();
        return Json.object()
                .put("method", report.method())
                .put("url", url(tracker.url(), report.target()))
                .put("contentType", type)
                .put("body", Base64.getEncoder().encodeToString(body));
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

    private static String contentType(PersonalBlock report) {
        return report.headers().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(CONTENT_TYPE + ':'))
                .map(line -> line.substring(CONTENT_TYPE.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        var parcel = parcels.getFirst();
        var content = Json.lenient(parcel.content());
        var type = content.path("contentType").asText();
        return new OutboundRequest(
                content.path("method").asText(),
                content.path("url").asText(),
                type.isEmpty() ? Map.of() : Map.of(CONTENT_TYPE, type),
                Base64.getDecoder().decode(content.path("body").asText()),
                parcel.secrets());
    }
}
