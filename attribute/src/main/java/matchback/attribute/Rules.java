package matchback.attribute;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import matchback.ledger.Decider;
import matchback.ledger.Event;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.Event.Check;
import matchback.ledger.Event.Checked;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.CostStated;
import matchback.ledger.Event.DeliveryAsked;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Event.Edited;
import matchback.ledger.Event.LanderClicked;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Event.Redecided;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.Event.Settled;
import matchback.ledger.Event.Suspected;
import matchback.ledger.Intent;
import matchback.ledger.State;
import matchback.ledger.replay.Rehearser;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.CapDay;
import matchback.model.Feed;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// The rules of the tracker: what becomes of every event. Pure; safe for use by many threads.
public final class Rules implements Decider, Rehearser {
    private final RulesConfig config;
    private final Admission admission;
    private final Matching matching;
    private final Capping capping;

    public Rules(RulesConfig config) {
        this.config = config;
        this.admission = new Admission(config);
        this.matching = new Matching(config);
        this.capping = new Capping(config.dayZone());
    }

    @Override
    public Optional<Effects> earlier(Event event, State state) {
        var subject = new SubjectState(state, event.subject());
        return switch (event) {
            case PostbackReceived postback ->
                    subject.report(postback.recordId())
                            .map(report ->
                                    new Effects(
                                            Effects.NONE.facts(),
                                            Effects.NONE.intents(),
                                            report.outcome()))
                            .or(() -> moved(postback, subject));
            case ClickRecorded click -> done(Clicks.isKnown(click, subject));
            case DeliveryAttempted attempted -> done(Deliveries.isPast(attempted, subject));
            case Reviewed reviewed ->
                    Reviewing.waiting(reviewed, subject).isPresent()
                            ? Optional.empty()
                            : Optional.of(unchanged(reviewed, subject));
            // Asking and answering again changes nothing, see below; nor does settling.
            case Check _, Checked _, Settled _, DeliveryAsked _ -> Optional.empty();
            case Edited edited -> done(Editing.isPast(edited, subject));
            case Suspected suspected -> done(Suspecting.isPast(suspected, subject));
            case Redecided redecided -> done(Redeciding.isPast(redecided, subject));
            case LanderClicked went -> done(LanderClicks.isPast(went, state));
            case BrowserReported reported -> done(Browsing.isPast(reported, state));
            case CostStated stated -> done(Costs.isPast(stated, state));
        };
    }

    /// The last that was made of a postback before a replay gave it to another subject.
    private static Optional<Effects> moved(PostbackReceived postback, SubjectState subject) {
        return subject.moved(postback.recordId())
                .map(moved ->
                        new Effects(Effects.NONE.facts(), Effects.NONE.intents(), moved.outcome()));
    }

    private static Optional<Effects> done(boolean isDone) {
        return isDone ? Optional.of(Effects.NONE) : Optional.empty();
    }

    @Override
    public Effects decide(Event event, long offset, Catalog catalog, State state) {
        var subject = new SubjectState(state, event.subject());
        return switch (event) {
            case ClickRecorded click -> Clicks.recorded(click, catalog, subject);
            case PostbackReceived postback ->
                    decide(new Case(postback, offset, catalog, subject, Answers.NONE, null, null));
            case Check check -> answer(check, catalog, subject);
            case Checked checked -> resume(checked, catalog, subject);
            case DeliveryAttempted attempted -> Deliveries.attempted(attempted, subject);
            case Reviewed reviewed -> review(reviewed, catalog, subject);
            case Redecided redecided -> redecide(redecided, catalog, subject);
            case Settled settled -> Settling.settle(settled, catalog, subject);
            case DeliveryAsked asked -> Asking.asked(asked, catalog, subject);
            case Edited edited -> new Editing(edited, catalog, subject).effects();
            case LanderClicked went -> LanderClicks.recorded(went, catalog, state);
            case Suspected suspected -> Suspecting.suspect(suspected, subject);
            case BrowserReported reported -> Browsing.reported(reported, catalog, state);
            case CostStated stated -> new Costs(stated, state).effects();
        };
    }

    /// Decides a held postback again, as a person says. What is still not known leaves it as it is.
    private Effects review(Reviewed reviewed, Catalog catalog, SubjectState state) {
        var waiting = Reviewing.waiting(reviewed, state);
        if (waiting.isEmpty()) {
            return unchanged(reviewed, state);
        }
        var review = waiting.get().with(reviewed);
        var reopened = waiting.get().reopened(review, catalog, state, null);
        return review(reviewed, reopened, Owners.UNKNOWN);
    }

