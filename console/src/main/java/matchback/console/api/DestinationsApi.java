package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import matchback.console.ConsoleContext;
import matchback.console.DeliveryDesk;
import matchback.console.DeliveryDesk.Message;
import matchback.console.DeliveryDesk.Trial;
import matchback.model.RecordId;
import matchback.model.catalog.Destination;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.TrafficSource;
import org.jspecify.annotations.Nullable;

/// What is done with destinations besides changing them: kinds, health, pause, resume, a test
/// event, and why a conversion was not told.
///
/// Where a path has the key of a destination, the address of a traffic source's own postback
/// (`source:push-network`) is taken for what makes sense there.
final class DestinationsApi {
    private static final String GROUP = "destinations";
    private static final String ONE = CatalogApi.ROOT + "destinations/{key}";

    /// Longer than the longest exchange, the one for an access token before it included.
    private static final long TRIAL_SECONDS_MAX = 90;

    private final ConsoleContext context;
    private final CatalogEditor editor;
    private final DeliveryDesk desk;

    DestinationsApi(ConsoleContext context, CatalogEditor editor) {
        this.context = context;
        this.editor = editor;
        this.desk = context.desk();
    }

    List<Operation> operations() {
        return List.of(
                Operation.get(
                                CatalogApi.ROOT + "destination-types",
                                "listDestinationTypes",
                                GROUP,
                                "Kinds of destinations and what each must know",
                                _ -> types())
                        .answers(200, "DestinationTypeList"),
                Operation.get(
                                ONE + "/health",
                                "showDestinationHealth",
                                GROUP,
                                "How a destination is doing",
                                this::health)
                        .answers(200, "DestinationHealth"),
                Operation.of(
                                HttpMethod.POST,
                                ONE + "/pause",
                                "pauseDestination",
                                GROUP,
                                "Send nothing until it is resumed; burns no try",
                                call -> pause(call, true))
                        .answers(200, "DestinationHealth"),
                Operation.of(
                                HttpMethod.POST,
                                ONE + "/resume",
                                "resumeDestination",
                                GROUP,
                                "Go on sending; tries a parked one again at once",
                                call -> pause(call, false))
                        .answers(200, "DestinationHealth"),
                Operation.of(
                                HttpMethod.POST,
                                ONE + "/test",
                                "testDestination",
                                GROUP,
                                "Send a made-up event now, in the destination's test mode",
                                this::test)
                        .answers(200, "DestinationTrial"),
                Operation.get(
                                CatalogApi.ROOT + "conversions/{id}/destinations",
                                "showConversionDestinations",
                                GROUP,
                                "What each destination was told of a conversion, or why not",
                                this::conversion)
                        .query(
                                "clickId",
                                Schema.text("Its click, for a conversion of this very moment"))
                        .answers(200, "ConversionDestinations"));
    }

    private Answer types() {
        var node = Json.object();
        var items = node.putArray("items");
        desk.types().forEach(type -> items.add(type(type)));
        return Answer.json(node.putNull("next"));
    }

    private static ObjectNode type(DestinationType type) {
        var node = Json.object();
        node.put("type", type.type()).put("name", type.name()).put("summary", type.summary());
        var settings = node.putArray("settings");
        for (var setting : type.settings()) {
            var one = settings.addObject();
            one.put("name", setting.name())
                    .put("label", setting.label())
                    .put("hint", setting.hint())
                    .put("required", setting.isRequired())
                    .put("secret", setting.isSecret())
                    .put("lines", setting.hasLines());
            Json.putText(one, "standard", setting.standard());
            setting.choices().forEach(one.putArray("choices")::add);
        }
        var names = node.putObject("eventNames");
        new java.util.TreeMap<>(type.eventNames()).forEach(names::put);
        var moments = node.putArray("moments");
        type.moments().stream().sorted().forEach(moment -> moments.add(moment.word()));
        return node.put("page", type.page());
    }

    /// What a path names: the address, and the destination when it is one.
    private record Named(String address, @Nullable Destination destination) {}

    private Optional<Named> named(Call call) {
        var key = call.path("key");
        var catalog = context.ledger().catalog();
        return catalog.destination(key)
                .map(found -> new Named(found.address(), found))
                .or(() ->
                        catalog.all(TrafficSource.class).values().stream()
                                .map(TrafficSource::address)
                                .filter(key::equals)
                                .findFirst()
                                .map(address -> new Named(address, null)));
    }

    private static Answer missing(Call call) {
        return Answer.notFound("There is no destination \"" + call.path("key") + '"');
    }

    private Answer health(Call call) {
        return named(call).map(named -> health(named.address())).orElseGet(() -> missing(call));
    }

    private Answer health(String address) {
        return Answer.json(new DestinationHealthReport(context).of(address));
    }

    private Answer pause(Call call, boolean isPaused) {
        var named = named(call);
        if (named.isEmpty()) {
            return missing(call);
        }
        var destination = named.get().destination();
        if (destination == null && isPaused) {
            return Answer.problem(
                    409,
                    "not-pausable",
                    "Nothing was changed",
                    "A traffic source's own postback cannot be paused; take its postbackUrl away");
        }
        if (destination != null && editor.pause(destination.key(), isPaused, call.by()).isEmpty()) {
            return Answer.problem(
                    409,
                    "archived",
                    "Nothing was changed",
                    "The destination is archived; PUT brings it back into use");
        }
        if (!isPaused) {
            desk.resume(named.get().address());
        }
        return health(named.get().address());
    }

    private Answer test(Call call) {
        var destination = named(call).map(Named::destination);
        if (destination.isEmpty()) {
            return missing(call);
        }
        try {
            return Answer.json(
                    trial(desk.test(destination.get()).get(TRIAL_SECONDS_MAX, TimeUnit.SECONDS)));
        } catch (TimeoutException _) {
            return Answer.problem(
                    504,
                    "no-answer",
                    "The test came to no end",
                    "Nothing was heard for " + TRIAL_SECONDS_MAX + " seconds");
        } catch (java.util.concurrent.ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static ObjectNode trial(Trial trial) {
        var node = Json.object();
        node.put("result", trial.result());
        Json.putText(node, "note", trial.note());
        node.set("request", message(trial.request()));
        node.set("answer", message(trial.answer()));
        return node.put("millis", trial.millis());
    }

    private static @Nullable ObjectNode message(@Nullable Message message) {
        if (message == null) {
            return null;
        }
        var node = Json.object().put("line", message.line());
        message.headers().forEach(node.putArray("headers")::add);
        return node.put("body", message.body());
    }

    private Answer conversion(Call call) {
        var id = RecordId.parse(call.path("id"));
        var found =
                id.flatMap(known -> new PostbackFinder(context).find(known, call.query("clickId")));
        return found.flatMap(postback ->
                        new ConversionDestinations(context)
                                .of(postback.subject(), id.orElseThrow()))
                .map(Answer::json)
                .orElseGet(() ->
                        found.map(postback ->
                                        Answer.problem(
                                                404,
                                                "not-a-conversion",
                                                "This postback made no conversion",
                                                "It is "
                                                        + postback.story()
                                                                .report()
                                                                .outcome()
                                                                .reason()
                                                                .decision()
                                                                .word()
                                                        + ": "
                                                        + postback.story()
                                                                .report()
                                                                .outcome()
                                                                .reason()
                                                                .message()
                                                        + " No destination hears of it"))
                                .orElseGet(() ->
                                        Answer.notFound(
                                                "There is no conversion " + call.path("id"))));
    }
}
