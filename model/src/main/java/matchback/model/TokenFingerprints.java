package matchback.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keyed fingerprints of tokens: what is stored and compared in place of the tokens themselves.
/// Without the installation's key a fingerprint cannot be tried against guesses.
public final class TokenFingerprints {
    private static final int BYTES = 16;

    private final byte[] key;

    /// @param key at least 32 bytes, fixed for the installation
    public TokenFingerprints(byte[] key) {
        this.key = key.clone();
    }

    /// The first 128 bits of HMAC-SHA-256 over the token, in hexadecimal digits.
    public String of(String token) {
        return HexFormat.of().formatHex(hmac(key, token), 0, BYTES);
    }

    /// The fingerprint of a secret in a path: another one than that of a token of the same text.
    public String ofPath(String secret) {
        return of("path:" + secret);
    }

    /// A key for another purpose, 32 bytes. Derived twice, because a token of the purpose's very
    /// words would have the first half of the inner value as its fingerprint.
    byte[] derivedKey(String purpose) {
        return hmac(hmac(key, "matchback: " + purpose), purpose);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
