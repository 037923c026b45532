package matchback.deliver.doubles;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import matchback.deliver.doubles.LocalServer.Call;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.platform.Json;
import matchback.model.Params;

/// Google's token endpoint: gives access tokens for an hour, for a refresh token or for an
/// assertion that a service account has signed. Safe for use by many threads.
public final class TokenDesk {
    public static final String CLIENT_ID = "client-1.apps.googleusercontent.com";
    public static final String CLIENT_SECRET = "secret-of-client-1";
    public static final String REFRESH_TOKEN = "refresh-token-1";
    public static final String ACCOUNT = "tracker@project-1.iam.gserviceaccount.com";

    private static final String SCOPE = "https://www.googleapis.com/auth/datamanager";
    private static final Duration LIFE = Duration.ofHours(1);

    private final Object lock = new Object();
    private final InstantSource clock;
    private final KeyPair key = keyPair();
    private final Map<String, Instant> tokens = new HashMap<>();
    private boolean isRevoked;
    private int given;

    TokenDesk(InstantSource clock) {
        this.clock = clock;
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /// The JSON file of the service account's key, as Google writes it.
    public String serviceAccountKey() {
        var lines =
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(key.getPrivate().getEncoded());
        return Json.object()
                .put("type", "service_account")
                .put("project_id", "project-1")
                .put("private_key_id", "key-1")
                .put(
                        "private_key",
                        "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n")
                .put("client_email", ACCOUNT)
                .toPrettyString();
    }

    /// How many tokens were given out.
    public int given() {
        synchronized (lock) {
            return given;
        }
    }

    /// No token is valid any more.
    public void forget() {
        synchronized (lock) {
            tokens.clear();
        }
    }

    /// Refresh token and key are good for nothing, or good again.
    public void revoke(boolean revoked) {
        synchronized (lock) {
            isRevoked = revoked;
            if (revoked) {
                tokens.clear();
            }
        }
    }

    boolean isValid(String authorization) {
        synchronized (lock) {
            var until = tokens.get(authorization.replaceFirst("^Bearer ", ""));
            return authorization.startsWith("Bearer ")
                    && until != null
                    && clock.instant().isBefore(until);
        }
    }

    Reply answer(Call call, String url) {
        var form = Params.ofQuery(call.body());
        var refusal =
                switch (form.first("grant_type")) {
                    case "refresh_token" -> refreshTokenProblem(form);
                    case "urn:ietf:params:oauth:grant-type:jwt-bearer" ->
                            assertionProblem(form.first("assertion"), url);
                    default -> "unsupported_grant_type";
                };
        synchronized (lock) {
            if (refusal.isEmpty() && isRevoked) {
                refusal = "invalid_grant";
            }
            if (!refusal.isEmpty()) {
                return Reply.json(
                        refusal.equals("invalid_client") ? 401 : 400,
                        Json.text(
                                Json.object()
                                        .put("error", refusal)
                                        .put("error_description", "refused")));
            }
            given++;
            var token = "access-token-" + given;
            tokens.put(token, clock.instant().plus(LIFE));
            return Reply.json(
                    200,
                    Json.text(
                            Json.object()
                                    .put("access_token", token)
                                    .put("expires_in", LIFE.toSeconds() - 1)
                                    .put("token_type", "Bearer")));
        }
    }

    private static String refreshTokenProblem(Params form) {
        boolean isClient =
                form.first("client_id").equals(CLIENT_ID)
                        && form.first("client_secret").equals(CLIENT_SECRET);
        if (!isClient) {
            return "invalid_client";
        }
        return form.first("refresh_token").equals(REFRESH_TOKEN) ? "" : "invalid_grant";
    }

    private String assertionProblem(String assertion, String url) {
        var parts = assertion.split("\\.", -1);
        if (parts.length != 3 || !isSigned(parts)) {
            return "invalid_grant";
        }
        var claims =
                Json.lenient(
                        new String(
                                Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        long now = clock.instant().getEpochSecond();
        long from = claims.path("iat").asLong();
        long until = claims.path("exp").asLong();
        boolean isGood =
                claims.path("iss").asText().equals(ACCOUNT)
                        && claims.path("aud").asText().equals(url)
                        && from <= now + 60
                        && until > now
                        && until - from <= LIFE.toSeconds();
        if (!isGood) {
            return "invalid_grant";
        }
        return claims.path("scope").asText().equals(SCOPE) ? "" : "invalid_scope";
    }

    private boolean isSigned(String[] parts) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false;
        }
    }
}
