package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.report.Comparison;
import matchback.report.DaySum;
import matchback.report.Dimension;
import matchback.report.Metric;
import matchback.report.Report;
import matchback.report.ReportQuery;

/// Reports, and the sums that must always be equal.
final class ReportApi {
    private static final String GROUP = "reports";
    private static final int SUM_DAYS = 7;
    private static final LocalDate DAY_MIN = LocalDate.of(1971, 1, 1);
    private static final LocalDate DAY_MAX = LocalDate.of(2200, 1, 1);

    private final ConsoleContext context;
    private final ConsoleConfig config;

    ReportApi(ConsoleContext context, ConsoleConfig config) {
        this.context = context;
        this.config = config;
    }

    List<Operation> operations() {
        return List.of(report(), sums());
    }

    private Operation report() {
        var dimensions = Arrays.stream(Dimension.values()).map(Dimension::word).toList();
        var metrics = Arrays.stream(Metric.values()).map(Metric::word).toList();
        var operation =
                Operation.get(
                                CatalogApi.ROOT + "report",
                                "report",
                                GROUP,
                                "A report; every dimension is a filter too",
                                this::report)
                        .query("group", Schema.text("Up to 3 of " + String.join(", ", dimensions)))
                        .query("metrics", Schema.text("Any of " + String.join(", ", metrics)))
                        .query("from", Schema.text("Inclusive; default: six days before today"))
                        .query("to", Schema.text("Exclusive; default: the end of today"))
                        .query("tz", Schema.text("Zone of days and hours"))
                        .query("sort", Schema.text("A metric or dimension; - for largest first"))
                        .query("limit", Schema.integer("Rows at most", 1, ReportQuery.LIMIT_MAX))
                        .query(
                                "clock",
                                Schema.words(
                                        "Whether conversions count at their own time or their"
                                                + " click's",
                                        List.of("conversion", "click")))
                        .query("include_bots", Schema.flag("Whether bots count as visitors"))
                        .query(
                                "compare",
                                Schema.words(
                                        "What stands beside each row",
                                        List.of(ReportJson.PREVIOUS)))
                        .query("format", Schema.words("Form", List.of("json", "csv")));
        for (var word : dimensions) {
            operation = operation.query(word, Schema.text("Only rows with this value"));
        }
        return operation.anyQuery().answers(200, "Report");
    }

    private Answer report(Call call) {
        var values = new TreeMap<>(call.query());
        values.putIfAbsent("tz", config.zone().getId());
        var format = call.query("format").orElse("json");
        var problems = new ArrayList<FieldProblem>();
        if (!format.equals("json") && !format.equals("csv")) {
            problems.add(new FieldProblem("format", "Expected is json or csv"));
        }
        var compare = call.query("compare");
        if (compare.isPresent() && !compare.get().equals(ReportJson.PREVIOUS)) {
            problems.add(new FieldProblem("compare", "Expected is previous, or nothing"));
        }
        return switch (ReportQuery.parse(values)) {
            case ReportQuery.Parsed.Invalid(var found) -> {
                problems.addAll(ListsApi.fieldProblems(found));
                yield Operation.badQuery(problems);
            }
            case ReportQuery.Parsed.Valid(var query) -> {
                if (!problems.isEmpty()) {
                    yield Operation.badQuery(problems);
                }
                if (call.isMoneyHidden() && query.isSortedByMoney()) {
                    yield Operation.badQuery(
                            List.of(
                                    new FieldProblem(
                                            "sort",
                                            "Amounts are hidden from you; sort by -clicks")));
                }
                yield compare.isPresent()
                        ? compared(context.reports().compared(query), format, call)
                        : plain(context.reports().report(query), format, call);
            }
        };
    }

    private static Answer plain(Report report, String format, Call call) {
        return format.equals("csv")
                ? Csv.answer(report, call.isMoneyHidden())
                : Answer.json(ReportJson.of(report));
    }

    private static Answer compared(Comparison comparison, String format, Call call) {
        if (format.equals("csv")) {
            return Csv.answer(comparison, call.isMoneyHidden());
        }
        return Answer.json(ReportJson.of(comparison));
    }

    private Operation sums() {
        return Operation.get(
                        CatalogApi.ROOT + "sums",
                        "sums",
                        GROUP,
                        "Postbacks by sender and day in UTC: received is the sum of the decisions",
                        this::sums)
                .query("from", Schema.text("First day").put("format", "date"))
                .query("to", Schema.text("Day after the last").put("format", "date"))
                .answers(200, "Sums");
    }

    private Answer sums(Call call) {
        var problems = new ArrayList<FieldProblem>();
        var tomorrow = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC).plusDays(1);
        var to = day(call, "to", problems).orElse(tomorrow);
        var from = day(call, "from", problems).orElse(to.minusDays(SUM_DAYS));
        if (problems.isEmpty() && !from.isBefore(to)) {
            problems.add(new FieldProblem("to", "The day after the last, so later than from"));
        }
        if (!problems.isEmpty()) {
            return Operation.badQuery(problems);
        }
        var node = Json.object();
        var items = node.putArray("items");
        var totals = new DaySum("", from, 0, 0, 0, 0, 0, 0);
        for (var sum : context.reports().daySums(from, to)) {
            var item = items.addObject().put("sender", sum.sender());
            item.put("day", sum.day().toString());
            putCounts(item, sum);
            totals = plus(totals, sum);
        }
        putCounts(node.putObject("totals"), totals);
        return Answer.json(node.put("from", from.toString()).put("to", to.toString()));
    }

    private static Optional<LocalDate> day(Call call, String name, List<FieldProblem> problems) {
        var text = call.query(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var day = LocalDate.parse(text.get());
            if (!day.isBefore(DAY_MIN) && !day.isAfter(DAY_MAX)) {
                return Optional.of(day);
            }
        } catch (DateTimeException _) {
            // Answered below.
        }
        problems.add(new FieldProblem(name, "A day from 1971 to 2199 is expected: 2026-01-31"));
        return Optional.empty();
    }

    private static void putCounts(ObjectNode node, DaySum sum) {
        node.put("received", sum.received());
        node.put("counted", sum.counted());
        node.put("updated", sum.updated());
        node.put("duplicate", sum.duplicate());
        node.put("held", sum.held());
        node.put("refused", sum.refused());
    }

    private static DaySum plus(DaySum a, DaySum b) {
        return new DaySum(
                a.sender(),
                a.day(),
                a.received() + b.received(),
                a.counted() + b.counted(),
                a.updated() + b.updated(),
                a.duplicate() + b.duplicate(),
                a.held() + b.held(),
                a.refused() + b.refused());
    }

    /// Schemas of the answers.
    static Map<String, ObjectNode> schemas() {
        var counts =
                Schema.map(
                        "received and the decisions it is the sum of",
                        Schema.integer("", 0, Long.MAX_VALUE));
        var schemas = new TreeMap<>(ReportJson.schemas());
        schemas.put(
                "Sums",
                Schema.object(
                        "Postbacks by sender and day",
                        List.of(
                                FieldSpec.required(
                                        "items",
                                        Schema.list("", Schema.map("", ReportJson.textOrCount()))),
                                FieldSpec.required("totals", counts),
                                FieldSpec.required("from", Schema.text("First day")),
                                FieldSpec.required("to", Schema.text("Day after the last")))));
        schemas.put("LiveNumbers", LiveApi.schema());
        return schemas;
    }
}
