package matchback.console.api;

import java.util.Map;
import java.util.Optional;
import matchback.console.ConsoleContext;
import matchback.ledger.Correction;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.Verdict;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.ReviewState;
import matchback.ledger.state.SubjectState;
import matchback.model.Decision;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.RecordIds;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// Takes a person's word on held postbacks to the ledger; pages and API alike.
public final class Reviews {
    /// Longest note in characters.
    public static final int NOTE_CHARS_MAX = 500;

    /// What an approval must name before a report of this reason can count.
    private static final Map<Reason, String> NEEDED =
            Map.of(
                    Reason.UNKNOWN_STATUS, "status",
                    Reason.UNKNOWN_EVENT, "event",
                    Reason.UNKNOWN_CURRENCY, "currency",
                    Reason.NO_PAYOUT, "payout",
                    Reason.NO_RATE, "payout");

    private final ConsoleContext context;
    private final RecordIds ids;

    /// A word on one postback.
    ///
    /// @param by who says it, for example `token:admin`
    /// @param note why; may be empty
    public record Word(Verdict verdict, Correction correction, String by, String note) {}

    /// What became of it.
    public sealed interface Result {
        /// @param report with its new decision
        record Decided(ReportState report) implements Result {}

        /// It waits for nobody (any more).
        record NotHeld(ReportState report) implements Result {}

        /// Something must be known first.
        record StillHeld(ReportState report) implements Result {
            /// What was found and what is expected.
            public String message() {
                return report.outcome().message()
                        + ' '
                        + "To approve it, name its "
                        + field()
                        + '.';
            }

            /// The field that would help.
            public String field() {
                // The one left: a refund of one of several conversions.
                return needed(report.outcome().reason()).orElse("txid");
            }
        }

        record Missing() implements Result {}
    }

    public Reviews(ConsoleContext context) {
        this.context = context;
        this.ids = new RecordIds(context.clock(), context.random());
    }

    /// The field that an approval needs for a report of this reason, unless the catalog has learnt
    /// it since: `status`, `event`, `currency` or `payout`.
    public static Optional<String> needed(Reason reason) {
        return Optional.ofNullable(NEEDED.get(reason));
    }

    /// Whether a postback waits for a person.
    public static boolean isHeld(Reason reason) {
        return reason.decision() == Decision.HELD && reason != Reason.CHECK_PENDING;
    }

    /// Waits until it is durable. Throws CompletionException when it could not be stored.
    public Result review(Subject subject, RecordId postback, Word word) {
        var before = report(subject, postback);
        if (before == null) {
            return new Result.Missing();
        }
        if (!isHeld(before.outcome().reason())) {
            return new Result.NotHeld(before);
        }
        var event =
                new Reviewed(
                        ids.next(),
                        context.clock().millis(),
                        context.ledger().catalog().version(),
                        subject,
                        postback,
                        word.verdict(),
                        word.by(),
                        word.note(),
                        word.verdict() == Verdict.APPROVE ? word.correction() : Correction.NONE);
        context.ledger().submit(event, null).join();
        return result(event, before);
    }

    private Result result(Reviewed event, ReportState before) {
        var after = Optional.ofNullable(report(event.subject(), event.reviewed())).orElse(before);
        if (isMine(event)) {
            return new Result.Decided(after);
        }
        return isHeld(after.outcome().reason())
                ? new Result.StillHeld(after)
                : new Result.NotHeld(after);
    }

    private boolean isMine(Reviewed event) {
        return of(event.subject(), event.reviewed())
                .filter(said -> said.review().recordId().equals(event.recordId()))
                .isPresent();
    }

    /// What was last said of a postback.
    public Optional<ReviewState> of(Subject subject, RecordId postback) {
        try (var snapshot = context.ledger().snapshot()) {
            return new SubjectState(snapshot.state(subject), subject).review(postback);
        }
    }

    private @Nullable ReportState report(Subject subject, RecordId postback) {
        try (var snapshot = context.ledger().snapshot()) {
            return new SubjectState(snapshot.state(subject), subject).report(postback).orElse(null);
        }
    }
}
