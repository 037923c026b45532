package matchback.client;

/// What became of a reported conversion.
///
/// @param clickId and
/// @param transactionId as reported
/// @param result whether it is over
/// @param decision the tracker's: `counted`, `updated`, `duplicate`, `held` or `refused`; empty
///   when there was no answer of the tracker
/// @param reason the tracker's reason, see its list of reasons; else what went wrong
/// @param receipt id of the tracker's record; empty without one
public record Outcome(
        String clickId,
        String transactionId,
        Result result,
        String decision,
        String reason,
        String receipt) {

    public enum Result {
        /// The tracker has it.
        ACCEPTED,
        /// The tracker will never take it as it is; it is kept among the refused ones.
        REFUSED,
        /// It was tried for as long as it may be; it is kept among the refused ones.
        EXPIRED,
        /// It will be tried again.
        WAITING
    }
}
