package matchback.attribute;

import java.util.List;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.ConversionState.Change;
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
        return switch (earning()) {
            case Earning.Doubtful(var objection) -> new Ruling.Aside(objection);
            case Earning.Earned earned -> count(status, earned);
        };
    }

    private Earning earning() {
        var named = report.namedPayout();
        return named == null ? offered() : Earning.named(named, of, party);
    }

    private Earning offered() {
        var click = party.click();
        var offer = of.catalog().offer(click == null ? "" : click.offer());
        var payout = offer.flatMap(o -> o.payout(of.catalog().reportCurrency()));
        if (payout.isEmpty()) {
            return new Earning.Doubtful(
                    new Objection(
                            Reason.NO_PAYOUT,
                            offer.map(o -> "offer " + Notes.quoted(o.key()) + " has no payout")
                                    .orElse("the click's offer is not known")));
        }
        notes.warn(
                Reason.PAYOUT_DEFAULTED,
                "the offer's " + Earning.text(payout.get()) + " was taken");
        return Earning.trusted(payout.get(), of.catalog());
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
                List.of(postback.feed()),
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
