package matchback.attribute;

import java.util.List;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.Checked;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Outcome;
import matchback.ledger.state.Counters;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;

/// Keeps a postback whose deciding failed: held, with nothing else of the state looked at.
final class Poisoned {
    private Poisoned() {}

    static Effects received(PostbackReceived postback, long offset, SubjectState state) {
        state.saveHeld(postback);
        return held(
                new ReportState(
                        state.counters().reports() + 1,
                        postback.recordId(),
                        offset,
                        postback.receivedAt(),
                        postback.feed(),
                        postback.sender(),
                        outcome(postback.clickId(), postback.sender())),
                postback.subject(),
                state,
                postback.test());
    }

    /// The answer to a check came, but deciding the postback that waited for it failed. From now on
    /// it waits for a person, whole.
    static Effects resumed(Checked checked, SubjectState state) {
        var waiting = state.pending(checked.recordId());
        waiting.ifPresent(postback -> {
            state.saveHeld(postback);
            state.dropPending(postback.recordId());
            state.dropAnswers(postback.recordId());
        });
        return state.report(checked.recordId())
                .map(report ->
                        held(
                                new ReportState(
                                        report.number(),
                                        report.recordId(),
                                        report.offset(),
                                        report.receivedAt(),
                                        report.feed(),
                                        report.sender(),
                                        outcome(report.outcome().clickId(), report.sender()),
                                        report.past()),
                                checked.subject(),
                                state,
                                false))
                .orElse(Effects.NONE);
    }

    private static Effects held(
            ReportState report, Subject subject, SubjectState state, boolean isTest) {
        var counters = state.counters();
        long version = Filing.nextVersion(counters);
        state.save(report);
        state.save(
                new Counters(
                        version,
                        counters.conversions(),
                        Math.max(counters.reports(), report.number()),
                        counters.deliveries()));
        if (isTest) {
            return new Effects(List.of(), List.of(), report.outcome());
        }
        var row = new Rows(subject, null, version).postback(report, "", report.receivedAt());
        return new Effects(List.of(row), List.of(), report.outcome());
    }

    private static Outcome outcome(String clickId, String sender) {
        return new Outcome(
                Reason.INTERNAL_ERROR,
                List.of(),
                "",
                clickId,
                "",
                "",
                null,
                null,
                sender,
                "",
                "",
                0,
                List.of(Step.of(StepKind.FAILED)));
    }
}
