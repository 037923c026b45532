package matchback.deliver.platform;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import matchback.deliver.Adapter;
import matchback.deliver.Answer;
import matchback.deliver.Excerpt;
import matchback.deliver.Judgement;
import matchback.deliver.OutboundRequest;
import matchback.deliver.Parcel;
import matchback.deliver.Preparation;
import matchback.deliver.Shipment;
import matchback.deliver.Verdict;
import matchback.model.Secrets;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.DestinationType;

/// Speaks with a platform that is given as data.
public final class PlatformAdapter implements Adapter {
    private final Platform platform;
    private final Secrets secrets;

    /// @param secrets that open what the operator entered
    public PlatformAdapter(Platform platform, Secrets secrets) {
        this.platform = platform;
        this.secrets = secrets;
    }

    @Override
    public String kind() {
        return platform.type().type();
    }

    @Override
    public Optional<DestinationType> type() {
        return Optional.of(platform.type());
    }

    @Override
    public int batchMax() {
        return platform.batchMax();
    }

    @Override
    public Preparation prepare(String key, Shipment shipment, Catalog catalog, Instant now) {
        return switch (Connection.open(key, platform.type(), catalog, secrets)) {
            case Connection.Opened.Unusable(var why) -> new Preparation.Parked(why);
            case Connection.Opened.Usable(var connection) ->
                    prepare(new Telling(connection, shipment, catalog, now));
        };
    }

    private Preparation prepare(Telling telling) {
        for (var rule : platform.rules()) {
            var objection = rule.objection(telling);
            if (objection.isPresent()) {
                return new Preparation.Hopeless(objection.get());
            }
        }
        return switch (platform.event().write(telling)) {
            case Mapping.Written.Whole(var json, var personal) -> {
                var concealed = new ArrayList<>(personal);
                concealed.addAll(telling.connection().concealed());
                yield new Preparation.Ready(
                        new Parcel(telling.shipment(), Json.text(json), concealed));
            }
            case Mapping.Written.Lacking(var path, var whatToDo) ->
                    new Preparation.Hopeless(
                            "%s asks for %s, which is not known. %s"
                                    .formatted(platform.type().name(), path, whatToDo));
        };
    }

    @Override
    public OutboundRequest pack(String key, List<Parcel> parcels, Catalog catalog) {
        var connection = Connection.usable(key, platform.type(), catalog, secrets);
        var concealed = new ArrayList<>(connection.concealed());
        parcels.forEach(parcel -> concealed.addAll(parcel.secrets()));
        return platform.packing().pack(connection, parcels, Concealed.inOrder(concealed));
    }

    @Override
    public Judgement judge(List<Parcel> parcels, Answer.Answered answer, Verdict byStatus) {
        var reply = new Reply(parcels, answer, Json.lenient(answer.body()), byStatus);
        return switch (platform.judge().apply(reply)) {
            case Judgement.All(var verdict) ->
                    new Judgement.All(clean(verdict, concealed(parcels)));
            case Judgement.Each(var verdicts) ->
                    new Judgement.Each(
                            IntStream.range(0, verdicts.size())
                                    .mapToObj(i -> clean(verdicts.get(i), parcels.get(i)))
                                    .toList());
            case Judgement.Without(var refused) ->
                    new Judgement.Without(
                            refused.entrySet().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    Map.Entry::getKey,
                                                    each ->
                                                            clean(
                                                                    each.getValue(),
                                                                    parcels.get(each.getKey())))));
            case Judgement.Halve(var ofOne) ->
                    new Judgement.Halve(clean(ofOne, concealed(parcels)));
        };
    }

    private static List<String> concealed(List<Parcel> parcels) {
        return Concealed.inOrder(
                parcels.stream().flatMap(parcel -> parcel.secrets().stream()).toList());
    }

    /// What is said of one event holds that one's secrets at most.
    private static Verdict clean(Verdict verdict, Parcel parcel) {
        return clean(verdict, Concealed.inOrder(parcel.secrets()));
    }

    private static Verdict clean(Verdict verdict, List<String> concealed) {
        return new Verdict(
                verdict.result(),
                verdict.sign(),
                verdict.httpStatus(),
                Excerpt.of(verdict.note(), concealed),
                verdict.retryAfter());
    }

    /// A destination with its secrets open; empty when there is none of that key.
    public Optional<Connection> connection(String key, Catalog catalog) {
        return catalog.destination(key)
                .map(destination -> Connection.of(destination, platform.type(), secrets));
    }
}
