package matchback.model.signature;

/// A signature as a request shows it, not yet compared with any key.
public sealed interface Signature
        permits SignedQuery, StandardWebhooks, GithubSignature, StripeSignature {

    /// What a request shows of one scheme.
    sealed interface Reading {
        record Shown(Signature signature) implements Reading {}

        /// There is nothing of the scheme in the request.
        record Absent() implements Reading {}

        /// @param detail what is wrong, one sentence without a full stop
        record Unreadable(String detail) implements Reading {}
    }

    /// The longest text of a signature, a time or a nonce that is looked at.
    int TEXT_CHARS_MAX = 2048;

    /// Whether it was made with this secret. Compares in constant time.
    boolean fits(String secret);

    /// The id of the key it says it was made with; empty when it names none.
    String keyId();

    /// When it says it was made, epoch milliseconds; 0 when the scheme has no time.
    long signedAt();

    /// What no second request may carry.
    String nonce();

    static Reading read(SignatureScheme scheme, SignedRequest request) {
        return switch (scheme) {
            case QUERY_HMAC -> SignedQuery.read(request);
            case STANDARD_WEBHOOKS -> StandardWebhooks.read(request);
            case GITHUB -> GithubSignature.read(request);
            case STRIPE -> StripeSignature.read(request);
        };
    }

    /// Seconds since 1970 as milliseconds, or -1 for anything else.
    static long millis(String seconds) {
        if (seconds.isEmpty() || seconds.length() > 11) {
            return -1;
        }
        for (int i = 0; i < seconds.length(); i++) {
            if (seconds.charAt(i) < '0' || seconds.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(seconds) * 1000;
    }
}