    /// @param reopened the postback, with what the person said
    Effects review(Reviewed reviewed, Case reopened, Owners owners) {
        var decided = decided(reopened, owners);
        if (decided.ruling() instanceof Ruling.Aside(var objection)
                && Reviewing.isHeld(objection.reason())
                && reopened.isAdmitted()) {
            reopened.state().saveUnheard(reviewed);
            return unchanged(reviewed, reopened.state());
        }
        reopened.state().save(Objects.requireNonNull(reopened.review()));
        return decided.file();
    }

    private Effects redecide(Redecided event, Catalog catalog, SubjectState state) {
        var rehearsal = new Redeciding(this, event, catalog, state).run();
        for (var asked : rehearsal.asked()) {
            if (!CapDay.isOne(asked.value()) && !event.owners().containsKey(asked.value())) {
                throw new IllegalStateException("a redecision without the owner of a value");
            }
        }
        return rehearsal.effects();
    }

    @Override
    public Rehearsal rehearse(Redecided event, Catalog catalog, State state) {
        var subject = new SubjectState(state, event.subject());
        return new Redeciding(this, event, catalog, subject).run();
    }

    private static Effects unchanged(Reviewed reviewed, SubjectState state) {
        return new Effects(
                Effects.NONE.facts(),
                Effects.NONE.intents(),
                state.report(reviewed.reviewed()).map(ReportState::outcome).orElse(null));
    }

    private Effects decide(Case of) {
        return decide(of, Owners.UNKNOWN);
    }

    Effects decide(Case of, Owners owners) {
        return decided(of, owners).file();
    }

    /// A ruling with all that went into it.
    private record Decided(Case of, Party party, Report report, Notes notes, Ruling ruling) {
        Effects file() {
            return new Filing(of, party, report, notes).file(ruling);
        }
    }

    private Decided decided(Case of, Owners owners) {
        var notes = new Notes(of.trace());
        var first = of.first();
        if (first != null) {
            of.trace().took(StepKind.DECIDED_AGAIN, first.code());
        }
        Reviewing.told(of);
        var decided = of.postback().feed() == Feed.APPLE ? apples(of, notes) : clicks(of, notes);
        if (decided.ruling() instanceof Ruling.Ask(var asked, _)) {
            var owner = owners.of(asked, of);
            if (owner.isPresent()) {
                return decided(of.answered(asked, owner.get()), owners);
            }
        }
        return decided;
    }

    /// A report about a click.
    private Decided clicks(Case of, Notes notes) {
        var party = admission.admit(of);
        var report = report(of, party, notes);
        return new Decided(of, party, report, notes, rule(of, party, report, notes));
    }

    /// A report of an Apple device, which knows no click.
    private static Decided apples(Case of, Notes notes) {
        var judged = new AppleJudging(of, notes).judged();
        return new Decided(of, judged.party(), judged.report(), notes, judged.ruling());
    }

    private Report report(Case of, Party party, Notes notes) {
        // Reading it may be what failed.
        boolean isUnreadable = of.isRejected() && !of.isAdmitted();
        return party.objection() == null && !isUnreadable
                ? new Reading(of, party, config, notes).report()
                : Report.unread(of.postback().receivedAt(), of.catalog().reportCurrency());
    }

    /// The steps of a decision, in order; the first objection ends it.
    private Ruling rule(Case of, Party party, Report report, Notes notes) {
        return firstOf(
                        rejection(of),
                        party.objection(),
                        Windows.objection(report.eventType(), of, party),
                        report.objection(),
                        doubt(of, party))
                .<Ruling>map(Ruling.Aside::new)
                .orElseGet(() -> {
                    var ruling = match(of, party, report, notes);
                    if (of.isTest(party.click())) {
                        // Its txid and its place stay free for the sale it stands for.
                        return ruling;
                    }
                    var quarantined = Quarantining.objection(of, party, report, ruling);
                    return quarantined.isPresent()
                            ? new Ruling.Aside(quarantined.get())
                            : capping.keepTo(of, party, owned(of, party, ruling));
                });
    }

    private static Optional<Objection> firstOf(@Nullable Objection... objections) {
        for (var objection : objections) {
            if (objection != null) {
                return Optional.of(objection);
            }
        }
        return Optional.empty();
    }

    static @Nullable Objection rejection(Case of) {
        var review = of.review();
        return review == null || !of.isRejected()
                ? null
                : new Objection(
                        Reason.REJECTED_IN_REVIEW, "it was held as " + review.heldAs().code());
    }

