package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.report.Dimension;
import matchback.report.FeedReport;
import matchback.report.FeedReport.Gaps;
import matchback.report.Metric;
import matchback.report.ReportQuery;

/// Who told of the conversions, servers or browsers, and how far apart they did.
final class FeedsApi {
    private static final String GAPS = "gaps";

    private final ConsoleContext context;
    private final ConsoleConfig config;

    FeedsApi(ConsoleContext context, ConsoleConfig config) {
        this.context = context;
        this.config = config;
    }

    Operation operation() {
        var dimensions = Arrays.stream(Dimension.values()).map(Dimension::word).toList();
        var operation =
                Operation.get(
                                CatalogApi.ROOT + "feeds",
                                "feeds",
                                "reports",
                                "Conversions by who told of them: servers, browsers or both; every"
                                        + " dimension is a filter too",
                                this::feeds)
                        .query(
                                "group",
                                Schema.text("Up to 3 dimensions of a report; default: browser"))
                        .query("metrics", Schema.text("Of a report; default: " + metrics()))
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
                                        List.of("conversion", "click")));
        for (var word : dimensions) {
            operation = operation.query(word, Schema.text("Only rows with this value"));
        }
        return operation.anyQuery().answers(200, "FeedReport");
    }

    private static String metrics() {
        return FeedReport.METRICS.stream().map(Metric::word).collect(Collectors.joining(","));
    }

    private Answer feeds(Call call) {
        var values = new TreeMap<>(call.query());
        values.putIfAbsent("tz", config.zone().getId());
        values.putIfAbsent("group", Dimension.BROWSER.word());
        values.putIfAbsent("metrics", metrics());
        return switch (ReportQuery.parse(values)) {
            case ReportQuery.Parsed.Invalid(var problems) ->
                    Operation.badQuery(ListsApi.fieldProblems(problems));
            case ReportQuery.Parsed.Valid(var query) ->
                    Answer.json(json(context.reports().feeds(query)));
        };
    }

    private static ObjectNode json(FeedReport found) {
        var node = ReportJson.of(found.report());
        for (int i = 0; i < found.gaps().size(); i++) {
            put((ObjectNode) node.path("rows").path(i), found.gaps().get(i));
        }
        put((ObjectNode) node.path("totals"), found.totals());
        return node;
    }

    private static void put(ObjectNode row, Gaps gaps) {
        var node = row.putObject(GAPS).put("conversions", gaps.conversions());
        if (gaps.conversions() == 0) {
            node.putNull("p50").putNull("p95");
        } else {
            node.put("p50", gaps.half()).put("p95", gaps.most());
        }
    }

    static Map<String, ObjectNode> schemas() {
        var count = Schema.integer("", 0, Long.MAX_VALUE);
        return Map.of(
                "FeedGaps",
                Schema.object(
                        "Milliseconds between the two sides' first reports of a conversion",
                        List.of(
                                FieldSpec.required("conversions", count),
                                FieldSpec.required("p50", Schema.orNull(count.deepCopy())),
                                FieldSpec.required("p95", Schema.orNull(count.deepCopy())))),
                "FeedRow",
                row(),
                "FeedReport",
                Schema.object(
                        "A report with the gaps between servers and browsers",
                        List.of(
                                FieldSpec.required("rows", Schema.list("", Schema.ref("FeedRow"))),
                                FieldSpec.required("totals", Schema.ref("FeedRow")),
                                FieldSpec.required("currency", Schema.text("ISO 4217")),
                                FieldSpec.required("tz", Schema.text("Zone of days")),
                                FieldSpec.required("from", Schema.time("Inclusive")),
                                FieldSpec.required("to", Schema.time("Exclusive")))));
    }

    private static ObjectNode row() {
        var value = Json.object();
        value.putArray("type").add("string").add("integer");
        var row = Json.object().put("type", "object");
        row.put("description", "Dimensions as texts, counts as integers, decimals as texts");
        row.set("additionalProperties", Schema.orNull(value));
        row.putObject("properties").set(GAPS, Schema.ref("FeedGaps"));
        return row;
    }
}
