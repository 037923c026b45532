package matchback.attribute;

import java.util.Objects;
import matchback.attribute.Match.By;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.ConversionState.Change;
import matchback.model.Feed;
import matchback.model.Reason;
import matchback.model.Status;

/// Works a report into the conversion it is about.
///
/// Status and values follow two rules. A server's word stands above a browser's: while only
/// browsers reported, a server's first report sets them; once a server reported, a browser changes
/// nothing. Between equals the transitions of [Status] hold, and a report whose status may not
/// follow leaves status and values alone.
///
/// Which reports belong together is learnt from all of them, also from stale ones: the txid an
/// adopting report names, and every event id.
final class Joining {
    private final Case of;
    private final Party party;
    private final Report report;
    private final ConversionState before;
    private final By by;
    private final Draft draft;

    Joining(Case of, Party party, Report report, Match.Of match) {
        this.of = of;
        this.party = party;
        this.report = report;
        this.before = match.conversion();
        this.by = match.by();
        this.draft = new Draft(before);
    }

    /// @param status of the report
    Ruling join(Status status) {
        var feed = of.postback().feed();
        draft.heardBy(feed, report.eventId());
        if (namesTransaction()) {
            draft.nameTransaction(report.txid());
        }
        if (before.status() == Status.REVERSED || isOverruled(feed)) {
            return ruled(isStale(status));
        }
        boolean takesOver = takesOver(feed);
        if (status != before.status() && !takesOver && !before.status().mayBecome(status)) {
            return ruled(true);
        }
        draft.become(status);
        if (status == Status.REVERSED) {
            // The original's amounts stay; the reversal takes them back.
            draft.reversedBy(of.postback().recordId(), of.postback().receivedAt());
            return ruled(false);
        }
        return withValues(takesOver);
    }

    private Ruling withValues(boolean takesOver) {
        var named = report.namedPayout();
        if (named != null && !named.equals(before.payout())) {
            switch (Earning.named(named, of, party)) {
                case Earning.Doubtful(var objection) -> {
                    return new Ruling.Aside(objection);
                }
                case Earning.Earned earned -> draft.earn(earned);
            }
        }
        var value = report.value();
        if (value != null) {
            draft.worth(value);
        }
        if (takesOver && report.namesTime()) {
            draft.happenedAt(report.eventAt());
        }
        return ruled(false);
    }

    /// Whether the conversion learns its txid from this report.
    private boolean namesTransaction() {
        return before.txid().isEmpty()
                && !report.txid().isEmpty()
                && of.state().byTransaction(before.eventType(), report.txid()).isEmpty();
    }

    private boolean isOverruled(Feed feed) {
        return !feed.isServer() && before.feeds().stream().anyMatch(Feed::isServer);
    }

    private boolean takesOver(Feed feed) {
        return feed.isServer() && before.feeds().stream().noneMatch(Feed::isServer);
    }

    private boolean isStale(Status status) {
        return status != before.status() && !before.status().mayBecome(status);
    }

    private Ruling ruled(boolean isStale) {
        var reason = reason(isStale);
        switch (reason.decision()) {
            case UPDATED ->
                    draft.remember(
                            new Change(
                                    of.postback().recordId(),
                                    of.postback().receivedAt(),
                                    of.postback().feed(),
                                    reason,
                                    draft.status(),
                                    draft.payout()));
            case COUNTED, DUPLICATE, HELD, REFUSED -> {
                // History is of changes only; the postback itself is kept with its decision.
            }
        }
        return new Ruling.Join(reason, before, draft.state());
    }

    private Reason reason(boolean isStale) {
        if (isStale) {
            return Reason.STALE_STATUS;
        }
        var after = draft.state();
        boolean isChanged =
                after.status() != before.status()
                        || !after.payout().equals(before.payout())
                        || !Objects.equals(after.value(), before.value());
        boolean completes =
                !after.txid().equals(before.txid())
                        || (isChanged && takesOver(of.postback().feed()));
        if (completes) {
            return Reason.COMPLETED;
        }
        if (after.status() != before.status()) {
            return Reason.STATUS_CHANGED;
        }
        if (!after.payout().equals(before.payout())) {
            return Reason.PAYOUT_CHANGED;
        }
        return isChanged ? Reason.COMPLETED : duplicate();
    }

    private Reason duplicate() {
        return switch (by) {
            case EVENT_ID -> Reason.DUPLICATE_EVENT_ID;
            case TRANSACTION -> Reason.DUPLICATE_TRANSACTION;
            case ADOPTION, ONLY_ONE -> Reason.DUPLICATE_REPORT;
        };
    }
}
