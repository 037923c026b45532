package matchback.deliver;

import java.time.Duration;

/// What came of asking for an access token.
public sealed interface TokenAnswer {

    /// @param value goes into the header `Authorization: Bearer`
    /// @param lifetime from now; it is asked for again some time before
    record Token(String value, Duration lifetime) implements TokenAnswer {}

    /// None was given. A verdict that means "try again" is tried again as for an outage; every
    /// other one parks the destination.
    record Refused(Verdict verdict) implements TokenAnswer {}
}
