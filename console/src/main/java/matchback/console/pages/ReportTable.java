package matchback.console.pages;

import java.math.BigDecimal;
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

/// A report in cells, as the page shows it.
final class ReportTable {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);

    private final Visit visit;
    private final Report report;
    private final ReportQuery query;
    private final Names names;

    ReportTable(Visit visit, Report report, ReportQuery query) {
        this.visit = visit;
        this.report = report;
        this.query = query;
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
        return report.rows().stream()
                .map(line -> new Row(dimensions(line), metrics(line.values())))
                .toList();
    }

    List<Cell> metrics(Values values) {
        var cells = new ArrayList<Cell>();
        for (var metric : report.metrics()) {
            var value = values.of(metric);
            int sign = value.map(BigDecimal::signum).orElse(0);
            boolean toned = metric == Metric.PROFIT || metric == Metric.ROI;
            cells.add(
                    new Cell(
                            visit.formats().metric(metric, values),
                            "",
                            toned && sign != 0 ? sign < 0 ? "neg" : "pos" : "",
                            value.map(BigDecimal::toPlainString).orElse("")));
        }
        return cells;
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
        if (part.isPresent()) {
            return time(part.get(), value);
        }
        var text =
                switch (dimension) {
                    case CAMPAIGN -> names.campaign(value);
                    case OFFER -> names.offer(value);
                    case SOURCE -> names.source(value);
                    case SENDER -> names.sender(value);
                    case DESTINATION -> names.destination(value);
                    case APP -> names.app(value);
                    default -> value;
                };
        if (value.equals(Dimension.UNKNOWN)) {
            return new Cell(Formats.MISSING, "", "", "");
        }
        return new Cell(text, drill(dimension, value), "", "");
    }

    /// The same report for this value alone.
    private String drill(Dimension dimension, String value) {
        var changes = new LinkedHashMap<String, String>();
        changes.put(dimension.word(), value);
        if (report.group().size() == 1) {
            changes.put("group", dimension == Dimension.CAMPAIGN ? "offer" : "day");
            changes.put("sort", "");
        }
        return visit.with(changes);
    }

    private static Cell time(TimePart part, String value) {
        return switch (part) {
            case HOUR -> {
                var hour = OffsetDateTime.parse(value);
                yield new Cell(HOUR.format(hour), "", "", Long.toString(hour.toEpochSecond()));
            }
            case DAY -> new Cell(DAY.format(LocalDate.parse(value)), "", "", second(value));
            case WEEK, MONTH -> new Cell(value, "", "", "");
            case WEEKDAY ->
                    new Cell(
                            value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1),
                            "",
                            "",
                            "");
        };
    }

    /// Noon in UTC: in every zone's chart it falls on the right day or close to it.
    private static String second(String day) {
        return Long.toString(
                LocalDate.parse(day).atTime(12, 0).atZone(ZoneId.of("UTC")).toEpochSecond());
    }
}
