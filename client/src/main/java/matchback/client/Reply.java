package matchback.client;

import java.util.Set;
import java.util.regex.Pattern;
import matchback.client.Outcome.Result;

/// What an answer of the tracker means for the conversion.
///
/// @param decision of the header `Matchback-Decision`; empty when somebody else answered
/// @param reason the tracker's reason; empty when the answer does not say it
/// @param receipt of the header `Matchback-Receipt`
record Reply(int status, String decision, String reason, String receipt) {
    private static final Set<String> DECISIONS =
            Set.of("counted", "updated", "duplicate", "held", "refused");

    /// Somebody has to put a setting right here or there; until then nothing is given up.
    private static final Set<String> MENDABLE =
            Set.of(
                    "bad_token",
                    "bad_signature",
                    "stale_signature",
                    "replayed_signature",
                    "address_not_allowed",
                    "wrong_sender",
                    "unknown_sender",
                    "rate_limited");

    /// Those of them that all conversions meet alike.
    private static final Set<String> MENDABLE_FOR_ALL =
            Set.of(
                    "bad_token",
                    "bad_signature",
                    "stale_signature",
                    "address_not_allowed",
                    "unknown_sender");

    /// First of the answer's fields; a code, so nothing in it is escaped.
    private static final Pattern REASON = Pattern.compile("\"reason\"\\s*:\\s*\"([a-z_]{1,64})\"");

    /// @param decisionHeader empty for none
    /// @param body the tracker's JSON, or anything
    static Reply of(int status, String decisionHeader, String receipt, String body) {
        var decision = DECISIONS.contains(decisionHeader) ? decisionHeader : "";
        var reason = REASON.matcher(body);
        return new Reply(
                status,
                decision,
                !decision.isEmpty() && reason.find() ? reason.group(1) : "",
                receipt);
    }

    /// Whether the trouble is not this conversion's own.
    boolean isOutage() {
        return isNoTracker() || (decision.equals("refused") && MENDABLE_FOR_ALL.contains(reason));
    }

    /// A proxy's page, or nobody at all: even a 2xx of it proves nothing.
    private boolean isNoTracker() {
        return decision.isEmpty() || status / 100 == 5;
    }

    Result result() {
        if (isNoTracker()) {
            return Result.WAITING;
        }
        if (!decision.equals("refused")) {
            return Result.ACCEPTED;
        }
        return MENDABLE.contains(reason) ? Result.WAITING : Result.REFUSED;
    }

    /// The reason, else what was answered.
    String words() {
        if (!reason.isEmpty()) {
            return reason;
        }
        return "HTTP " + status + (decision.isEmpty() ? ", not from a tracker" : "");
    }
}
