package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.bench.Bench;
import matchback.console.bench.BenchRun;
import matchback.console.bench.Comparison;
import matchback.console.bench.Habits;
import matchback.console.bench.TestGround.NoAnswer;
import matchback.console.templates.PostbackForm;
import matchback.console.templates.Templates;
import matchback.model.catalog.Sender;

/// The test bench: one test of a sender.
final class SenderTestApi {
    private static final String GROUP = "test bench";
    private static final int KEY_CHARS_MAX = 64;
    private static final int VALUES_MAX = 50;
    private static final int VALUE_CHARS_MAX = 500;

    private final ConsoleContext context;
    private final ConsoleConfig config;

    SenderTestApi(ConsoleContext context, ConsoleConfig config) {
        this.context = context;
        this.config = config;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                HttpMethod.POST,
                                CatalogApi.ROOT + "senders/{key}/test",
                                "testSender",
                                GROUP,
                                "Make a test click and send the sender's postback about it; nothing"
                                        + " of it reaches reports or destinations",
                                call -> CatalogApi.withBody(call, body -> test(call, body)))
                        .request("SenderTest")
                        .answers(200, "SenderTestResult"));
    }

    static Map<String, ObjectNode> schemas() {
        var schemas = new TreeMap<String, ObjectNode>();
        schemas.put(
                "SenderTest",
                Schema.object(
                        "What to send; {} for the sender's own template and its example values",
                        List.of(
                                FieldSpec.optional(
                                        "template",
                                        Schema.text(
                                                "Another template's key; appsflyer:event for one of"
                                                        + " several kinds of report")),
                                FieldSpec.optional(
                                        "values",
                                        Schema.map(
                                                "Other values by macro, such as {payout}",
                                                Schema.text("The value"))))));
        return schemas;
    }

    private Answer test(Call call, ObjectNode body) {
        var key = call.path("key");
        var sender = context.ledger().catalog().sender(key).filter(found -> !found.archived());
        if (sender.isEmpty()) {
            return Answer.notFound("There is no sender \"" + key + '"');
        }
        var form = new Form(body);
        form.onlyFields(Set.of("template", "values"));
        var postback = postback(form, sender.get());
        var values = values(form);
        values.keySet().stream()
                .filter(macro -> !postback.values().containsKey(macro))
                .forEach(macro ->
                        form.problem(
                                "values." + macro,
                                "The postback has no such macro; it has "
                                        + String.join(", ", postback.macros())));
        if (!form.problems().isEmpty()) {
            return Answer.invalid(form.problems());
        }
        try {
            var run =
                    new Bench(context.ledger(), context.ground())
                            .run(sender.get(), postback.with(values));
            return Answer.json(json(run, sender.get()));
        } catch (NoAnswer e) {
            return Answer.problem(
                    503,
                    "not-tested",
                    "The tracking listener took no test",
                    String.valueOf(e.getMessage()));
        }
    }

    /// Other than elsewhere an empty value says something: the network leaves it empty.
    private static Map<String, String> values(Form form) {
        var values = form.texts("values", VALUES_MAX, VALUE_CHARS_MAX);
        form.raw("values")
                .ifPresent(given ->
                        given.properties().stream()
                                .filter(one -> one.getValue().asText("x").isBlank())
                                .forEach(one -> values.put(one.getKey(), "")));
        return values;
    }

    private static PostbackForm postback(Form form, Sender sender) {
        var own = PostbackForm.of(sender);
        var named = form.text("template", KEY_CHARS_MAX);
        if (named.isEmpty()) {
            return own;
        }
        var template = Templates.catalogue().report(named.get());
        if (template.isEmpty()) {
            form.problem(
                    "template",
                    "There is no template \""
                            + named.get()
                            + '"'
                            + Nearest.hint(named.get(), Templates.catalogue().keys()));
        }
        return template.map(found -> PostbackForm.of(sender, found)).orElse(own);
    }

    private ObjectNode json(BenchRun run, Sender sender) {
        var node = Json.object();
        node.put(
                "postbackTemplate",
                config.publicUrl() + run.form().url(ConsoleConfig.inPath(sender)));
        node.put("postbackUrl", config.publicUrl() + run.target());
        var click = node.putObject("click");
        click.put("id", run.click().id());
        click.put("offer", run.offer().map(offer -> offer.key()).orElse(null));
        Json.putText(click, "offerUrl", run.click().offerUrl());
        node.putObject("answer")
                .put("status", run.reply().status())
                .put("body", run.reply().body());
        var parameters = node.putArray("parameters");
        for (var line : run.comparison().lines()) {
            parameters.add(line(line));
        }
        run.remarks().forEach(node.putArray("remarks")::add);
        new PostbackFinder(context)
                .find(run.recordId())
                .ifPresent(found -> node.set("postback", StoryJson.postback(found.story())));
        var habits = Habits.read(context.ledger(), run.form().query(), recent(context, sender));
        node.set("recent", habits(habits));
        return node;
    }

    private static List<matchback.model.RecordId> recent(ConsoleContext context, Sender sender) {
        return PostbackSearch.recent(context, sender.key(), Habits.POSTBACKS_MAX);
    }

    private static ObjectNode line(Comparison.Line line) {
        var node = Json.object();
        node.put("name", line.parameter());
        Json.putText(node, "template", line.template());
        Json.putText(node, "arrived", line.arrived());
        return node.put("found", line.found().word());
    }

    private static ObjectNode habits(Habits habits) {
        var node = Json.object();
        node.put("postbacks", habits.looked());
        var lines = node.putArray("parameters");
        for (var line : habits.lines()) {
            var entry = lines.addObject();
            entry.put("name", line.parameter());
            Json.putText(entry, "template", line.template());
            entry.put("missing", line.missing());
            entry.put("unfilled", line.unfilled());
            entry.put("extra", line.extra());
        }
        return node;
    }
}
