package matchback.attribute;

import java.util.List;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.ConversionState.Change;
import matchback.ledger.state.ConversionState.Leg;
import matchback.model.Feed;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Status;

/// Makes a new conversion out of a report that matches none.
final class Counting {
    private final Case of;
    private final Party party;
    private final Report report;
    private final Notes notes;

    Counting(Case of, Party party, Report report, Notes notes) {
        this.of = of;
        this.party = party;
        this.report = report;
        this.notes = notes;
    }

    /// @param status of the report
    Ruling count(Status status) {
        return switch (new Payouts(of, party, report, notes).first()) {
            case Earning.Doubtful(var objection) -> new Ruling.Aside(objection);
            case Earning.Earned earned -> count(status, earned);
        };
    }

    private Ruling count(Status status, Earning.Earned earned) {
        var counters = of.state().counters();
        var reason =
                counters.conversions() == 0 ? Reason.NEW_CONVERSION : Reason.ADDITIONAL_CONVERSION;
        return new Ruling.Count(
                reason, conversion(counters.conversions() + 1, status, earned, reason));
    }

    private ConversionState conversion(
            int number, Status status, Earning.Earned earned, Reason reason) {
        var postback = of.postback();
        boolean isReversed = status == Status.REVERSED;
        return new ConversionState(
                number,
                postback.recordId(),
                report.eventType(),
                report.txid(),
                status,
                earned.payout(),
                earned.revenueMicros(),
                report.value(),
                party.senderKey(),
                List.of(new Leg(postback.feed(), postback.receivedAt())),
                postback.receivedAt(),
                report.eventAt(),
                isReversed ? postback.recordId() : null,
                isReversed ? postback.receivedAt() : 0,
                "",
                postback.feed().isServer() ? "" : report.eventId(),
                List.of(change(reason, status, earned.payout())));
    }

    private Change change(Reason reason, Status status, Money payout) {
        RecordId recordId = of.postback().recordId();
        Feed feed = of.postback().feed();
        return new Change(recordId, of.postback().receivedAt(), feed, reason, status, payout);
    }
}
