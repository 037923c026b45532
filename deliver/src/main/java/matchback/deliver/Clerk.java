package matchback.deliver;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import matchback.deliver.Consignment.Load;
import matchback.deliver.DestinationHealth.LastAttempt;
import matchback.ledger.Accepted;
import matchback.ledger.Completion;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Event.DeliveryAttempted;
import matchback.ledger.Ledger;
import matchback.ledger.state.DeliveryState;
import matchback.model.RecordIds;
import matchback.model.RetrySchedule;
import matchback.model.Subject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what came of each attempt, and what follows from it for the delivery and for its
/// destination. Used by the dispatcher's thread.
final class Clerk {
    private static final Logger LOG = LoggerFactory.getLogger(Clerk.class);
    private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);
    private static final int URL_CHARS_MAX = 8_192;

    /// What was tried.
    ///
    /// @param url as it was called, its secrets masked; empty when nothing was
    /// @param startedAt epoch milliseconds
    record Try(
            Lane lane,
            Subject subject,
            DeliveryState delivery,
            String url,
            long catalogVersion,
            long startedAt) {

        static Try of(Consignment sent, Load load, OutboundRequest request) {
            return new Try(
                    sent.lane(),
                    load.subject(),
                    load.delivery(),
                    request.maskedUrl(URL_CHARS_MAX),
                    load.catalogVersion(),
                    sent.startedAt());
        }
    }

    private final Ledger ledger;
    private final RecordIds ids;
    private final Surroundings surroundings;
    private final DeliverMetrics metrics;
    private final Owner owner;

    Clerk(
            Ledger ledger,
            RecordIds ids,
            Surroundings surroundings,
            DeliverMetrics metrics,
            Owner owner) {
        this.ledger = ledger;
        this.ids = ids;
        this.surroundings = surroundings;
        this.metrics = metrics;
        this.owner = owner;
    }

    /// Records an attempt until the ledger takes it; meanwhile the delivery stays held.
    ///
    /// @param done run by the owner when the attempt is durable and the delivery released
    void record(Try tried, Verdict verdict, Runnable done) {
        long now = surroundings.clock().millis();
        var event = attempted(tried, verdict, now);
        tried.lane()
                .attempted(new LastAttempt(now, event.result(), event.httpStatus(), event.note()));
        submit(tried, event, done);
    }

    private DeliveryAttempted attempted(Try tried, Verdict verdict, long now) {
        var delivery = tried.delivery();
        int attempt = delivery.attemptsMade() + 1;
        var pause =
                switch (verdict.result()) {
                    case DELIVERED, DEAD -> Optional.<Duration>empty();
                    // Where the gate keeps it back it is due when that opens; where only this one
                    // waits it says how long.
                    case PARKED -> Optional.of(verdict.retryAfter());
                    case RETRY ->
                            RetrySchedule.pauseAfter(
                                    attempt,
                                    surroundings.random().nextDouble(),
                                    verdict.retryAfter());
                };
        boolean isSpent = verdict.result() == AttemptResult.RETRY && pause.isEmpty();
        return new DeliveryAttempted(
                ids.next(),
                now,
                tried.catalogVersion(),
                tried.subject(),
                delivery.number(),
                attempt,
                isSpent ? AttemptResult.DEAD : verdict.result(),
                tried.url(),
                verdict.httpStatus(),
                verdict.note(),
                Math.max(0, now - tried.startedAt()),
                pause.map(p -> now + p.toMillis()).orElse(0L));
    }

    private void submit(Try tried, DeliveryAttempted event, Runnable done) {
        ledger.submit(
                event,
                null,
                new Completion() {
                    @Override
                    public Executor executor() {
                        return owner::post;
                    }

                    @Override
                    public void accepted(Accepted accepted) {
                        metrics.attempted(
                                tried.lane().destination(), event.result(), event.durationMillis());
                        tried.lane().release(tried.subject(), tried.delivery());
                        done.run();
                    }

                    @Override
                    public void failed(LedgerFailure failure) {
                        owner.post(() -> submitLater(tried, event, done, failure));
                    }
                });
    }

    /// It is not sent again for that: it stays held until the ledger takes the attempt.
    private void submitLater(
            Try tried, DeliveryAttempted event, Runnable done, Completion.LedgerFailure failure) {
        metrics.notRecorded();
        LOG.warn("attempt not recorded record={} error={}", event.recordId(), failure.getMessage());
        surroundings
                .timer()
                .after(RECORD_AGAIN, () -> owner.post(() -> submit(tried, event, done)));
    }

    /// Works what an attempt says about the destination as a whole into its gate.
    static void signs(Lane lane, Verdict verdict, long now) {
        var gate = lane.gate();
        boolean isNews =
                switch (verdict.sign()) {
                    case ALIVE -> gate.alive();
                    case TROUBLED -> gate.trouble(now);
                    case THROTTLED -> gate.throttle(now, verdict.retryAfter());
                    case PARKED -> gate.park(now);
                    case NONE -> false;
                };
        if (isNews && gate.why() == Gate.Why.NONE) {
            LOG.info("destination flows again destination={}", lane.destination());
        } else if (isNews) {
            LOG.warn(
                    "destination gets nothing for now destination={} because={} status={}",
                    lane.destination(),
                    gate.why(),
                    verdict.httpStatus());
        }
    }
}
