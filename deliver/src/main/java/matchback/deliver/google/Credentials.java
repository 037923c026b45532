package matchback.deliver.google;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import matchback.deliver.platform.Connection;
import matchback.deliver.platform.Json;

/// What an access token is asked for with.
sealed interface Credentials {

    /// A user's lasting consent to an OAuth client.
    record User(String clientId, String clientSecret, String refreshToken) implements Credentials {}

    /// A service account, which signs for itself.
    ///
    /// @param email whom the key belongs to
    /// @param keyId which of its keys it is; empty when the file does not tell
    record ServiceAccount(String email, String keyId, PrivateKey key) implements Credentials {}

    /// None that could be used.
    ///
    /// @param what to do; no secret is in it
    record Unusable(String what) implements Credentials {}

    static Credentials of(Connection connection) {
        var file = connection.secret(Form.SERVICE_ACCOUNT_KEY);
        if (!file.isEmpty()) {
            return serviceAccount(Json.lenient(file));
        }
        var user =
                new User(
                        connection.setting(Form.CLIENT_ID),
                        connection.secret(Form.CLIENT_SECRET),
                        connection.secret(Form.REFRESH_TOKEN));
        if (user.clientId().isEmpty()) {
            return missing(Form.CLIENT_ID);
        }
        if (user.clientSecret().isEmpty()) {
            return missing(Form.CLIENT_SECRET);
        }
        return user.refreshToken().isEmpty() ? missing(Form.REFRESH_TOKEN) : user;
    }

    private static Credentials missing(String name) {
        return new Unusable(
                "%s is missing: give either %s, or %s, %s and %s"
                        .formatted(
                                name,
                                Form.SERVICE_ACCOUNT_KEY,
                                Form.CLIENT_ID,
                                Form.CLIENT_SECRET,
                                Form.REFRESH_TOKEN));
    }

    private static Credentials serviceAccount(JsonNode file) {
        var email = file.path("client_email").asText();
        var pem = file.path("private_key").asText();
        if (email.isEmpty() || pem.isEmpty()) {
            return new Unusable(
                    Form.SERVICE_ACCOUNT_KEY
                            + " is no key file of a service account: it must be the whole JSON"
                            + " file with client_email and private_key");
        }
        try {
            return new ServiceAccount(email, file.path("private_key_id").asText(), key(pem));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return new Unusable(
                    Form.SERVICE_ACCOUNT_KEY
                            + " has a private_key that cannot be read; make a new JSON key for the"
                            + " service account "
                            + email);
        }
    }

    /// PKCS #8 between the lines BEGIN and END.
    private static PrivateKey key(String pem) throws GeneralSecurityException {
        var bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }
}
