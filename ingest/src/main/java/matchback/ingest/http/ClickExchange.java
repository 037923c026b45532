package matchback.ingest.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.Executor;
import matchback.ingest.ClickDoor.Manner;
import matchback.ingest.ClickDoor.Visit;
import matchback.ingest.IngestConfig.OnLedgerFailure;
import matchback.ledger.Accepted;
import matchback.ledger.Completion;

/// One visitor who waits until the click is durable.
///
/// ```
/// waiting ──▶ recorded     the ledger has it: redirect with the click's id
///         ──▶ unrecorded   it failed, or took too long: redirect with an id that says so, or 503
/// ```
final class ClickExchange extends Waiting implements Completion {
    private final Desk desk;
    private final HttpServerRequest request;
    private final Visit.Click click;
    private final Optional<String> cookie;
    private final long sinceNanos = System.nanoTime();

    /// @param cookie the line that has the browser remember the click, once it is recorded
    ClickExchange(
            Desk desk, HttpServerRequest request, Visit.Click click, Optional<String> cookie) {
        this.cookie = cookie;
        this.desk = desk;
        this.request = request;
        this.click = click;
    }

    void submit() {
        desk.clickDeadlines().add(this);
        desk.door().ledger().submit(click.event(), click.personal(), this);
    }

    @Override
    public Executor executor() {
        return desk.loop();
    }

    @Override
    public void accepted(Accepted accepted) {
        if (settle()) {
            desk.clickDeadlines().tidy();
            desk.metrics().clickRecorded(System.nanoTime() - sinceNanos);
            send(click.url(), cookie.map(click.manner()::with).orElse(click.manner()));
        }
    }

    @Override
    public void failed(LedgerFailure failure) {
        // May come on any thread, even before submit has returned.
        desk.loop()
                .execute(() -> {
                    if (settle()) {
                        desk.clickDeadlines().tidy();
                        unrecorded(String.valueOf(failure.getMessage()));
                    }
                });
    }

    @Override
    void expired() {
        unrecorded("no answer in time");
    }

    private void send(String url, Manner manner) {
        desk.departures().send(request, click.status(), url, manner);
    }

    private void unrecorded(String cause) {
        desk.log().notStored("click", cause);
        if (desk.config().onLedgerFailure() == OnLedgerFailure.REDIRECT) {
            desk.metrics().clickUnrecorded();
            send(click.unrecorded().get(), click.manner());
        } else {
            desk.metrics().clickRefused();
            Replies.notStored(request.response());
        }
    }
}
