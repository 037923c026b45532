package matchback.attribute;

import java.util.Locale;
import java.util.Optional;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.ReviewState;
import matchback.ledger.state.SubjectState;
import matchback.model.Decision;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.catalog.Catalog;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// A postback that waits for a person, and its present decision.
record Reviewing(PostbackReceived postback, ReportState report) {

    /// Whether a postback waits for a person; one that waits for a check does not.
    static boolean isHeld(Reason reason) {
        return reason.decision() == Decision.HELD && reason != Reason.CHECK_PENDING;
    }

    /// The postback a person speaks of; empty when there is none, or when it does not wait for a
    /// person (any more).
    static Optional<Reviewing> waiting(Reviewed reviewed, SubjectState state) {
        return state.report(reviewed.reviewed())
                .filter(report -> isHeld(report.outcome().reason()))
                .flatMap(report ->
                        state.held(reviewed.reviewed())
                                .map(postback -> new Reviewing(postback, report)));
    }

    /// Notes what a person said, when one did.
    static void told(Case of) {
        var review = of.review();
        if (review == null) {
            return;
        }
        var said = review.review();
        var trace = of.trace();
        trace.took(
                StepKind.REVIEWED,
                review.heldAs().code(),
                said.verdict().name().toLowerCase(Locale.ROOT),
                said.by());
        var correction = said.correction();
        var status = correction.status();
        corrected(trace, "status", status == null ? "" : status.word());
        corrected(trace, "event", correction.eventType());
        var payout = correction.payoutMicros();
        corrected(trace, "payout", payout == null ? "" : Money.plain(payout));
        corrected(trace, "currency", correction.currency());
        corrected(trace, "txid", correction.txid());
    }

    private static void corrected(Trace trace, String field, String value) {
        if (!value.isEmpty()) {
            trace.took(StepKind.CORRECTED, field, value);
        }
    }

    ReviewState with(Reviewed reviewed) {
        return new ReviewState(reviewed, report.outcome().reason());
    }

    /// The postback as it is to be decided again.
    ///
    /// @param first the reason of its first decision, when a replay decides it again
    Case reopened(ReviewState review, Catalog catalog, SubjectState state, @Nullable Reason first) {
        return new Case(postback, report.offset(), catalog, state, Answers.NONE, review, first);
    }
}
