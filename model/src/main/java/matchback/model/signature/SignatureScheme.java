package matchback.model.signature;

import java.util.Optional;

/// How a sender signs.
public enum SignatureScheme {
    /// [SignedQuery]
    QUERY_HMAC("query-hmac"),
    /// [StandardWebhooks]
    STANDARD_WEBHOOKS("standard-webhooks"),
    /// [GithubSignature]
    GITHUB("github"),
    /// [StripeSignature]
    STRIPE("stripe");

    private final String word;

    SignatureScheme(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// Whether the parameters in the URL are signed too; the others sign the body alone.
    public boolean coversQuery() {
        return this == QUERY_HMAC;
    }

    public static Optional<SignatureScheme> ofWord(String word) {
        for (var scheme : values()) {
            if (scheme.word.equals(word)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }
}
