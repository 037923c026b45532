package matchback.model.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Secrets of which one must stand in the path of a sender's postback URL, after its key and a dot:
/// `/postback/net.s3cret`.
///
/// @param keys newest last; several while one takes over from another
public record SecretPath(List<Key> keys) {
    /// Between the sender's key, which has none, and the secret.
    public static final char SEPARATOR = '.';

    /// @param fingerprint of the secret, which is kept nowhere; by
    ///   [matchback.model.TokenFingerprints#ofPath(String)]
    /// @param from epoch milliseconds from which it is taken
    /// @param until epoch milliseconds from which it is not taken any more; null: without end
    public record Key(String fingerprint, long from, @Nullable Long until) {

        public boolean isInForce(long millis) {
            return until == null || millis < until;
        }

        /// The same with an end, unless it ends before.
        public Key endingAt(long millis) {
            return until != null && until <= millis ? this : new Key(fingerprint, from, millis);
        }

        /// Tells it from the others.
        public String id() {
            return fingerprint.substring(0, Math.min(8, fingerprint.length()));
        }
    }

    public SecretPath {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a secret path without a secret");
        }
    }

    /// Whether a caller who showed these may pass.
    ///
    /// @param fingerprints of all it showed
    public boolean takes(List<String> fingerprints, long millis) {
        return keys.stream()
                .filter(key -> key.isInForce(millis))
                .anyMatch(key -> fingerprints.contains(key.fingerprint()));
    }
}
