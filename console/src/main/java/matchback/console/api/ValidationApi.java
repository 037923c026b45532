package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.ValidationDesk.Preview;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation;

/// Settings of validation, what it did, and what other settings would have found.
final class ValidationApi {
    private static final String PATH = CatalogApi.ROOT + "validation";
    private static final String GROUP = "validation";
    private static final int TIME_CHARS_MAX = 40;

    private final ConsoleContext context;
    private final ZoneId zone;

    ValidationApi(ConsoleContext context, ConsoleConfig config) {
        this.context = context;
        this.zone = config.zone();
    }

    List<Operation> operations() {
        return List.of(
                Operation.get(
                                PATH,
                                "showValidation",
                                GROUP,
                                "Settings of validation, and what it found since the start",
                                _ -> show())
                        .answers(200, "Validation"),
                Operation.of(
                                HttpMethod.PUT,
                                PATH,
                                "replaceValidation",
                                GROUP,
                                "Set what the checks do; what is left out is as by default",
                                call -> CatalogApi.withBody(call, body -> replace(call, body)))
                        .request("ValidationSettings")
                        .answers(200, "Validation"),
                Operation.of(
                                HttpMethod.POST,
                                PATH + "/preview",
                                "previewValidation",
                                GROUP,
                                "What settings would have found in a period; writes nothing",
                                call -> CatalogApi.withBody(call, this::preview))
                        .request("ValidationPreviewRequest")
                        .answers(200, "ValidationPreview"));
    }

    private Answer show() {
        var work = context.validation().work();
        var node = Json.object();
        node.set("settings", ValidationSettings.write(context.ledger().catalog().validation()));
        node.put("conversions", work.conversions());
        node.put("microsEach", Math.round(work.micros() * 10) / 10.0);
        node.set("found", counts(work.found()));
        return Answer.json(node);
    }

    private static ObjectNode counts(Map<FraudCheck, ? extends Number> found) {
        var node = Json.object();
        new TreeMap<>(found).forEach((check, count) -> node.put(check.word(), count.longValue()));
        return node;
    }

    private Answer replace(Call call, ObjectNode body) {
        var read = ValidationSettings.read(body);
        if (!read.problems().isEmpty()) {
            return Answer.invalid(read.problems());
        }
        save(context, read.settings(), call.by());
        return show();
    }

    private static void save(ConsoleContext context, Validation settings, String by) {
        context.ledger()
                .change(new CatalogChange(context.clock().millis(), by, settings))
                .toCompletableFuture()
                .join();
    }

    private Answer preview(ObjectNode body) {
        var form = new Form(body);
        form.onlyFields(Set.of("from", "to", "settings"));
        long from = time(form, "from");
        long to = time(form, "to");
        if (from >= to && form.problems().isEmpty()) {
            form.problem("to", "It must be later than from");
        }
        var settings =
                body.get("settings") instanceof ObjectNode wanted
                        ? ValidationSettings.read(wanted)
                        : new ValidationSettings.Read(
                                context.ledger().catalog().validation(), List.of());
        settings.problems()
                .forEach(problem -> form.problem("settings." + problem.field(), problem.message()));
        return form.problems().isEmpty()
                ? Answer.json(json(context.validation().preview(settings.settings(), from, to)))
                : Answer.invalid(form.problems());
    }

    private long time(Form form, String field) {
        var text = form.text(field, TIME_CHARS_MAX);
        var time = text.flatMap(t -> ReplayForm.time(t, zone));
        if (time.isEmpty()) {
            form.problem(field, "A day (2026-03-01) or a time (2026-03-01T12:00:00Z) is expected");
        }
        return time.map(Instant::toEpochMilli).orElse(0L);
    }

    private static ObjectNode json(Preview preview) {
        var node = Json.object();
        node.put("conversions", preview.conversions());
        node.put("suspected", preview.suspected());
        node.set("found", counts(preview.found()));
        var first = node.putArray("first");
        for (var sign : preview.first()) {
            first.addObject()
                    .put("clickId", sign.clickId())
                    .put("at", Instant.ofEpochMilli(sign.at()).toString())
                    .put("source", sign.source())
                    .put("publisher", sign.publisher())
                    .put("check", sign.check().word())
                    .put("evidence", sign.evidence());
        }
        return node.put("isCut", preview.isCut());
    }

    static Map<String, ObjectNode> schemas() {
        var schemas = new TreeMap<String, ObjectNode>();
        var counts =
                Schema.map("How many, by check", Schema.integer("Conversions", 0, Long.MAX_VALUE));
        schemas.put("ValidationSettings", ValidationSettings.schema());
        schemas.put(
                "Validation",
                Schema.object(
                        "Settings, and what was found since the start of the program",
                        List.of(
                                FieldSpec.required("settings", Schema.ref("ValidationSettings")),
                                FieldSpec.required(
                                        "conversions",
                                        Schema.integer("That were judged", 0, Long.MAX_VALUE)),
                                FieldSpec.required(
                                        "microsEach",
                                        Schema.decimal("Mean cost of judging one, in microseconds")
                                                .put("type", "number")),
                                FieldSpec.required("found", counts))));
        schemas.put(
                "ValidationPreviewRequest",
                Schema.object(
                        "A period, and settings to try",
                        List.of(
                                FieldSpec.required("from", Schema.text("Day or time, inclusive")),
                                FieldSpec.required("to", Schema.text("Day or time, exclusive")),
                                FieldSpec.optional("settings", Schema.ref("ValidationSettings")))));
        schemas.put("ValidationPreview", previewSchema(counts));
        return schemas;
    }

    private static ObjectNode previewSchema(ObjectNode counts) {
        return Schema.object(
                "What would have been found",
                List.of(
                        FieldSpec.required(
                                "conversions",
                                Schema.integer("Of the period", 0, Integer.MAX_VALUE)),
                        FieldSpec.required(
                                "suspected", Schema.integer("Of whatever", 0, Integer.MAX_VALUE)),
                        FieldSpec.required("found", counts),
                        FieldSpec.required(
                                "first",
                                Schema.list(
                                        "The first ones",
                                        Schema.object(
                                                "One",
                                                List.of(
                                                        FieldSpec.required(
                                                                "clickId",
                                                                Schema.text("Its click")),
                                                        FieldSpec.required(
                                                                "at",
                                                                Schema.time(
                                                                        "When it was reported")),
                                                        FieldSpec.required(
                                                                "source",
                                                                Schema.text("Key of the source")),
                                                        FieldSpec.required(
                                                                "publisher",
                                                                Schema.text(
                                                                        "As the click named it")),
                                                        FieldSpec.required(
                                                                "check",
                                                                Schema.text(
                                                                        "What it is suspected by")),
                                                        FieldSpec.required(
                                                                "evidence",
                                                                Schema.text("The figures")))))),
                        FieldSpec.required(
                                "isCut",
                                Schema.flag(
                                        "Whether the end of the period is missing, because"
                                                + " there was too much to read"))));
    }
}
