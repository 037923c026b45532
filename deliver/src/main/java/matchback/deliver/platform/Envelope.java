package matchback.deliver.platform;

import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;

/// What surrounds the events in a request: a POST of one JSON object with a list of them.
///
/// @param url must hold no secret where a header will do: it stands in every attempt's record
/// @param headers beside `Content-Type`
/// @param events name of the list; within an object `object.list`
/// @param around the other values of the object
public record Envelope(
        Function<Connection, String> url,
        Function<Connection, Map<String, String>> headers,
        String events,
        Mapping<Batch> around)
        implements Packing {

    @Override
    public OutboundRequest pack(Connection connection, List<Parcel> parcels, List<String> secrets) {
        var body = Packing.around(around, new Batch(connection, parcels));
        var list = parcels.stream().map(Parcel::content).collect(Collectors.joining(",", "[", "]"));
        int dot = events.lastIndexOf('.');
        var parent = dot < 0 ? body : body.withObjectProperty(events.substring(0, dot));
        parent.putRawValue(events.substring(dot + 1), new RawValue(list));
        var all = new HashMap<>(headers.apply(connection));
        all.put("Content-Type", "application/json");
        return new OutboundRequest(
                "POST",
                url.apply(connection),
                all,
                Json.text(body).getBytes(StandardCharsets.UTF_8),
                secrets);
    }
}
