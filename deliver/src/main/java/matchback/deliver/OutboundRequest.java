package matchback.deliver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import matchback.model.Cut;

/// What is sent to a destination.
///
/// @param headers beside those that HTTP needs
/// @param body empty for none
/// @param secrets texts in it that must not show up in a note
public record OutboundRequest(
        String method, String url, Map<String, String> headers, byte[] body, List<String> secrets) {

    public OutboundRequest {
        headers = Map.copyOf(headers);
        headers.forEach((name, value) -> {
            if (breaksLine(name) || breaksLine(value)) {
                throw new IllegalArgumentException(
                        "header " + Excerpt.of(name, List.of()) + " has a control character");
            }
        });
        secrets = List.copyOf(secrets);
    }

    private static boolean breaksLine(String text) {
        return text.chars().anyMatch(c -> c < ' ' || c == 0x7F);
    }

    /// The same, with an access token.
    OutboundRequest authorized(String token) {
        var with = new HashMap<>(headers);
        with.put("authorization", "Bearer " + token);
        var hidden = new ArrayList<>(secrets);
        hidden.add(token);
        return new OutboundRequest(method, url, with, body, hidden);
    }

    /// The URL with its secrets masked, cut.
    String maskedUrl(int charsMax) {
        return Cut.atMost(charsMax, masked(url, secrets));
    }

    /// All of it, its secrets masked.
    Trial.Message masked() {
        return new Trial.Message(
                method + ' ' + masked(url, secrets),
                headers.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(header -> masked(header.getKey() + ": " + header.getValue(), secrets))
                        .toList(),
                masked(new String(body, StandardCharsets.UTF_8), secrets));
    }

    static String masked(String text, List<String> secrets) {
        var masked = text;
        for (var secret : secrets) {
            masked = masked.replace(secret, Excerpt.MASK);
        }
        return masked;
    }

    public static OutboundRequest get(String url, List<String> secrets) {
        return new OutboundRequest("GET", url, Map.of(), new byte[0], secrets);
    }
}
