package matchback.model.catalog;

import java.util.List;
import matchback.model.signature.SignatureScheme;
import org.jspecify.annotations.Nullable;

/// How a sender's requests must be signed: by one of these keys, at a time near ours.
///
/// @param toleranceSeconds how far the signature's time may lie from the time of receipt
/// @param keys newest last; several while one takes over from another
public record SignatureRule(int toleranceSeconds, List<Key> keys) {
    public static final int TOLERANCE_SECONDS_DEFAULT = 300;

    /// @param kid tells the key from others; a signed query names it
    /// @param sealed the secret, sealed by [matchback.model.Secrets]
    /// @param from epoch milliseconds from which it is taken
    /// @param until epoch milliseconds from which it is not taken any more; null: without end
    public record Key(
            String kid, SignatureScheme scheme, String sealed, long from, @Nullable Long until) {

        public boolean isInForce(long millis) {
            return millis >= from && (until == null || millis < until);
        }

        /// Whom the secret is sealed for.
        public String owner(String sender) {
            return sender + '/' + kid;
        }

        /// The same key with an end, unless it ends before.
        public Key endingAt(long millis) {
            return until != null && until <= millis
                    ? this
                    : new Key(kid, scheme, sealed, from, millis);
        }
    }

    public SignatureRule {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || toleranceSeconds <= 0) {
            throw new IllegalArgumentException(
                    keys.size() + " keys, tolerance of " + toleranceSeconds + " s; more than none");
        }
    }
}
