package matchback.deliver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import matchback.deliver.platform.Json;
import matchback.ledger.PersonalBlock;

/// A report that is handed on as it came, while it waits to be sent: the body stands in base64,
/// because not one byte of it may change.
final class Verbatim {
    private static final String CONTENT_TYPE = "content-type";

    private Verbatim() {}

    static ObjectNode content(String method, String url, String contentType, byte[] body) {
        return Json.object()
                .put("method", method)
                .put("url", url)
                .put("contentType", contentType)
                .put("body", Base64.getEncoder().encodeToString(body));
    }

    /// The type the report came with; empty when it named none.
    static String contentType(PersonalBlock report) {
        return report.headers().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(CONTENT_TYPE + ':'))
                .map(line -> line.substring(CONTENT_TYPE.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    static OutboundRequest request(Parcel parcel) {
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
