package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import matchback.console.ConsoleContext;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.SubjectState;
import matchback.model.ClickIds;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Destination;
import matchback.model.catalog.TrafficSource;
import matchback.report.Problem;

/// Single deliveries, and what a person asks for: dead letters sent again, earlier conversions
/// told. They are listed by `GET /api/v1/deliveries?destination=…&state=dead`.
final class DeliveriesApi {
    private static final String GROUP = "deliveries";
    private static final String ONE = CatalogApi.ROOT + "deliveries/{subject}/{number}";
    private static final int TEXT_CHARS_MAX = 300;

    private final ConsoleContext context;

    DeliveriesApi(ConsoleContext context) {
        this.context = context;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get(
                                ONE,
                                "showDelivery",
                                GROUP,
                                "One delivery with its attempts, by its click and number",
                                this::show)
                        .answers(200, "DeliveryStory"),
                Operation.of(
                                HttpMethod.POST,
                                ONE + "/resend",
                                "resendDelivery",
                                GROUP,
                                "Send a dead letter again, its schedule from the beginning",
                                this::resend)
                        .answers(200, "DeliveryStory"),
                Operation.of(
                                HttpMethod.POST,
                                CatalogApi.ROOT + "destinations/{key}/resend",
                                "resendDeadLetters",
                                GROUP,
                                "Send a destination's dead letters again, those of a filter",
                                call -> CatalogApi.withBody(call, body -> resend(call, body)))
                        .request("ResendWish")
                        .answers(200, "ResendDone"),
                Operation.of(
                                HttpMethod.POST,
                                CatalogApi.ROOT + "destinations/{key}/backfill",
                                "backfillDestination",
                                GROUP,
                                "Tell a destination of conversions that were counted before it was"
                                        + " there",
                                call -> CatalogApi.withBody(call, body -> backfill(call, body)))
                        .request("BackfillWish")
                        .answers(200, "BackfillDone"));
    }

    static Map<String, ObjectNode> schemas() {
        var from = FieldSpec.optional("from", Schema.text("Date or time, inclusive"));
        var to = FieldSpec.optional("to", Schema.text("Date or time, exclusive"));
        var tz = FieldSpec.optional("tz", Schema.text("Zone of dates and times that name none"));
        var dryRun = FieldSpec.optional("dryRun", Schema.flag("Only say what would be done"));
        var schemas = new TreeMap<String, ObjectNode>();
        schemas.put(
                "ResendWish",
                Schema.object(
                        "Which dead letters: all that fit",
                        List.of(
                                from,
                                to,
                                tz,
                                FieldSpec.optional(
                                        "httpStatus",
                                        Schema.integer("Of the last answer; 0: none", 0, 599)),
                                FieldSpec.optional(
                                        "note",
                                        Schema.text("A part of the last answer", TEXT_CHARS_MAX)),
                                dryRun)));
        schemas.put(
                "BackfillWish",
                Schema.object(
                        "Which conversions, by the time of their first report",
                        List.of(
                                from,
                                to,
                                tz,
                                FieldSpec.optional(
                                        "cursor",
                                        Schema.text("As the call before gave it in next")),
                                dryRun)));
        return schemas;
    }

    private record Named(Subject subject, int number) {}

    private static Optional<Named> named(Call call) {
        var number = call.path("number");
        // A record id is kept in small letters, a click id in capitals.
        var text = call.path("subject");
        var subject = RecordId.parse(text).map(RecordId::toString).orElse(ClickIds.canonical(text));
        return number.matches("[1-9][0-9]{0,8}")
                        && !subject.isEmpty()
                        && subject.length() <= Subject.CHARS_MAX
                ? Optional.of(new Named(new Subject(subject), Integer.parseInt(number)))
                : Optional.empty();
    }

    private Optional<DeliveryState> read(Named named) {
        try (var snapshot = context.ledger().snapshot()) {
            return new SubjectState(snapshot.state(named.subject()), named.subject())
                    .delivery(named.number());
        }
    }

    private Answer show(Call call) {
        return named(call)
                .flatMap(this::read)
                .map(delivery -> Answer.json(StoryJson.delivery(delivery)))
                .orElseGet(() -> missing(call));
    }

    private static Answer missing(Call call) {
        return Answer.notFound(
                "There is no delivery " + call.path("number") + " of " + call.path("subject"));
    }

    private Answer resend(Call call) {
        return named(call)
                .filter(named -> read(named).isPresent())
                .map(named -> resend(call, named))
                .orElseGet(() -> missing(call));
    }

    private Answer resend(Call call, Named named) {
        return switch (new Resend(context).one(named.subject(), named.number(), call.by())) {
            case RESENT -> show(call);
            case SUPERSEDED ->
                    conflict(
                            "superseded",
                            "Its destination was told since what became of the conversion; it would"
                                    + " hear the old news last");
            case NOT_DEAD ->
                    conflict(
                            "not-dead",
                            "Only a dead letter can be sent again; one that waits goes out by"
                                    + " itself");
        };
    }

    private static Answer conflict(String kind, String detail) {
        return Answer.problem(409, kind, "Nothing was changed", detail);
    }

    private Answer resend(Call call, ObjectNode body) {
        var form = new Form(body);
        form.onlyFields(Set.of("from", "to", "tz", "httpStatus", "note", "dryRun"));
        var given = texts(form, Set.of("from", "to", "tz", "note"));
        if (form.has("httpStatus")) {
            given.put("httpStatus", Integer.toString(form.number("httpStatus", 0, 599, 0)));
        }
        boolean isDry = form.flag("dryRun", false);
        var address = address(call.path("key"));
        if (address.isEmpty()) {
            return Answer.notFound("There is no destination \"" + call.path("key") + '"');
        }
        return switch (Resend.filter(address.get(), given)) {
            case Resend.Read.Invalid(var problems) -> invalid(form, problems);
            case Resend.Read.Valid(var filter) ->
                    form.problems().isEmpty()
                            ? Answer.json(
                                    json(new Resend(context).run(filter, isDry, call.by()), isDry))
                            : Answer.invalid(form.problems());
        };
    }

    private static Map<String, String> texts(Form form, Set<String> names) {
        var values = new HashMap<String, String>();
        names.forEach(
                name -> form.text(name, TEXT_CHARS_MAX).ifPresent(text -> values.put(name, text)));
        return values;
    }

    /// What a path names: a destination's key, or a source's address.
    private Optional<String> address(String key) {
        var catalog = context.ledger().catalog();
        return catalog.destination(key)
                .map(Destination::address)
                .or(() ->
                        catalog.all(TrafficSource.class).values().stream()
                                .map(TrafficSource::address)
                                .filter(key::equals)
                                .findFirst());
    }

    private static Answer invalid(Form form, List<Problem> problems) {
        problems.forEach(problem -> form.problem(problem.parameter(), problem.message()));
        return Answer.invalid(form.problems());
    }

    private static ObjectNode json(Resend.Done done, boolean isDry) {
        var node = Json.object();
        node.put("dryRun", isDry)
                .put("matched", done.matched())
                .put("resent", done.resent())
                .put("superseded", done.superseded())
                .put("left", done.left());
        var reasons = node.putArray("reasons");
        for (var reason : done.reasons()) {
            var entry = reasons.addObject().put("httpStatus", reason.httpStatus());
            Json.putText(entry, "note", reason.note());
            entry.put("count", reason.count());
        }
        return node;
    }

    private Answer backfill(Call call, ObjectNode body) {
        var form = new Form(body);
        form.onlyFields(Set.of("from", "to", "tz", "cursor", "dryRun"));
        var period = texts(form, Set.of("from", "to", "tz", "cursor"));
        boolean isDry = form.flag("dryRun", false);
        var destination = context.ledger().catalog().destination(call.path("key"));
        if (destination.isEmpty()) {
            return Answer.notFound("There is no destination \"" + call.path("key") + '"');
        }
        if (destination.get().archived()) {
            return conflict("archived", "The destination is archived; PUT brings it back into use");
        }
        return switch (Backfill.period(period)) {
            case Backfill.Read.Invalid(var problems) -> invalid(form, problems);
            case Backfill.Read.Valid valid ->
                    form.problems().isEmpty()
                            ? Answer.json(
                                    json(
                                            new Backfill(context)
                                                    .run(
                                                            destination.get(),
                                                            valid,
                                                            isDry,
                                                            call.by()),
                                            isDry))
                            : Answer.invalid(form.problems());
        };
    }

    private static ObjectNode json(Backfill.Done done, boolean isDry) {
        var node = Json.object();
        node.put("dryRun", isDry).put("matched", done.matched()).put("told", done.told());
        var untold = node.putArray("untold");
        for (var why : done.untold()) {
            untold.addObject()
                    .put("why", why.why())
                    .put("message", why.message())
                    .put("count", why.count());
        }
        return node.put("next", done.next());
    }
}
