package matchback.deliver.google;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import matchback.deliver.Answer;
import matchback.deliver.OutboundRequest;
import matchback.deliver.TokenAnswer;
import matchback.deliver.Verdict;
import matchback.deliver.platform.Json;
import matchback.ledger.Event.AttemptResult;
import matchback.model.Percent;

/// Asks for access tokens at Google's token endpoint: with a refresh token
/// ([guide](https://developers.google.com/identity/protocols/oauth2/web-server#offline)) or with an
/// assertion signed by a service account
/// ([guide](https://developers.google.com/identity/protocols/oauth2/service-account), RFC 7523).
final class AccessTokens {
    static final String SCOPE = "https://www.googleapis.com/auth/datamanager";
    static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// The longest Google allows.
    private static final Duration ASSERTION_LIFE = Duration.ofHours(1);

    /// Where the answer does not say.
    private static final long TOKEN_SECONDS = 3_600;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private AccessTokens() {}

    static OutboundRequest request(Credentials.User user, String url) {
        return post(
                url,
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", user.clientId(),
                        "client_secret", user.clientSecret(),
                        "refresh_token", user.refreshToken()),
                List.of(user.clientSecret(), user.refreshToken()));
    }

    static OutboundRequest request(Credentials.ServiceAccount account, String url, Instant now) {
        var header = Json.object().put("alg", "RS256").put("typ", "JWT");
        if (!account.keyId().isEmpty()) {
            header.put("kid", account.keyId());
        }
        long at = now.getEpochSecond();
        var claims =
                Json.object()
                        .put("iss", account.email())
                        .put("scope", SCOPE)
                        .put("aud", url)
                        .put("iat", at)
                        .put("exp", at + ASSERTION_LIFE.toSeconds());
        var unsigned = base64(Json.text(header)) + "." + base64(Json.text(claims));
        var assertion = unsigned + "." + signature(account.key(), unsigned);
        return post(
                url, Map.of("grant_type", JWT_BEARER, "assertion", assertion), List.of(assertion));
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(PrivateKey key, String text) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with RSA", e);
        }
    }

    private static OutboundRequest post(
            String url, Map<String, String> form, List<String> secrets) {
        var body = new StringBuilder();
        form.forEach((name, value) ->
                body.append(body.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(Percent.encode(value)));
        var hidden = new ArrayList<>(secrets);
        secrets.forEach(secret -> hidden.add(Percent.encode(secret)));
        return new OutboundRequest(
                "POST",
                url,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                body.toString().getBytes(StandardCharsets.UTF_8),
                hidden);
    }

    static TokenAnswer read(Answer.Answered answer, Verdict byStatus) {
        if (answer.status() / 100 == 2) {
            var json = Json.lenient(answer.body());
            var token = json.path("access_token").asText();
            long seconds = json.path("expires_in").asLong(TOKEN_SECONDS);
            // Not the note by status: it may hold half a token.
            return token.isEmpty() || seconds <= 0
                    ? new TokenAnswer.Refused(
                            byStatus.withResult(AttemptResult.RETRY, Verdict.Sign.TROUBLED)
                                    .withNote("The token address answered without a token"))
                    : new TokenAnswer.Token(token, Duration.ofSeconds(seconds));
        }
        boolean isPassing =
                switch (answer.status()) {
                    case 408, 425, 429 -> true;
                    default -> answer.status() / 100 != 4;
                };
        return new TokenAnswer.Refused(
                isPassing
                        ? byStatus
                        : byStatus.withResult(AttemptResult.PARKED, Verdict.Sign.PARKED)
                                .withNote(refusal(byStatus.note())));
    }

    /// RFC 6749 §5.2, with what to do about the one that comes most often.
    private static String refusal(String cleanBody) {
        var json = Json.lenient(cleanBody);
        var error = json.path("error").asText();
        var words =
                error.isEmpty()
                        ? cleanBody
                        : error + ": " + json.path("error_description").asText();
        var advice =
                error.equals("invalid_grant")
                        ? ". The refresh token or key was revoked or has expired: enter a new one"
                        : "";
        return words + advice;
    }
}
