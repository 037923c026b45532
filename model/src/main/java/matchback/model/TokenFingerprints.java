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
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            var full = mac.doFinal(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(full, 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
