package matchback.ingest.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Executor;
import matchback.ingest.AnswerWriter;
import matchback.ingest.PostbackDoor.Report;
import matchback.ledger.Accepted;
import matchback.ledger.Completion;
import matchback.model.Decision;

/// One sender who waits until the postback is durable and decided.
final class PostbackExchange extends Waiting implements Completion {
    private final Desk desk;
    private final HttpServerRequest request;
    private final Report report;
    private final PostbackAnswers answers;
    private final long sinceNanos = System.nanoTime();

    PostbackExchange(Desk desk, HttpServerRequest request, Report report) {
        this(desk, request, report, PostbackAnswers.PLAIN);
    }

    /// @param answers the form in which the caller is answered
    PostbackExchange(Desk desk, HttpServerRequest request, Report report, PostbackAnswers answers) {
        this.answers = answers;
        this.desk = desk;
        this.request = request;
        this.report = report;
    }

    void submit() {
        desk.postbackDeadlines().add(this);
        if (report.event().clickId().isEmpty()) {
            store();
            return;
        }
        // An old click may have to come from the disk; whoever commits must not wait for that.
        desk.vertx().executeBlocking(this::prefetch, false).onComplete(_ -> store());
    }

    private boolean prefetch() {
        desk.door().ledger().prefetch(report.event().subject());
        return true;
    }

    private void store() {
        if (!isSettled()) {
            desk.door().ledger().submit(report.event(), report.personal(), this);
        }
    }

    @Override
    public Executor executor() {
        return desk.loop();
    }

    @Override
    public void accepted(Accepted accepted) {
        if (!settle()) {
            return;
        }
        desk.postbackDeadlines().tidy();
        var answer = AnswerWriter.answer(report, accepted);
        var reason = AnswerWriter.reason(accepted);
        desk.metrics().postback(reason, System.nanoTime() - sinceNanos);
        if (reason.decision() == Decision.REFUSED) {
            desk.log().refused(reason.code(), answer.receipt(), report.event().sender());
        }
        answers.answer(request.response(), answer);
    }

    @Override
    public void failed(LedgerFailure failure) {
        // May come on any thread, even before submit has returned.
        desk.loop()
                .execute(() -> {
                    if (settle()) {
                        desk.postbackDeadlines().tidy();
                        notStored(String.valueOf(failure.getMessage()));
                    }
                });
    }

    @Override
    void expired() {
        notStored("no answer in time");
    }

    private void notStored(String cause) {
        desk.log().notStored("postback", cause);
        desk.metrics().postbackNotStored();
        answers.notStored(request.response());
    }
}
