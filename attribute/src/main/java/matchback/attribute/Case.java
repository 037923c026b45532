package matchback.attribute;

import java.util.Optional;
import matchback.ledger.Correction;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Verdict;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.ReviewState;
import matchback.ledger.state.SubjectState;
import matchback.model.Reason;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// One postback to be decided, with all there is to decide it by.
///
/// @param offset of the postback's record in its bucket
/// @param state of the postback's subject, as of now
/// @param answers what other subjects were asked and said
/// @param review what a person said of it; null when nobody had to
/// @param first the reason of its first decision, when a replay decides it again; null otherwise
/// @param trace the steps taken so far
record Case(
        PostbackReceived postback,
        long offset,
        Catalog catalog,
        SubjectState state,
        Answers answers,
        @Nullable ReviewState review,
        @Nullable Reason first,
        Trace trace) {

    /// A case that nothing has been found out about yet.
    ///
    /// @param first the reason of its first decision, when a replay decides it again
    Case(
            PostbackReceived postback,
            long offset,
            Catalog catalog,
            SubjectState state,
            Answers answers,
            @Nullable ReviewState review,
            @Nullable Reason first) {
        this(postback, offset, catalog, state, answers, review, first, new Trace());
    }

    /// The same, with one more answer.
    Case answered(Subject asked, Subject owner) {
        return new Case(postback, offset, catalog, state, answers.and(asked, owner), review, first);
    }

    /// Whether nothing of it may reach reports, destinations or what other clicks are decided by.
    ///
    /// @param click it is about; null for none
    boolean isTest(@Nullable ClickState click) {
        return click == null ? postback.test() : click.test();
    }

    /// Whether its sender and its click were looked at and found right when it came.
    boolean isAdmitted() {
        return review != null && review.heldAs() != Reason.INTERNAL_ERROR;
    }

    /// Whether a person who saw what stood against it let it pass. Of one whose deciding failed
    /// nobody has seen anything yet: it is decided as it came.
    boolean isReleased() {
        return isAdmitted() && verdict() == Verdict.APPROVE;
    }

    boolean isRejected() {
        return verdict() == Verdict.REJECT;
    }

    private @Nullable Verdict verdict() {
        return review == null ? null : review.review().verdict();
    }

    Correction correction() {
        return Optional.ofNullable(review)
                .map(said -> said.review().correction())
                .orElse(Correction.NONE);
    }

    /// When it was decided, as far as that is in the records.
    long decidedAt() {
        return review == null ? postback.receivedAt() : review.review().receivedAt();
    }
}
