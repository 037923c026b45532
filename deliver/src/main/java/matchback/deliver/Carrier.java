package matchback.deliver;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import matchback.deliver.Clerk.Try;
import matchback.deliver.DestinationHealth.LastAttempt;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Ledger;
import matchback.ledger.Snapshot;
import matchback.ledger.Wordless;
import matchback.model.catalog.Catalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a destination's deliveries: fills its room with requests, reads the answers, and sends at
/// once again what a refused request leaves without an answer of its own. Used by the dispatcher's
/// thread.
final class Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
    private static final int UNAUTHORIZED = 401;

    private record End(Try tried, Verdict verdict) {}

    private final Courier courier;
    private final Ledger ledger;
    private final Surroundings surroundings;
    private final Owner owner;
    private final Clerk clerk;
    private final AtomicInteger underWay;
    private final Consumer<Lane> turn;
    private final Inquirer inquirer;

    /// @param underWay counts requests, and attempts that are being recorded
    /// @param turn gives a destination its turn, after an answer has made room
    Carrier(
            Courier courier,
            Ledger ledger,
            Surroundings surroundings,
            Owner owner,
            Clerk clerk,
            AtomicInteger underWay,
            Consumer<Lane> turn) {
        this.courier = courier;
        this.ledger = ledger;
        this.surroundings = surroundings;
        this.owner = owner;
        this.clerk = clerk;
        this.underWay = underWay;
        this.turn = turn;
        this.inquirer = new Inquirer(courier, ledger, surroundings, owner, underWay, turn);
    }

    /// One destination's turn: short, so that the next one need not wait for long.
    ///
    /// @return when its next turn is, epoch milliseconds; [Long#MAX_VALUE] when something else must
    ///   come first
    long turn(Lane lane, Snapshot snapshot, long now) {
        var catalog = ledger.catalog();
        lane.look(catalog, now);
        long delivers = deliver(lane, catalog, snapshot, now);
        return Math.min(delivers, inquire(lane, catalog, now));
    }

    /// @return when it wants to ask next, see [#turn]
    private long inquire(Lane lane, Catalog catalog, long now) {
        if (lane.inquiries().nextAt() > now) {
            return lane.inquiries().nextAt();
        }
        if (!Inquirer.isDue(lane, now)) {
            return lane.roomAt(now);
        }
        if (asksForToken(lane, catalog, now)) {
            return Long.MAX_VALUE;
        }
        inquirer.ask(lane, now);
        return lane.inquiries().nextAt();
    }

    /// @return when it wants to send next, see [#turn]
    private long deliver(Lane lane, Catalog catalog, Snapshot snapshot, long now) {
        int room = lane.room(now);
        if (room == 0) {
            if (lane.isPaused() || lane.gate().isShut(now)) {
                lane.releaseAgain();
            }
            return lane.roomAt(now);
        }
        if (lane.again().isEmpty()) {
            if (lane.isFull()) {
                return Long.MAX_VALUE;
            }
            lane.page().fill(snapshot, lane.destination(), lane::holds, now);
            if (lane.page().isEmpty()) {
                return lane.page().nextDue();
            }
        }
        if (asksForToken(lane, catalog, now)) {
            return Long.MAX_VALUE;
        }
        int batch = lane.isProbing() ? 1 : lane.adapter().map(Adapter::batchMax).orElse(1);
        int most = batch == 1 ? room : 1;
        for (int sent = 0; sent < most; sent++) {
            if (!sendNext(lane, new Loader(snapshot, catalog, now), batch)) {
                break;
            }
        }
        return lane.room(now) > 0 ? now : lane.roomAt(now);
    }

    /// @return whether it may be asked for another one
    private boolean sendNext(Lane lane, Loader loader, int batch) {
        var waiting = lane.again().poll();
        if (waiting != null) {
            send(waiting, loader.catalog());
            return true;
        }
        var taken = loader.take(lane, batch);
        long now = loader.now();
        if (!taken.loads().isEmpty()) {
            send(new Consignment(lane, taken.loads(), now, false), loader.catalog());
        }
        var ends = new ArrayList<End>();
        for (var unsent : taken.ends()) {
            Clerk.signs(lane, unsent.verdict(), now);
            var tried =
                    new Try(
                            lane,
                            unsent.subject(),
                            unsent.delivery(),
                            "",
                            loader.catalog().version(),
                            now);
            ends.add(new End(tried, unsent.verdict()));
        }
        record(ends, () -> turn.accept(lane));
        return !lane.page().isEmpty() && !lane.gate().isShut(now);
    }

    private boolean asksForToken(Lane lane, Catalog catalog, long now) {
        if (lane.token().isAsked()) {
            return true;
        }
        if (lane.token().at(now).isPresent()) {
            return false;
        }
        var request =
                lane.adapter()
                        .flatMap(a ->
                                a.tokenRequest(lane.key(), catalog, Instant.ofEpochMilli(now)));
        if (request.isEmpty()) {
            return false;
        }
        lane.token().asked();
        underWay.incrementAndGet();
        courier.send(
                request.get(),
                answer -> owner.post(() -> tokenAnswered(lane, request.get(), answer)));
        return true;
    }

    private void tokenAnswered(Lane lane, OutboundRequest request, Answer answer) {
        long now = surroundings.clock().millis();
        underWay.decrementAndGet();
        switch (token(lane, request, answer)) {
            case TokenAnswer.Token token -> lane.token().came(token, now);
            case TokenAnswer.Refused(var verdict) -> {
                lane.token().failed();
                boolean isTriedAgain =
                        verdict.result() == AttemptResult.RETRY
                                && verdict.sign() != Verdict.Sign.ALIVE;
                var result = isTriedAgain ? AttemptResult.RETRY : AttemptResult.PARKED;
                var sign = isTriedAgain ? verdict.sign() : Verdict.Sign.PARKED;
                Clerk.signs(lane, verdict.withResult(result, sign), now);
                lane.attempted(
                        new LastAttempt(
                                now,
                                result,
                                verdict.httpStatus(),
                                "No access token: " + verdict.note()));
            }
        }
        turn.accept(lane);
    }

    private TokenAnswer token(Lane lane, OutboundRequest request, Answer answer) {
        var byStatus = Verdict.of(answer, surroundings.clock().instant(), request.secrets());
        if (!(answer instanceof Answer.Answered answered) || lane.adapter().isEmpty()) {
            return new TokenAnswer.Refused(byStatus);
        }
        try {
            return lane.adapter().get().token(answered, byStatus);
        } catch (RuntimeException e) {
            LOG.error("token not read destination={}", lane.destination(), Wordless.of(e));
            // Unlike a delivery a token has no schedule: the breaker must see it, or it would be
            // asked for again at once and for ever.
            return new TokenAnswer.Refused(
                    Verdict.broken("The answer could not be read", e)
                            .withResult(AttemptResult.RETRY, Verdict.Sign.TROUBLED));
        }
    }

    private void send(Consignment consignment, Catalog catalog) {
        var lane = consignment.lane();
        OutboundRequest request;
        try {
            request = lane.adapter().orElseThrow().pack(lane.key(), consignment.parcels(), catalog);
        } catch (RuntimeException e) {
            LOG.error("not packed destination={}", lane.destination(), Wordless.of(e));
            notPacked(consignment, e);
            return;
        }
        var token = lane.token().at(surroundings.clock().millis());
        var sent = token.map(request::authorized).orElse(request);
        lane.requestStarted();
        underWay.incrementAndGet();
        courier.send(
                sent,
                answer ->
                        owner.post(() -> {
                            if (!isExpired(consignment, token.orElse(""), answer)) {
                                answered(consignment, sent, answer);
                            }
                        }));
    }

    /// Whether the access token was refused, for the first time with these deliveries: then they
    /// are sent again with a new one.
    private boolean isExpired(Consignment sent, String token, Answer answer) {
        boolean isExpired =
                !token.isEmpty()
                        && !sent.isAuthorizedAnew()
                        && answer instanceof Answer.Answered answered
                        && answered.status() == UNAUTHORIZED;
        if (isExpired) {
            sent.lane().token().refused(token);
            sent.lane().again().addFirst(sent.authorizedAnew());
            ended(sent.lane());
        }
        return isExpired;
    }

    /// One that cannot be packed is found and tried later; the others are packed without it.
    private void notPacked(Consignment consignment, RuntimeException cause) {
        var lane = consignment.lane();
        var sorting =
                Sorting.of(
                        consignment,
                        new Judgement.Halve(Verdict.broken("It could not be packed", cause)));
        lane.again().addAll(sorting.again());
        var ends = new ArrayList<End>();
        for (var end : sorting.ends()) {
            var load = end.load();
            var tried =
                    new Try(
                            lane,
                            load.subject(),
                            load.delivery(),
                            "",
                            load.catalogVersion(),
                            consignment.startedAt());
            ends.add(new End(tried, end.verdict()));
        }
        record(ends, () -> turn.accept(lane));
    }

    private void answered(Consignment sent, OutboundRequest request, Answer answer) {
        var lane = sent.lane();
        var sorting = sorted(sent, request, answer);
        long now = surroundings.clock().millis();
        sorting.signs().forEach(verdict -> Clerk.signs(lane, verdict, now));
        sorting.again().reversed().forEach(lane.again()::addFirst);
        if (answer instanceof Answer.Answered answered) {
            Inquirer.taken(lane, answered, sorting.delivered(), now);
        }
        if (sorting.ends().isEmpty()) {
            ended(lane);
            return;
        }
        var ends =
                sorting.ends().stream()
                        .map(end -> new End(Try.of(sent, end.load(), request), end.verdict()))
                        .toList();
        record(ends, () -> ended(lane));
    }

    private Sorting sorted(Consignment sent, OutboundRequest request, Answer answer) {
        var byStatus = Verdict.of(answer, surroundings.clock().instant(), request.secrets());
        if (!(answer instanceof Answer.Answered answered)) {
            return Sorting.all(sent, byStatus);
        }
        var lane = sent.lane();
        try {
            var adapter = lane.adapter().orElseThrow();
            return Sorting.of(sent, adapter.judge(sent.parcels(), answered, byStatus));
        } catch (RuntimeException e) {
            LOG.error("answer not read destination={}", lane.destination(), Wordless.of(e));
            return Sorting.all(sent, Verdict.broken("The answer could not be read", e));
        }
    }

    private void ended(Lane lane) {
        lane.requestEnded();
        underWay.decrementAndGet();
        turn.accept(lane);
    }

    /// @param done run once, when all of them are durable
    private void record(List<End> ends, Runnable done) {
        var open = new AtomicInteger(ends.size());
        underWay.addAndGet(ends.size());
        for (var end : ends) {
            clerk.record(
                    end.tried(),
                    end.verdict(),
                    () -> {
                        underWay.decrementAndGet();
                        if (open.decrementAndGet() == 0) {
                            done.run();
                        }
                    });
        }
    }
}