    /// What keeps every report of a click for a person to see.
    private static @Nullable Objection doubt(Case of, Party party) {
        var click = party.click();
        if (click == null || of.isReleased()) {
            return null;
        }
        if (!click.recorded()) {
            return new Objection(Reason.CLICK_NOT_RECORDED, "");
        }
        return click.bot().isEmpty()
                ? null
                : new Objection(
                        Reason.BOT_CLICK,
                        "the click was taken for a bot's by " + Notes.quoted(click.bot()));
    }

    private Ruling match(Case of, Party party, Report report, Notes notes) {
        var status = report.status();
        if (status == null) {
            throw new IllegalStateException("a report without status and without objection");
        }
        var match = matching.match(report, of.postback(), party.duplicates(), of.state());
        Matching.told(match, report, party.duplicates(), of);
        return switch (match) {
            case Match.None _ -> new Counting(of, party, report, notes).count(status);
            case Match.Of found -> new Joining(of, party, report, found, notes).join(status);
            case Match.Several _ ->
                    of.isReleased() && (status == Status.PENDING || status == Status.APPROVED)
                            ? new Counting(of, party, report, notes).count(status)
                            : new Ruling.Aside(
                                    new Objection(
                                            Reason.AMBIGUOUS_CONVERSION,
                                            "the click has several conversions of type "
                                                    + Notes.quoted(report.eventType())));
        };
    }

    /// A txid that is new to the click must be free, or the click's, among all its sender's.
    private static Ruling owned(Case of, Party party, Ruling ruling) {
        var txid = newTransaction(ruling);
        if (txid.isEmpty() || party.sender() == null) {
            return ruling;
        }
        var subject = Subject.transaction(party.senderKey(), txid);
        var owner = of.answers().owner(subject);
        if (owner.isEmpty()) {
            of.trace().took(StepKind.TXID_ASKED, txid);
            return new Ruling.Ask(
                    subject, "it is asked whether txid " + Notes.quoted(txid) + " is free");
        }
        boolean isOurs = owner.get().equals(of.postback().subject());
        of.trace().took(isOurs ? StepKind.TXID_FREE : StepKind.TXID_OF_OTHER, txid);
        return isOurs
                ? ruling
                : new Ruling.Aside(
                        new Objection(
                                Reason.DUPLICATE_TRANSACTION_OTHER_CLICK,
                                "txid "
                                        + Notes.quoted(txid)
                                        + " of sender "
                                        + Notes.quoted(party.senderKey())
                                        + " belongs to another click"));
    }

    private static String newTransaction(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Count(_, var conversion) -> conversion.txid();
            case Ruling.Join(_, _, _, var txid) -> txid;
            case Ruling.Aside _, Ruling.Ask _ -> "";
        };
    }

    private static Effects answer(Check check, Catalog catalog, SubjectState state) {
        var owner =
                CapDay.of(check.subject())
                        .map(day -> Capping.owner(check, day, catalog, state))
                        .orElseGet(() -> owner(check, state));
        var checked =
                new Checked(
                        check.recordId(),
                        check.receivedAt(),
                        check.catalogVersion(),
                        check.origin(),
                        check.subject(),
                        owner);
        return new Effects(Effects.NONE.facts(), List.of(new Intent.Append(checked)), null);
    }

    /// The first click to ask owns the value; asking again gives the same answer.
    private static Subject owner(Check check, SubjectState state) {
        var known = state.owner();
        if (known.isEmpty()) {
            state.own(check.origin());
        }
        return known.orElse(check.origin());
    }

    /// Decides the waiting postback by the state of now; an answer that nobody waits for is past.
    private Effects resume(Checked checked, Catalog catalog, SubjectState state) {
        var pending = state.pending(checked.recordId());
        if (pending.isEmpty()) {
            return Effects.NONE;
        }
        long offset = state.report(checked.recordId()).map(ReportState::offset).orElse(0L);
        var review = state.review(checked.recordId()).orElse(null);
        var answers =
                new Answers(state.answers(checked.recordId()))
                        .and(checked.checked(), checked.owner());
        return decide(new Case(pending.get(), offset, catalog, state, answers, review, null));
    }

    @Override
    public Effects poisoned(Event event, long offset, State state) {
        var subject = new SubjectState(state, event.subject());
        return switch (event) {
            case PostbackReceived postback -> Poisoned.received(postback, offset, subject);
            case Checked checked -> Poisoned.resumed(checked, subject);
            case Reviewed reviewed -> unchanged(reviewed, subject);
            case ClickRecorded _,
                    Check _,
                    DeliveryAttempted _,
                    DeliveryAsked _,
                    Redecided _,
                    Settled _,
                    Edited _,
                    CostStated _,
                    LanderClicked _,
                    Suspected _,
                    BrowserReported _ ->
                    Effects.NONE;
        };
    }
}
