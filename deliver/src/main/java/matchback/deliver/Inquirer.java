package matchback.deliver;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import matchback.deliver.Inquiries.Inquiry;
import matchback.ledger.Ledger;
import matchback.ledger.Wordless;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks destinations what became of requests they took, one question of a destination at a time and
/// none while it is left alone. Used by the dispatcher's thread.
final class Inquirer {
    private static final Logger LOG = LoggerFactory.getLogger(Inquirer.class);
    private static final int UNAUTHORIZED = 401;

    private final Courier courier;
    private final Ledger ledger;
    private final Surroundings surroundings;
    private final Owner owner;
    private final AtomicInteger underWay;
    private final Consumer<Lane> turn;

    /// @param underWay counts requests
    /// @param turn gives a destination its turn, after an answer
    Inquirer(
            Courier courier,
            Ledger ledger,
            Surroundings surroundings,
            Owner owner,
            AtomicInteger underWay,
            Consumer<Lane> turn) {
        this.courier = courier;
        this.ledger = ledger;
        this.surroundings = surroundings;
        this.owner = owner;
        this.underWay = underWay;
        this.turn = turn;
    }

    /// Remembers a request to be asked about, if it can be.
    ///
    /// @param delivered how many deliveries it took with this answer
    static void taken(Lane lane, Answer.Answered answer, int delivered, long now) {
        if (delivered == 0) {
            return;
        }
        try {
            lane.adapter()
                    .flatMap(adapter -> adapter.receipt(answer))
                    .ifPresent(receipt -> lane.inquiries().taken(receipt, delivered, now));
        } catch (RuntimeException e) {
            LOG.error("receipt not read destination={}", lane.destination(), Wordless.of(e));
        }
    }

    /// Whether a destination is to be asked something now, as far as nothing keeps it back.
    static boolean isDue(Lane lane, long now) {
        return lane.inquiries().nextAt() <= now && !lane.isPaused() && !lane.gate().isShut(now);
    }

    /// Asks, with the access token at hand.
    void ask(Lane lane, long now) {
        var adapter = lane.adapter().orElseThrow();
        var inquiry = lane.inquiries().start().orElseThrow();
        var request = adapter.inquiry(lane.key(), inquiry.receipt(), ledger.catalog());
        if (request.isEmpty()) {
            lane.inquiries().answered(inquiry, new Afterwards.Unknown(), now);
            return;
        }
        var token = lane.token().at(now);
        var sent = token.map(request.get()::authorized).orElse(request.get());
        underWay.incrementAndGet();
        courier.send(
                sent,
                answer -> owner.post(() -> answered(lane, inquiry, token.orElse(""), answer)));
    }

    private void answered(Lane lane, Inquiry inquiry, String token, Answer answer) {
        underWay.decrementAndGet();
        long now = surroundings.clock().millis();
        if (answer instanceof Answer.Answered answered && answered.status() == UNAUTHORIZED) {
            lane.token().refused(token);
        }
        if (answer instanceof Answer.Answered answered && isTelling(answered)) {
            lane.inquiries().answered(inquiry, read(lane, answered), now);
        } else {
            lane.inquiries().putOff(inquiry, now);
        }
        turn.accept(lane);
    }

    /// Whether it will not be told otherwise later.
    private static boolean isTelling(Answer.Answered answer) {
        return switch (answer.status()) {
            case 401, 403, 408, 425, 429 -> false;
            default -> answer.status() / 100 == 2 || answer.status() / 100 == 4;
        };
    }

    private static Afterwards read(Lane lane, Answer.Answered answer) {
        try {
            return answer.status() / 100 == 2
                    ? lane.adapter().orElseThrow().afterwards(answer)
                    : new Afterwards.Unknown();
        } catch (RuntimeException e) {
            LOG.error("answer not read destination={}", lane.destination(), Wordless.of(e));
            return new Afterwards.Unknown();
        }
    }
}
