package matchback.console.pages;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import matchback.console.pages.ReportPage.Cell;
import matchback.console.pages.ReportPage.Column;
import matchback.console.pages.ReportPage.Row;
import matchback.report.Dimension;
import matchback.report.Metric;
import matchback.report.Report;
import matchback.report.Report.Line;
import matchback.report.Report.Values;
import matchback.report.ReportQuery;
import matchback.report.TimePart;
import org.jspecify.annotations.Nullable;

/// A report in cells, as the page shows it.
final class ReportTable {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);

    private final Visit visit;
    private final Report report;
    private final ReportQuery query;
    private final List<Values> before;
    private final Names names;

    /// @param before what stands beside each row; empty when nothing does
    ReportTable(Visit visit, Report report, ReportQuery query, List<Values> before) {
        this.visit = visit;
        this.report = report;
        this.query = query;
        this.before = before;
        this.names = new Names(visit.catalog());
    }

    /// `hour` or `day` when the rows are a time line; else empty.
    String step() {
        return report.group().size() != 1
                ? ""
                : report.group()
                        .getFirst()
                        .timePart()
                        .filter(part -> part == TimePart.HOUR || part == TimePart.DAY)
                        .map(part -> part.name().toLowerCase(Locale.ROOT))
                        .orElse("");
    }

    List<Column> columns() {
        var columns = new ArrayList<Column>();
        for (var dimension : report.group()) {
            boolean sorted =
                    query.sort() instanceof ReportQuery.Sort.ByDimension(var by, _)
                            && by == dimension;
            columns.add(
                    column(
                            visit.texts().orElse("dimension." + dimension.word(), dimension.word()),
                            dimension.word(),
                            sorted,
                            false,
                            ""));
        }
        var drawn = drawn();
        for (var metric : report.metrics()) {
            boolean sorted =
                    query.sort() instanceof ReportQuery.Sort.ByMetric(var by, _) && by == metric;
            int place = drawn.indexOf(metric);
            columns.add(
                    column(
                            visit.texts().of("metric." + metric.word()),
                            metric.word(),
                            sorted,
                            true,
                            place < 0 ? "" : place == 0 ? "bars" : "line"));
        }
        return columns;
    }

    /// What the chart draws: the first count as bars, up to two amounts as lines.
    List<Metric> drawn() {
        if (step().isEmpty()) {
            return List.of();
        }
        var drawn = new ArrayList<Metric>();
        report.metrics().stream()
                .filter(metric -> metric.type() == Metric.Type.COUNT)
                .findFirst()
                .ifPresent(drawn::add);
        if (!drawn.isEmpty()) {
            report.metrics().stream()
                    .filter(metric -> metric.type() == Metric.Type.MONEY)
                    .limit(2)
                    .forEach(drawn::add);
        }
        return drawn;
    }

    private Column column(
            String label, String word, boolean sorted, boolean isNumber, String series) {
        boolean descending = sorted && query.sort().descending();
        boolean next = sorted ? !descending : isNumber;
        return new Column(
                label,
                isNumber,
                !sorted ? "" : descending ? "descending" : "ascending",
                visit.with(Map.of("sort", (next ? "-" : "") + word)),
                series,
                series.isEmpty() ? "" : series.equals("bars") ? "count" : "money");
    }

    List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < report.rows().size(); i++) {
            var line = report.rows().get(i);
            rows.add(
                    new Row(
                            dimensions(line),
                            metrics(line.values(), before.isEmpty() ? null : before.get(i))));
        }
        return rows;
    }

    /// @param then what they were in the period before; null when it is not compared
    List<Cell> metrics(Values values, @Nullable Values then) {
        var cells = new ArrayList<Cell>();
        for (var metric : report.metrics()) {
            var value = visit.formats().value(metric, values);
            int sign = value.map(BigDecimal::signum).orElse(0);
            boolean toned = metric == Metric.PROFIT || metric == Metric.ROI;
            cells.add(
                    new Cell(
                            visit.formats().metric(metric, values),
                            "",
                            toned && sign != 0 ? sign < 0 ? "neg" : "pos" : "",
                            value.map(BigDecimal::toPlainString).orElse(""),
                            then == null ? "" : change(metric, values, then)));
        }
        return cells;
    }

    /// `34 · +12 %`: what it was, and by how much it is more or less.
    private String change(Metric metric, Values now, Values then) {
        var was = visit.formats().value(metric, then);
        if (was.isEmpty()) {
            return Formats.MISSING;
        }
        var text = visit.formats().metric(metric, then);
        var is = visit.formats().value(metric, now);
        if (is.isEmpty() || was.get().signum() == 0) {
            return text;
        }
        var change = is.get().subtract(was.get());
        var ratio = change.divide(was.get().abs(), 6, RoundingMode.HALF_UP);
        var sign = ratio.signum() > 0 ? "+" : ratio.signum() == 0 ? "±" : "";
        return text + " · " + sign + visit.formats().percent(ratio);
    }

    private List<Cell> dimensions(Line line) {
        var cells = new ArrayList<Cell>();
        for (int i = 0; i < report.group().size(); i++) {
            cells.add(dimension(report.group().get(i), line.dimensions().get(i)));
        }
        return cells;
    }

    private Cell dimension(Dimension dimension, String value) {
        var part = dimension.timePart();
        return new Cell(
                shown(names, dimension, value),
                drill(dimension, value),
                "",
                part.map(of -> second(of, value)).orElse(""));
    }

    /// A value as people know it: the name of a thing, a day of the week.
    static String shown(Names names, Dimension dimension, String value) {
        return switch (dimension) {
            case CAMPAIGN -> names.campaign(value);
            case OFFER -> names.offer(value);
            case SOURCE -> names.source(value);
            case SENDER -> names.sender(value);
            case DESTINATION -> names.destination(value);
            case APP -> names.app(value);
            case HOUR -> HOUR.format(OffsetDateTime.parse(value));
            case DAY -> DAY.format(LocalDate.parse(value));
            case WEEKDAY ->
                    value.isEmpty()
                            ? value
                            : value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
            default -> value.equals(Dimension.UNKNOWN) ? Formats.MISSING : value;
        };
    }

    /// The same report for this value alone: by the dimensions that are left, or by the next.
    private String drill(Dimension dimension, String value) {
        var changes = new LinkedHashMap<String, List<String>>();
        changes.put(dimension.word(), List.of(value));
        var left =
                report.group().stream()
                        .filter(other -> other != dimension)
                        .map(Dimension::word)
                        .toList();
        changes.put("group", left.isEmpty() ? List.of(next(dimension)) : left);
        changes.put("sort", List.of());
        return visit.withAll(changes);
    }

    private static String next(Dimension dimension) {
        return switch (dimension) {
            case CAMPAIGN -> Dimension.OFFER.word();
            case MONTH, WEEK, WEEKDAY -> Dimension.DAY.word();
            case DAY -> Dimension.HOUR.word();
            case HOUR -> Dimension.CAMPAIGN.word();
            default -> Dimension.DAY.word();
        };
    }

    /// Where a chart has it; empty for what no chart has.
    private static String second(TimePart part, String value) {
        return switch (part) {
            case HOUR -> Long.toString(OffsetDateTime.parse(value).toEpochSecond());
            case DAY -> second(value);
            case WEEK, MONTH, WEEKDAY -> "";
        };
    }

    /// Noon in UTC: in every zone's chart it falls on the right day or close to it.
    private static String second(String day) {
        return Long.toString(
                LocalDate.parse(day).atTime(12, 0).atZone(ZoneId.of("UTC")).toEpochSecond());
    }
}
