package matchback.ingest.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Executor;
import matchback.ingest.LanderDoor.Visit;
import matchback.ledger.Accepted;
import matchback.ledger.Completion;

/// One visitor on the way from a lander to an offer. They get there whether the step could be
/// recorded or not: their click is on record already.
final class LanderExchange extends Waiting implements Completion {
    private final Desk desk;
    private final HttpServerRequest request;
    private final Visit.Click click;

    LanderExchange(Desk desk, HttpServerRequest request, Visit.Click click) {
        this.desk = desk;
        this.request = request;
        this.click = click;
    }

    void submit() {
        desk.clickDeadlines().add(this);
        desk.door().ledger().submit(click.event(), null, this);
    }

    @Override
    public Executor executor() {
        return desk.loop();
    }

    @Override
    public void accepted(Accepted accepted) {
        if (settle()) {
            desk.clickDeadlines().tidy();
            goOn();
        }
    }

    @Override
    public void failed(LedgerFailure failure) {
        // May come on any thread, even before submit has returned.
        desk.loop()
                .execute(() -> {
                    if (settle()) {
                        desk.clickDeadlines().tidy();
                        desk.log().notStored("lander click", String.valueOf(failure.getMessage()));
                        goOn();
                    }
                });
    }

    @Override
    void expired() {
        desk.log().notStored("lander click", "no answer in time");
        goOn();
    }

    private void goOn() {
        desk.departures().send(request, 302, click.url(), click.referrer());
    }
}
