package matchback.deliver.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;

/// How events become a request.
public sealed interface Packing permits Envelope, Letter {

    /// @param secrets texts in it that must not show up in a note
    OutboundRequest pack(Connection connection, List<Parcel> parcels, List<String> secrets);

    /// What stands beside the events.
    static ObjectNode around(Mapping<Batch> mapping, Batch batch) {
        return switch (mapping.write(batch)) {
            case Mapping.Written.Whole(var json, _) -> json;
            case Mapping.Written.Lacking(var path, _) ->
                    throw new IllegalStateException(
                            "what surrounds events cannot be demanded: " + path);
        };
    }
}
