package matchback.deliver.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// Brings what is known of a person into the one form in which a platform compares it.
@FunctionalInterface
public interface Normaliser {
    int HASH_CHARS = 64;

    /// @param raw not blank
    /// @param country of the person, ISO 3166-1 alpha-2 in lower case; empty when not known
    /// @return empty when it is no such thing: what is not an e-mail address is not hashed as one
    Optional<String> normalise(String raw, String country);

    /// The SHA-256 of the normalised text in lower-case hexadecimal; empty when it is no such
    /// thing. What is a hash already stays one.
    default String hash(String raw, String country) {
        var text = raw.strip();
        return isHash(text)
                ? text.toLowerCase(Locale.ROOT)
                : normalise(text, country).map(Normaliser::sha256).orElse("");
    }

    /// Whether a text is 64 hexadecimal characters.
    static boolean isHash(String text) {
        return text.length() == HASH_CHARS && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /// Of the text in UTF-8, in lower-case hexadecimal.
    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
