package matchback.attribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import matchback.ledger.Column;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.Check;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Fact;
import matchback.ledger.Intent;
import matchback.ledger.Outcome;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.Counters;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.Decision;
import matchback.model.Reason;
import matchback.model.catalog.DuplicateRule;
import matchback.model.catalog.OldTracker;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// Files what was ruled: writes the state, and says what follows in facts, intents and outcome.
/// Makes one version of the subject's facts.
final class Filing {
    private final Case of;
    private final Party party;
    private final Report report;
    private final Notes notes;
    private final PostbackReceived postback;
    private final SubjectState state;
    private final Counters counters;
    private final Rows rows;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Intent> intents = new ArrayList<>();
    private int conversions;
    private int deliveries;

    Filing(Case of, Party party, Report report, Notes notes) {
        this.of = of;
        this.party = party;
        this.report = report;
        this.notes = notes;
        this.postback = of.postback();
        this.state = of.state();
        this.counters = state.counters();
        this.rows =
                new Rows(postback.subject(), party.click(), party.columns(), nextVersion(counters));
    }

    /// The version of a subject's next facts. Version 1 is that of the click's own fact, which is
    /// not stored.
    static long nextVersion(Counters counters) {
        return Math.max(1, counters.version()) + 1;
    }

    Effects file(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Aside(var objection) -> {
                decided(objection.reason(), objection.detail());
                yield aside(objection);
            }
            case Ruling.Ask ask -> {
                decided(Reason.CHECK_PENDING, "");
                yield ask(ask);
            }
            case Ruling.Count(var reason, var conversion) -> {
                decided(reason, "");
                yield count(reason, conversion);
            }
            case Ruling.Join join -> {
                decided(join.reason(), "");
                yield join(join);
            }
        };
    }

    private void decided(Reason reason, String detail) {
        of.trace().took(StepKind.DECIDED, reason.decision().word(), reason.code(), detail);
    }

    private Effects aside(Objection objection) {
        var click = party.click();
        if (click != null && !click.recorded() && objection.reason().decision() == Decision.HELD) {
            // So that a person finds a click to release the report on.
            state.save(click);
        }
        if (objection.reason() == Reason.FORWARDED_FOREIGN && of.first() == null) {
            Forwarding.to(of).map(OldTracker::address).ifPresent(this::forward);
        }
        party.forwards().forEach(this::forward);
        return closed(outcome(objection.reason(), objection.detail(), null));
    }

    private void forward(String address) {
        deliveries++;
        var delivery =
                Forwarding.delivery(
                        postback, address, counters.deliveries() + deliveries, of.decidedAt());
        state.add(delivery);
        intents.add(new Intent.Schedule(Deliveries.entry(delivery, postback.subject())));
        facts.add(rows.delivery(delivery, party.senderKey()));
        of.trace().took(StepKind.DELIVERY_QUEUED, delivery.destination(), delivery.moment().word());
    }

    private Effects ask(Ruling.Ask ask) {
        state.savePending(postback);
        if (!of.answers().isEmpty()) {
            state.saveAnswers(postback.recordId(), of.answers().owners());
        }
        intents.add(
                new Intent.Append(
                        new Check(
                                postback.recordId(),
                                postback.receivedAt(),
                                // A reviewed postback is decided by the catalog of its review.
                                of.catalog().version(),
                                ask.subject(),
                                postback.subject())));
        return closed(outcome(Reason.CHECK_PENDING, ask.question(), null));
    }

    private Effects count(Reason reason, ConversionState conversion) {
        conversions = 1;
        var click = party.click();
        if (click == null) {
            return countAlone(reason, conversion);
        }
        visit(click);
        link(conversion);
        var announced = announced(null, conversion);
        state.save(announced);
        facts.addAll(0, rows.conversion(announced, state));
        return closed(outcome(reason, "", announced));
    }

    /// A conversion without a click: no other report can be about it, and nobody is told of it
    /// whose click it would have to name.
    private Effects countAlone(Reason reason, ConversionState conversion) {
        party.forwards().forEach(this::forward);
        state.save(conversion);
        facts.addAll(0, rows.conversion(conversion, state));
        return closed(outcome(reason, "", conversion));
    }

    /// Marks the click as converted; one that was only fetched ahead is a visit from now on.
    private void visit(ClickState click) {
        if (click.convertedAt() != 0) {
            return;
        }
        var converted = click.converted(postback.receivedAt());
        state.save(converted);
        if (!click.isVisit()) {
            facts.add(rows.click(converted));
        }
    }

    /// Makes the conversion found by what its report says.
    private void link(ConversionState conversion) {
        var type = conversion.eventType();
        int number = conversion.number();
        // Where event ids tell conversions apart, two may have the same txid.
        if (conversion.txid().isEmpty()
                || state.byTransaction(type, conversion.txid()).isPresent()) {
            state.linkWithoutTransaction(type, number);
        } else {
            state.linkTransaction(type, conversion.txid(), number);
        }
        linkEventId(conversion);
        if (postback.feed().isServer() && !isIdentified()) {
            state.linkUnidentified(type, number);
        }
    }

    /// Whether the report says which conversion it is about, as far as its sender's rule asks for
    /// that.
    private boolean isIdentified() {
        return switch (party.duplicates()) {
            case EVENT_ID -> !report.eventId().isEmpty();
            case ADD_UP -> report.isIdentified();
            case STANDARD, TRANSACTION, CLICK_AND_TYPE, KEEP_FIRST, EACH_REPORT -> true;
        };
    }

    private Effects join(Ruling.Join join) {
        var before = join.before();
        var after = join.after();
        linkEventId(after);
        if (!after.txid().equals(before.txid())) {
            state.unlinkWithoutTransaction(after.eventType(), after.number());
        }
        if (join.txid().equals(after.txid()) && !join.txid().isEmpty()) {
            state.linkTransaction(after.eventType(), join.txid(), after.number());
        } else if (!join.txid().isEmpty()) {
            state.linkPart(after.eventType(), join.txid(), after.number());
        }
        if (party.duplicates() == DuplicateRule.ADD_UP && report.isIdentified()) {
            state.unlinkUnidentified(after.eventType(), after.number());
        }
        var announced = announced(before, after);
        if (!announced.equals(before)) {
            state.save(announced);
            facts.addAll(0, rows.conversion(announced, state));
        }
        return closed(outcome(join.reason(), "", announced));
    }

    private void linkEventId(ConversionState conversion) {
        if (!report.eventId().isEmpty()) {
            state.linkEventId(report.eventId(), conversion.number());
        }
    }

    /// Tells who must hear of it; the event id used is fixed with the first time.
    private ConversionState announced(@Nullable ConversionState before, ConversionState after) {
        var click = Objects.requireNonNull(party.click(), "a conversion without a click");
        var announced =
                new Announcing(
                                of.catalog(),
                                state,
                                postback.subject(),
                                click,
                                postback.recordId(),
                                of.decidedAt(),
                                of.trace())
                        .announce(before, after, counters.deliveries());
        deliveries = announced.deliveries().size();
        announced
                .due()
                .forEach(d ->
                        intents.add(new Intent.Schedule(Deliveries.entry(d, postback.subject()))));
        announced
                .deliveries()
                .forEach(d -> facts.add(rows.delivery(d, announced.conversion().sender())));
        return announced.conversion();
    }

    /// @param conversion the one it is about; null for none
    private Outcome outcome(Reason reason, String detail, @Nullable ConversionState conversion) {
        var warnings = new ArrayList<>(notes.warnings());
        if (party.isUnsigned()) {
            warnings.add(Reason.UNSIGNED_SENDER);
        }
        notes.mention(detail);
        var click = party.click();
        return new Outcome(
                reason,
                warnings,
                notes.detail(),
                postback.clickId(),
                conversion == null ? "" : conversion.id(),
                conversion == null ? report.eventType() : conversion.eventType(),
                conversion == null ? report.status() : conversion.status(),
                conversion == null ? report.namedPayout() : conversion.payout(),
                party.senderKey(),
                click == null ? column(Column.CAMPAIGN) : click.campaign(),
                click == null ? column(Column.SOURCE) : click.source(),
                deliveries,
                of.trace().steps());
    }

    private String column(Column column) {
        return party.columns().getOrDefault(column, "");
    }

    /// Files the postback itself with its current decision.
    private Effects closed(Outcome outcome) {
        var earlier = state.report(postback.recordId());
        var filed =
                new ReportState(
                        earlier.map(ReportState::number).orElse(counters.reports() + 1),
                        postback.recordId(),
                        of.offset(),
                        postback.receivedAt(),
                        postback.feed(),
                        party.senderKey(),
                        outcome,
                        earlier.map(ReportState::past).orElse(null));
        state.save(filed);
        if (!of.answers().isEmpty() && outcome.reason() != Reason.CHECK_PENDING) {
            state.dropPending(postback.recordId());
            state.dropAnswers(postback.recordId());
        }
        if (Reviewing.isHeld(outcome.reason())) {
            state.saveHeld(postback);
        } else if (of.review() != null) {
            state.dropHeld(postback.recordId());
        }
        state.save(
                new Counters(
                        nextVersion(counters),
                        counters.conversions() + conversions,
                        counters.reports() + (earlier.isEmpty() ? 1 : 0),
                        counters.deliveries() + deliveries));
        if (of.isTest(party.click())) {
            return new Effects(List.of(), intents, outcome);
        }
        facts.addFirst(rows.postback(filed, report.txid(), report.eventAt()));
        return new Effects(facts, intents, outcome);
    }
}
