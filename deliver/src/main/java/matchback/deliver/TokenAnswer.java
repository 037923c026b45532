package matchback.deliver;

import java.time.Duration;

/// What came of asking for an access token.
public sealed interface TokenAnswer {

    /// @param value goes into the header `Authorization: Bearer`
    /// @param lifetime from now; it is asked for again some time before, and after [#LIFETIME_MAX]
    ///   at the latest
    record Token(String value, Duration lifetime) implements TokenAnswer {
        /// Far beyond what anybody gives, and near enough to count with.
        static final Duration LIFETIME_MAX = Duration.ofDays(365);

        public Token {
            if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
                throw new IllegalArgumentException("a token that fits in no header");
            }
            if (!lifetime.isPositive()) {
                throw new IllegalArgumentException("a token that has expired");
            }
            lifetime = lifetime.compareTo(LIFETIME_MAX) > 0 ? LIFETIME_MAX : lifetime;
        }
    }

    /// None was given. A verdict that means "try again" is tried again as for an outage; every
    /// other one parks the destination.
    record Refused(Verdict verdict) implements TokenAnswer {}
}
