package matchback.deliver.webhook;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.deliver.OutboundRequest;
import matchback.deliver.platform.Connection;
import matchback.model.catalog.DestinationType.Setting;
import matchback.model.signature.StandardWebhooks;

/// A POST of a JSON document, signed by Standard Webhooks version 1
/// (github.com/standard-webhooks/standard-webhooks, read on 2026-11-23). While a key is replaced,
/// both the new and the former one sign.
final class SignedPost {
    static final String URL = "url";
    static final String SECRET = "secret";
    static final String FORMER_SECRET = "former-secret";
    static final String AUTHORIZATION = "authorization";

    /// As it is written; how many bytes it stands for is looked at when it is used.
    private static final String SECRET_FORM = "(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}";

    /// What a destination needs for it.
    static final List<Setting> SETTINGS =
            List.of(
                    Setting.required(URL, "URL", "Where the messages are posted to.")
                            .like("https?://\\S+"),
                    Setting.secret(
                                    SECRET,
                                    "Secret",
                                    "whsec_ and 24 to 64 bytes in base64, the same as on the other"
                                            + " side.")
                            .like(SECRET_FORM),
                    Setting.optionalSecret(
                                    FORMER_SECRET,
                                    "Former secret",
                                    "While the other side takes over a new secret, the one it still"
                                            + " knows: whsec_ and base64.")
                            .like(SECRET_FORM),
                    Setting.optionalSecret(
                            AUTHORIZATION,
                            "Authorization",
                            "The header Authorization, for receivers behind a gateway, such as"
                                    + " Bearer and a token."));

    private SignedPost() {}

    /// What keeps a destination from signing, as a sentence.
    static Optional<String> problem(Connection connection) {
        return Stream.of(SECRET, FORMER_SECRET)
                .filter(name -> !connection.secret(name).isEmpty())
                .filter(name -> !StandardWebhooks.isSharedSecret(connection.secret(name)))
                .findFirst()
                .map(name ->
                        "The %s of the destination %s is no secret of Standard Webhooks: whsec_ and"
                                        .formatted(name, connection.destination().key())
                                + " 24 to 64 bytes in base64 are");
    }

    /// @param id of the message, the same over all tries
    /// @param sentAt epoch seconds of this try
    /// @param concealed texts that must not show up in a note
    static OutboundRequest of(
            Connection connection, String id, long sentAt, String json, List<String> concealed) {
        var body = json.getBytes(StandardCharsets.UTF_8);
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(sentAt));
        headers.put(
                "webhook-signature",
                Stream.of(SECRET, FORMER_SECRET)
                        .map(connection::secret)
                        .filter(secret -> !secret.isEmpty())
                        .map(secret -> StandardWebhooks.sign(secret, id, sentAt, body))
                        .collect(Collectors.joining(" ")));
        var authorization = connection.secret(AUTHORIZATION);
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        return new OutboundRequest("POST", connection.setting(URL), headers, body, concealed);
    }
}
