package matchback.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A conversion as a form, and the signature of its URL: the scheme `query-hmac` of the tracker's
/// page on security. Fields stand in the body, so that no log of a proxy has them.
final class SignedForm {
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private SignedForm() {}

    static byte[] body(Map<String, String> fields) {
        return query(fields).getBytes(StandardCharsets.UTF_8);
    }

    /// The URL with time, nonce, key id and signature.
    ///
    /// @param postbackUrl without a query
    static URI signed(URI postbackUrl, byte[] body, Signing with, long seconds, String nonce) {
        var params = new TreeMap<String, String>();
        params.put("kid", with.keyId());
        params.put("nonce", nonce);
        params.put("ts", Long.toString(seconds));
        var query = query(params);
        var text =
                String.join(
                        "\n",
                        "POST",
                        postbackUrl.getRawAuthority().toLowerCase(Locale.ROOT),
                        postbackUrl.getRawPath(),
                        query,
                        HexFormat.of().formatHex(sha256(body)));
        return URI.create(postbackUrl + "?" + query + "&sig=" + hmac(with.secret(), text));
    }

    /// @param secret the key's text
    record Signing(String keyId, String secret) {
        @Override
        public String toString() {
            return "Signing[" + keyId + "]";
        }
    }

    private static String query(Map<String, String> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hmac(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
