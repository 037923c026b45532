package matchback.deliver;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import matchback.deliver.Trial.Message;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.Wordless;
import matchback.model.RecordId;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends made-up events: beside all queues and limits, so that a destination that is paused, parked
/// or not in use yet can be tried. Safe for use by many threads.
final class Trials {
    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

    private final Courier courier;
    private final InstantSource clock;

    Trials(Courier courier, InstantSource clock) {
        this.courier = courier;
        this.clock = clock;
    }

    /// @param id of the made-up conversion
    CompletableFuture<Trial> run(Adapter adapter, String key, Catalog catalog, RecordId id) {
        var now = clock.instant();
        var shipment = Sample.shipment(id, adapter.kind() + ':' + key, now);
        try {
            return switch (adapter.prepare(key, shipment, catalog, now)) {
                case Preparation.Ready(var parcel) -> {
                    var parcels = List.of(parcel);
                    var request = adapter.pack(key, parcels, catalog);
                    yield token(adapter, key, catalog)
                            .thenCompose(token -> send(adapter, parcels, request, token));
                }
                case Preparation.Parked(var note) -> unsent(AttemptResult.PARKED, note);
                case Preparation.Hopeless(var note) -> unsent(AttemptResult.DEAD, note);
            };
        } catch (RuntimeException e) {
            LOG.error("trial failed destination={}:{}", adapter.kind(), key, Wordless.of(e));
            return unsent(
                    AttemptResult.RETRY, Verdict.broken("It could not be prepared", e).note());
        }
    }

    private static CompletableFuture<Trial> unsent(AttemptResult result, String note) {
        return CompletableFuture.completedFuture(new Trial(result, note, null, null, 0));
    }

    /// What came of asking for an access token; no token and no verdict where none is used.
    private record Authority(String token, @Nullable Verdict refused) {}

    private CompletableFuture<Authority> token(Adapter adapter, String key, Catalog catalog) {
        var request = adapter.tokenRequest(key, catalog, clock.instant());
        if (request.isEmpty()) {
            return CompletableFuture.completedFuture(new Authority("", null));
        }
        return exchange(request.get())
                .thenApply(answer -> {
                    var byStatus = Verdict.of(answer, clock.instant(), request.get().secrets());
                    if (!(answer instanceof Answer.Answered answered)) {
                        return new Authority("", byStatus);
                    }
                    return switch (adapter.token(answered, byStatus)) {
                        case TokenAnswer.Token(var value, _) -> new Authority(value, null);
                        case TokenAnswer.Refused(var verdict) -> new Authority("", verdict);
                    };
                });
    }

    private CompletableFuture<Trial> send(
            Adapter adapter, List<Parcel> parcels, OutboundRequest request, Authority authority) {
        if (authority.refused() != null) {
            return unsent(
                    authority.refused().result(), "No access token: " + authority.refused().note());
        }
        var sent = authority.token().isEmpty() ? request : request.authorized(authority.token());
        long startedAt = clock.millis();
        return exchange(sent)
                .thenApply(answer -> {
                    var verdict = verdict(adapter, parcels, sent, answer);
                    return new Trial(
                            verdict.result(),
                            verdict.note(),
                            sent.masked(),
                            message(answer, sent.secrets()),
                            Math.max(0, clock.millis() - startedAt));
                });
    }

    private Verdict verdict(
            Adapter adapter, List<Parcel> parcels, OutboundRequest sent, Answer answer) {
        var byStatus = Verdict.of(answer, clock.instant(), sent.secrets());
        if (!(answer instanceof Answer.Answered answered)) {
            return byStatus;
        }
        return switch (adapter.judge(parcels, answered, byStatus)) {
            case Judgement.All(var verdict) -> verdict;
            case Judgement.Each(var verdicts) ->
                    verdicts.isEmpty() ? byStatus : verdicts.getFirst();
            case Judgement.Without(var refused) -> refused.getOrDefault(0, byStatus);
            case Judgement.Halve(var ofOne) -> ofOne;
        };
    }

    private static @Nullable Message message(Answer answer, List<String> secrets) {
        if (!(answer instanceof Answer.Answered answered)) {
            return null;
        }
        var headers =
                answered.headers().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(header ->
                                OutboundRequest.masked(
                                        header.getKey() + ": " + header.getValue(), secrets))
                        .toList();
        return new Message(
                Integer.toString(answered.status()),
                headers,
                OutboundRequest.masked(answered.body(), secrets));
    }

    private CompletableFuture<Answer> exchange(OutboundRequest request) {
        var answer = new CompletableFuture<Answer>();
        courier.send(request, answer::complete);
        return answer;
    }
}
