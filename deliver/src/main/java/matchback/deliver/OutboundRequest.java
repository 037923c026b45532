package matchback.deliver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is sent to a destination.
///
/// @param headers beside those that HTTP needs
/// @param body null for none
/// @param secrets texts in it that must not show up in a note
public record OutboundRequest(
        String method,
        String url,
        Map<String, String> headers,
        byte @Nullable [] body,
        List<String> secrets) {

    public OutboundRequest {
        headers = Map.copyOf(headers);
        secrets = List.copyOf(secrets);
    }

    public static OutboundRequest get(String url, List<String> secrets) {
        return new OutboundRequest("GET", url, Map.of(), null, secrets);
    }

    public Optional<byte[]> content() {
        return Optional.ofNullable(body);
    }
}
