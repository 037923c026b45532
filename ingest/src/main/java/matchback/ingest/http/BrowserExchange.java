package matchback.ingest.http;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import matchback.ledger.Accepted;
import matchback.ledger.Completion;
import matchback.ledger.Event;
import matchback.ledger.PersonalBlock;

/// A page that waits until what it told is durable.
final class BrowserExchange extends Waiting implements Completion {
    private final Desk desk;
    private final Runnable recorded;
    private final Consumer<String> notStored;

    /// @param notStored told the cause
    BrowserExchange(Desk desk, Runnable recorded, Consumer<String> notStored) {
        this.desk = desk;
        this.recorded = recorded;
        this.notStored = notStored;
    }

    void submit(Event event, PersonalBlock personal) {
        desk.postbackDeadlines().add(this);
        desk.door().ledger().submit(event, personal, this);
    }

    @Override
    public Executor executor() {
        return desk.loop();
    }

    @Override
    public void accepted(Accepted accepted) {
        if (settle()) {
            desk.postbackDeadlines().tidy();
            recorded.run();
        }
    }

    @Override
    public void failed(LedgerFailure failure) {
        // May come on any thread, even before submit has returned.
        desk.loop()
                .execute(() -> {
                    if (settle()) {
                        desk.postbackDeadlines().tidy();
                        notStored.accept(String.valueOf(failure.getMessage()));
                    }
                });
    }

    @Override
    void expired() {
        notStored.accept("no answer in time");
    }
}
