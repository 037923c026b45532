package matchback.attribute;

import java.util.Objects;
import matchback.attribute.Match.By;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.ConversionState.Change;
import matchback.model.Decision;
import matchback.model.Feed;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.catalog.DuplicateRule;
import matchback.model.trace.StepKind;

/// Works a report into the conversion it is about.
///
/// Status and values follow two rules. A server's word stands above a browser's: while only
/// browsers reported, a server's first report sets them; once a server reported, a browser changes
/// nothing. Between equals the transitions of [Status] hold, and a report whose status may not
/// follow leaves status and values alone.
///
/// Which reports belong together is learnt from all of them, also from stale ones: the txid an
/// adopting report names, and every event id.
///
/// Two duplicate rules take values in another way: [DuplicateRule#KEEP_FIRST] leaves the first
/// ones, and with [DuplicateRule#ADD_UP] a report whose txid or event id is new adds its own to
/// them. What no report identifies adds nothing: it may be a repetition.
final class Joining {
    private final Case of;
    private final Party party;
    private final Report report;
    private final ConversionState before;
    private final By by;
    private final Draft draft;
    private final Payouts payouts;
    private final DuplicateRule rule;
    private String newTransaction = "";

    Joining(Case of, Party party, Report report, Match.Of match, Notes notes) {
        this.of = of;
        this.party = party;
        this.report = report;
        this.before = match.conversion();
        this.by = match.by();
        this.draft = new Draft(before);
        this.payouts = new Payouts(of, party, report, notes);
        this.rule = of.postback().feed().isServer() ? party.duplicates() : DuplicateRule.STANDARD;
    }

    /// @param status of the report
    Ruling join(Status status) {
        var feed = of.postback().feed();
        boolean isAnother = isAnother(status);
        draft.heardBy(feed, report.eventId(), of.postback().receivedAt());
        if (namesTransaction()) {
            of.trace().took(StepKind.TXID_TAKEN_ON, report.txid());
            draft.nameTransaction(report.txid());
            newTransaction = report.txid();
        }
        if (isOverruled(feed)) {
            of.trace().took(StepKind.BROWSER_OVERRULED);
        }
        if (before.status() == Status.REVERSED || isOverruled(feed)) {
            return ruled(isStale(status));
        }
        if (isAnother) {
            return added(status);
        }
        boolean takesOver = takesOver(feed);
        if (takesOver) {
            of.trace().took(StepKind.SERVER_TAKES_OVER);
        }
        if (status != before.status() && !takesOver && !mayBecome(status)) {
            return ruled(true);
        }
        if (status != before.status()) {
            of.trace().took(StepKind.STATUS_CHANGES, before.status().word(), status.word());
        }
        draft.become(status);
        if (status == Status.REVERSED) {
            // The original's amounts stay; the reversal takes them back.
            draft.reversedBy(of.postback().recordId(), of.postback().receivedAt());
            return ruled(false);
        }
        return takesOver || takesValues() ? withValues(takesOver) : ruled(false);
    }

    /// A measurement partner says that it rejects, and never that it does so no more: what comes
    /// without a status after that is its first report, sent again because no answer reached it.
    private boolean mayBecome(Status status) {
        boolean isRepeated =
                of.postback().feed() == Feed.MMP
                        && before.status() == Status.REJECTED
                        && !report.namesStatus();
        return !isRepeated && before.status().mayBecome(status);
    }

    /// Whether a further report of the same conversion sets its values.
    private boolean takesValues() {
        return switch (rule) {
            case STANDARD, TRANSACTION, EVENT_ID, CLICK_AND_TYPE, EACH_REPORT -> true;
            case KEEP_FIRST -> of.correction().payoutMicros() != null;
            // The one that was counted without any id learns its values with its id.
            case ADD_UP -> identifies() || of.correction().payoutMicros() != null;
        };
    }

    /// Whether the report is about a further part of a conversion whose parts add up.
    private boolean isAnother(Status status) {
        if (rule != DuplicateRule.ADD_UP
                || (status != Status.APPROVED && status != Status.PENDING)
                || !(before.status() == Status.APPROVED || before.status() == Status.PENDING)) {
            return false;
        }
        boolean isNew =
                report.txid().isEmpty()
                        ? !report.eventId().isEmpty()
                                && of.state().byEventId(report.eventId()).isEmpty()
                        : of.state().byTransaction(before.eventType(), report.txid()).isEmpty();
        return isNew && !identifies() && !takesOver(of.postback().feed());
    }

    /// Whether the conversion was counted by a report without any id, and this one has one.
    private boolean identifies() {
        return report.isIdentified()
                && of.state()
                        .unidentified(before.eventType())
                        .filter(conversion -> conversion.number() == before.number())
                        .isPresent();
    }

    /// Adds the report's payout and value to the conversion's.
    private Ruling added(Status status) {
        var more = payouts.first();
        if (more instanceof Earning.Doubtful(var objection)) {
            return new Ruling.Aside(objection);
        }
        var earned = new Earning.Earned(before.payout(), before.revenueMicros());
        switch (Earning.sum(earned, (Earning.Earned) more, of.catalog())) {
            case Earning.Doubtful(var objection) -> {
                return new Ruling.Aside(objection);
            }
            case Earning.Earned sum -> earn(StepKind.ADDED_UP, sum);
        }
        addValue();
        newTransaction = report.txid();
        if (before.status().mayBecome(status)) {
            draft.become(status);
        }
        return ruled(false);
    }

    private void earn(StepKind step, Earning.Earned earned) {
        of.trace().took(step, Earning.text(before.payout()), Earning.text(earned.payout()));
        draft.earn(earned);
    }

    private void addValue() {
        var value = report.value();
        var known = before.value();
        if (value == null) {
            return;
        }
        if (known == null) {
            draft.worth(value);
        } else if (known.currency().equals(value.currency())
                && known.micros() + value.micros() <= Money.MICROS_MAX) {
            draft.worth(new Money(known.micros() + value.micros(), known.currency()));
        }
    }

    private Ruling withValues(boolean takesOver) {
        var named = payouts.later().filter(payout -> !payout.equals(before.payout()));
        if (named.isPresent()) {
            switch (Earning.named(named.get(), of, party)) {
                case Earning.Doubtful(var objection) -> {
                    return new Ruling.Aside(objection);
                }
                case Earning.Earned earned -> earn(StepKind.PAYOUT_CHANGES, earned);
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
        if (isStale) {
            var status = report.status();
            var to = status == null ? "" : status.word();
            of.trace().took(StepKind.STATUS_STAYS, before.status().word(), to);
        } else if (reason.decision() == Decision.DUPLICATE) {
            of.trace().took(StepKind.NOTHING_NEW);
        }
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
        return new Ruling.Join(reason, before, draft.state(), newTransaction);
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
