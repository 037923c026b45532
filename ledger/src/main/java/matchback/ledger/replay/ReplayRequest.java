package matchback.ledger.replay;

import java.util.Set;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.state.ReportState;
import matchback.model.Reason;

/// What is to be decided again, and how.
///
/// @param from and
/// @param to epoch milliseconds: postbacks received from (inclusive) to (exclusive)
/// @param senders keys; empty for all
/// @param reasons of the present decisions; empty for all
/// @param deliver whether deliveries that nobody wanted before go out
/// @param by who asks for it
/// @param note why; may be empty
public record ReplayRequest(
        long from,
        long to,
        Set<String> senders,
        Set<Reason> reasons,
        boolean deliver,
        String by,
        String note) {

    public ReplayRequest {
        senders = Set.copyOf(senders);
        reasons = Set.copyOf(reasons);
    }

    /// The same with deliveries: so it is tried out how many there would be.
    ReplayRequest delivering() {
        return new ReplayRequest(from, to, senders, reasons, true, by, note);
    }

    boolean includes(PostbackReceived postback) {
        return from <= postback.receivedAt() && postback.receivedAt() < to && !postback.test();
    }

    boolean includes(ReportState report) {
        return (senders.isEmpty() || senders.contains(report.sender()))
                && (reasons.isEmpty() || reasons.contains(report.outcome().reason()));
    }
}
