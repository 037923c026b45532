package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.cost.CostDesk;
import matchback.console.cost.CostFile;
import matchback.console.cost.CostTally;
import matchback.console.cost.CostWish;
import matchback.console.cost.CostWords;
import matchback.console.csv.CsvFile.Unreadable;
import matchback.ledger.Fact.Kind;
import matchback.ledger.Wordless;
import matchback.model.RecordId;
import matchback.report.ListQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/costs`: what clicks cost, stated afterwards.
final class CostsApi {
    private static final Logger LOG = LoggerFactory.getLogger(CostsApi.class);
    private static final String GROUP = "costs";
    private static final String DRY_RUN = "dryRun";

    private final ConsoleContext context;
    private final ConsoleConfig config;
    private final Once once;
    private final CostDesk desk;

    CostsApi(ConsoleContext context, ConsoleConfig config, Once once) {
        this.context = context;
        this.config = config;
        this.once = once;
        this.desk = new CostDesk(context);
    }

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                HttpMethod.POST,
                                ConsoleConfig.COSTS_PATH,
                                "stateCost",
                                GROUP,
                                "State what clicks cost; 200 when it was in force already",
                                call -> CatalogApi.withBody(call, body -> state(call, body)))
                        .header(Once.KEY, Once.schema())
                        .request("CostWords")
                        .answers(200, "Cost")
                        .answers(201, "Cost"),
                Operation.get(
                                ConsoleConfig.COSTS_PATH,
                                "listCosts",
                                GROUP,
                                "Stated costs, those included that are replaced or undone",
                                this::list)
                        .query("from", Schema.text("Whose period begins then or later"))
                        .query("to", Schema.text("Whose period begins earlier"))
                        .query("tz", Schema.text("Zone of days in from and to"))
                        .query(
                                "cost_state",
                                Schema.words("", List.of("in_force", "replaced", "undone")))
                        .query("campaign", Schema.text("Key; other dimensions alike"))
                        .query("sort", Schema.text("at, cost or event_at; - for largest first"))
                        .query("limit", Schema.integer("Items at most", 1, ListQuery.LIMIT_MAX))
                        .query("cursor", Schema.text("next of the page before"))
                        .anyQuery()
                        .answers(200, "CostList"),
                Operation.of(
                                HttpMethod.POST,
                                ConsoleConfig.COSTS_PATH + "/{id}/undo",
                                "undoCost",
                                GROUP,
                                "Take a statement back; what it replaced is in force again",
                                this::undo)
                        .answers(204, ""),
                file());
    }

    private Operation file() {
        return Operation.of(
                        HttpMethod.POST,
                        ConsoleConfig.COSTS_CSV_PATH,
                        "stateCostsFile",
                        GROUP,
                        "State costs as CSV of up to "
                                + CostFile.ROWS_MAX
                                + " rows; with Accept: text/csv each row comes back with"
                                + " what became of it",
                        this::handIn)
                .query(
                        DRY_RUN,
                        Schema.words(
                                "Whether only to tell what would become of it",
                                List.of("true", "false")))
                .query(CostWords.ZONE, Schema.text("Zone of days; a column wins"))
                .query(CostWords.CURRENCY, Schema.text("ISO 4217; a column wins"))
                .query(CostWords.MODE, mode())
                .query(CostWords.NOTE, Schema.text("Why; a column wins"))
                .request("Text", CsvApi.TYPE)
                .answers(200, "CostsFileTaken");
    }

    private Answer state(Call call, ObjectNode body) {
        var form = new Form(body);
        form.onlyFields(words());
        var key = Once.key(call, form);
        var said = new LinkedHashMap<String, String>();
        for (var word : words()) {
            form.raw(word)
                    .ifPresent(value -> {
                        if (value.isTextual() || value.isNumber()) {
                            said.put(
                                    word,
                                    value.isNumber()
                                            ? value.decimalValue().toPlainString()
                                            : value.asText());
                        } else {
                            form.problem(word, "A text is expected");
                        }
                    });
        }
        if (!form.problems().isEmpty()) {
            return Answer.invalid(form.problems());
        }
        return switch (reader(config.zone()).read(said)) {
            case CostWords.Read.Bad(var problems) -> Answer.invalid(problems);
            case CostWords.Read.Good(var wish) ->
                    key.isEmpty()
                            ? stated(call, wish, desk.newId())
                            : once.answer(
                                    key,
                                    Idempotency.sha256(call.body()),
                                    mine ->
                                            Optional.of(
                                                    stated(
                                                            call,
                                                            wish,
                                                            RecordId.derived(
                                                                    mine.begunAt(),
                                                                    mine.digest()))));
        };
    }

    private CostWords reader(ZoneId zone) {
        return new CostWords(context.ledger().catalog(), zone, context.clock());
    }

    private Answer stated(Call call, CostWish wish, RecordId id) {
        return switch (desk.state(wish, call.by(), id)) {
            case CostDesk.Result.Done(var statement, var replaced) ->
                    Answer.json(201, CostJson.statement(statement).put("replaced", replaced));
            case CostDesk.Result.Known(var statement) ->
                    Answer.json(200, CostJson.statement(statement).put("replaced", 0));
        };
    }

    private Answer list(Call call) {
        return switch (ListQuery.parse(Kind.COST, call.query())) {
            case ListQuery.Parsed.Invalid(var problems) ->
                    Operation.badQuery(ListsApi.fieldProblems(problems));
            case ListQuery.Parsed.Valid(var query) -> {
                var page = context.reports().costs(query);
                var node = Json.object();
                var items = node.putArray("items");
                page.items().forEach(item -> items.add(CostJson.item(item)));
                yield Answer.json(node.put("next", page.next()));
            }
        };
    }

    private Answer undo(Call call) {
        var id = RecordId.parse(call.path("id"));
        var undone = id.map(of -> desk.undo(of, call.by())).orElse(CostDesk.Undone.MISSING);
        return switch (undone) {
            case DONE -> Answer.noContent();
            case NOT_IN_FORCE ->
                    Answer.problem(
                            409,
                            "not-in-force",
                            "The statement is not in force",
                            "It was undone, or another one stands in its place: undo that one");
            case MISSING ->
                    Answer.notFound(
                            "There is no statement "
                                    + call.path("id")
                                    + "; one of this very moment can be undone in a second");
        };
    }

    private Answer handIn(Call call) {
        if (!(call.context().get(ConsoleConfig.RECEIVED) instanceof Path file)) {
            throw new IllegalStateException("a file that was not received");
        }
        var problems = new ArrayList<FieldProblem>();
        var given =
                new CostFile.Given(
                        zone(call, problems),
                        call.query(CostWords.CURRENCY).orElse(""),
                        call.query(CostWords.MODE).orElse(""),
                        call.query(CostWords.NOTE).orElse(""),
                        call.by());
        if (!problems.isEmpty()) {
            return Operation.badQuery(problems);
        }
        boolean isDry = call.query(DRY_RUN).orElse("").equals("true");
        try {
            var costs = new CostFile(context, file, given);
            return call.header("Accept").toLowerCase(Locale.ROOT).contains(CsvApi.TYPE)
                    ? Answer.stream(
                                    CsvApi.TYPE + "; charset=utf-8",
                                    out -> taken(costs, isDry, out))
                            .with(
                                    "Content-Disposition",
                                    "attachment; filename=\"costs-result.csv\"")
                    : Answer.json(
                            CostJson.tally(
                                    taken(costs, isDry, OutputStream.nullOutputStream()), isDry));
        } catch (CompletionException e) {
            LOG.error("file not stored", Wordless.of(e));
            return Handing.notStored("Send the file again: nothing is stated twice");
        } catch (Unreadable e) {
            return Answer.problem(
                    422,
                    "unreadable-file",
                    "The file cannot be taken",
                    String.valueOf(e.getMessage()));
        }
    }

    private static CostTally taken(CostFile costs, boolean isDry, OutputStream out) {
        return isDry ? costs.preview(out) : costs.apply(out);
    }

    private ZoneId zone(Call call, List<FieldProblem> problems) {
        var text = call.query(CostWords.ZONE);
        try {
            return text.map(ZoneId::of).orElse(config.zone());
        } catch (DateTimeException _) {
            problems.add(
                    new FieldProblem(
                            CostWords.ZONE, "Expected is a time zone such as Europe/Berlin"));
            return config.zone();
        }
    }

    private static Set<String> words() {
        var words = new HashSet<>(CostWords.dimensions());
        words.addAll(CostWords.OWN);
        return words;
    }

    private static ObjectNode mode() {
        return Schema.words(
                "Whether it stands in for the clicks' own cost, or comes on top; default replace",
                List.of(CostWords.REPLACE, CostWords.ADD));
    }

    static Map<String, ObjectNode> schemas() {
        var words = new ArrayList<FieldSpec>();
        for (var dimension : CostWords.dimensions()) {
            words.add(
                    FieldSpec.optional(
                            dimension,
                            Schema.text(
                                    "Only clicks with this value; - for those without one",
                                    CostWords.VALUE_CHARS_MAX)));
        }
        words.add(FieldSpec.optional(CostWords.DATE, Schema.text("The day, if it is one")));
        words.add(FieldSpec.optional(CostWords.FIRST_DAY, Schema.text("First of several days")));
        words.add(FieldSpec.optional(CostWords.LAST_DAY, Schema.text("Last of several days")));
        words.add(FieldSpec.optional(CostWords.FROM, Schema.text("Day or time, inclusive")));
        words.add(FieldSpec.optional(CostWords.TO, Schema.text("Day or time, exclusive")));
        words.add(FieldSpec.optional(CostWords.ZONE, Schema.text("Zone of the days")));
        words.add(FieldSpec.required(CostWords.AMOUNT, Schema.amount("What they cost together")));
        words.add(
                FieldSpec.optional(
                        CostWords.CURRENCY, Schema.text("ISO 4217; default report currency")));
        words.add(
                FieldSpec.optional(
                        CostWords.RATE,
                        Schema.amount(
                                        "Worth of one unit in the report currency; default: the"
                                                + " rate of the period's last day")
                                .put("pattern", "^\\d{1,12}(\\.\\d{1,12})?$")));
        words.add(FieldSpec.optional(CostWords.MODE, mode()));
        words.add(FieldSpec.optional(CostWords.NOTE, Schema.text("Why", CostWords.NOTE_CHARS_MAX)));
        var schemas = new LinkedHashMap<String, ObjectNode>(CostJson.schemas());
        schemas.put(
                "CostWords",
                Schema.object("A cost of the clicks that have all of the values named", words));
        return schemas;
    }
}
