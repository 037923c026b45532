package matchback.deliver;

import java.util.List;

/// A shipment in its destination's words, ready to be packed into a request with others.
///
/// @param content what the adapter made of it: a URL, or a JSON object
/// @param secrets texts in it that must not show up in a note, such as user data
public record Parcel(Shipment shipment, String content, List<String> secrets) {
    public Parcel {
        secrets = List.copyOf(secrets);
    }
}
