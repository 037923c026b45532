package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import matchback.report.Comparison;
import matchback.report.Metric;
import matchback.report.Report;
import matchback.report.Report.Values;

/// The JSON form of reports: dimensions are texts, counts numbers, money and ratios texts, and what
/// has no value is null.
final class ReportJson {
    /// What stands beside a row or a report when it is compared, and how that is asked for.
    static final String PREVIOUS = "previous";

    private ReportJson() {}

    static ObjectNode of(Report report) {
        var node = Json.object();
        var rows = node.putArray("rows");
        for (var line : report.rows()) {
            var row = rows.addObject();
            for (int i = 0; i < report.group().size(); i++) {
                row.put(report.group().get(i).word(), line.dimensions().get(i));
            }
            put(row, report.metrics(), line.values());
        }
        put(node.putObject("totals"), report.metrics(), report.totals());
        node.put("currency", report.currency());
        node.put("tz", report.tz().getId());
        node.put("from", time(report.from(), report.tz()));
        return node.put("to", time(report.to(), report.tz()));
    }

    static ObjectNode of(Comparison comparison) {
        var report = comparison.report();
        var node = of(report);
        for (int i = 0; i < comparison.rows().size(); i++) {
            var row = (ObjectNode) node.path("rows").path(i);
            put(row.putObject(PREVIOUS), report.metrics(), comparison.rows().get(i));
        }
        var before = comparison.before();
        var previous = node.putObject(PREVIOUS);
        put(previous.putObject("totals"), report.metrics(), before.totals());
        previous.put("from", time(before.from(), report.tz()));
        previous.put("to", time(before.to(), report.tz()));
        return node;
    }

    private static void put(ObjectNode row, List<Metric> metrics, Values values) {
        for (var metric : metrics) {
            values.of(metric)
                    .ifPresentOrElse(
                            value -> put(row, metric, value), () -> row.putNull(metric.word()));
        }
    }

    static void put(ObjectNode row, Metric metric, BigDecimal value) {
        if (metric.type() == Metric.Type.COUNT) {
            row.put(metric.word(), value.longValueExact());
        } else {
            row.put(metric.word(), metric.text(value));
        }
    }

    private static String time(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
    }

    /// Schemas of the answers.
    static Map<String, ObjectNode> schemas() {
        var row = Json.object().put("type", "object");
        row.put("description", "Dimensions as texts, counts as integers, decimals as texts");
        row.set("additionalProperties", Schema.orNull(textOrCount()));
        row.putObject("properties")
                .set(PREVIOUS, Schema.map("What compare=previous adds", textOrCount()));
        return Map.of(
                "ReportRow",
                row,
                "Report",
                Schema.object(
                        "A report",
                        List.of(
                                FieldSpec.required(
                                        "rows", Schema.list("", Schema.ref("ReportRow"))),
                                FieldSpec.required("totals", Schema.ref("ReportRow")),
                                FieldSpec.required("currency", Schema.text("ISO 4217")),
                                FieldSpec.required("tz", Schema.text("Zone of days")),
                                FieldSpec.required("from", Schema.time("Inclusive")),
                                FieldSpec.required("to", Schema.time("Exclusive")),
                                FieldSpec.optional(PREVIOUS, Schema.ref("ReportBefore")))),
                "ReportBefore",
                Schema.object(
                        "The period before, as far as this one has come",
                        List.of(
                                FieldSpec.required("totals", Schema.ref("ReportRow")),
                                FieldSpec.required("from", Schema.time("Inclusive")),
                                FieldSpec.required("to", Schema.time("Exclusive")))));
    }

    static ObjectNode textOrCount() {
        var schema = Json.object();
        schema.putArray("type").add("string").add("integer");
        return schema;
    }
}
