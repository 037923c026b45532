package matchback.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import matchback.report.ReportQuery.Sort;

/// The SQL of a report. One statement gives the rows and, as the last one, the totals, so that both
/// are of the same moment; the totals are sums over all groups, and exact because sums add up.
///
/// Columns of the answer: whether it is the totals, the dimensions, the measures.
final class ReportSql {
    private static final String CONVERTED = "kind IN (2, 3)";

    /// A click that was never recorded may have no time.
    private static final String CLICK_TIME = "coalesce(click_at, fact_at)";

    private final Dialect dialect;
    private final String currency;
    private final ReportQuery query;
    private final Period period;
    private final List<Measure> measures;
    private final List<Object> parameters = new ArrayList<>();

    ReportSql(Dialect dialect, String currency, ReportQuery query, Period period) {
        this.dialect = dialect;
        this.currency = currency;
        this.query = query;
        this.period = period;
        this.measures = List.copyOf(measures(query));
    }

    private static Set<Measure> measures(ReportQuery query) {
        var measures = EnumSet.noneOf(Measure.class);
        query.metrics().forEach(metric -> measures.addAll(metric.measures()));
        if (query.sort() instanceof Sort.ByMetric(var metric, _)) {
            measures.addAll(metric.measures());
        }
        return measures;
    }

    List<Measure> measures() {
        return measures;
    }

    /// Values for the question marks; complete once [#text()] was called.
    List<Object> parameters() {
        return parameters;
    }

    String text() {
        return query.group().isEmpty() ? totals() : rowsAndTotals();
    }

    private String totals() {
        return "SELECT 1, " + measureList() + "\nFROM " + source();
    }

    private String rowsAndTotals() {
        var dimensions = new StringJoiner(", ");
        var keys = new StringJoiner(", ");
        var blanks = new StringJoiner(", ");
        for (int i = 0; i < query.group().size(); i++) {
            var dimension = query.group().get(i);
            dimensions.add(key(dimension) + " AS d" + i);
            keys.add("d" + i);
            blanks.add(dimension.column().isPresent() ? "''" : "0");
        }
        var aliases = new StringJoiner(", ");
        var sums = new StringJoiner(", ");
        for (var measure : measures) {
            aliases.add(measure.alias());
            sums.add("sum(" + measure.alias() + ")");
        }
        return """
        WITH g AS MATERIALIZED (
            SELECT %s, %s
            FROM %s
            GROUP BY %s),
        top AS (SELECT 0 AS part, %s, %s FROM g ORDER BY %s LIMIT %d)
        SELECT * FROM (
            SELECT * FROM top
            UNION ALL
            SELECT 1, %s, %s FROM g) AS both_parts
        ORDER BY part, %s
        """
                .formatted(
                        dimensions,
                        measureList(),
                        source(),
                        keys,
                        keys,
                        aliases,
                        order(),
                        query.limit(),
                        blanks,
                        sums,
                        order());
    }

    private String measureList() {
        var list = new StringJoiner(",\n    ");
        for (var measure : measures) {
            list.add(measure.sql(currency, query.withBots()) + " AS " + measure.alias());
        }
        return list.toString();
    }

    /// The facts that matter, with `at`, the time they count by.
    private String source() {
        var where = new StringJoiner("\n    AND ");
        where.add("(" + timeRange() + ")");
        var wanted = new StringJoiner(" OR ");
        measures.stream()
                .map(measure -> measure.condition(currency, query.withBots()))
                .distinct()
                .forEach(condition -> wanted.add("(" + condition + ")"));
        where.add("(" + wanted + ")");
        query.filters().forEach((dimension, value) -> where.add(filter(dimension, value)));
        return dialect.latestFacts() + "\nWHERE " + where;
    }

    private String timeRange() {
        long from = period.from().toEpochMilli();
        long to = period.to().toEpochMilli();
        var byFact = "fact_at >= %d AND fact_at < %d".formatted(from, to);
        return switch (query.clock()) {
            case CONVERSION -> byFact;
            // Two ranges, so that an engine can still skip what lies outside both.
            case CLICK ->
                    "%1$s AND %2$s >= %3$d AND %2$s < %4$d OR NOT %1$s AND %5$s"
                            .formatted(CONVERTED, CLICK_TIME, from, to, byFact);
        };
    }

    private String filter(Dimension dimension, String value) {
        var part = dimension.timePart();
        if (part.isPresent()) {
            parameters.add(part.get().key(value).orElseThrow());
            return key(dimension) + " = ?";
        }
        var column = dimension.column().orElseThrow().word();
        parameters.add(value);
        return value.equals(Dimension.UNKNOWN)
                ? "(" + column + " IS NULL OR " + column + " = ?)"
                : column + " = ?";
    }

    private String key(Dimension dimension) {
        var at =
                switch (query.clock()) {
                    case CONVERSION -> "fact_at";
                    case CLICK ->
                            "(CASE WHEN %s THEN %s ELSE fact_at END)"
                                    .formatted(CONVERTED, CLICK_TIME);
                };
        return dimension
                .timePart()
                .map(part ->
                        part.sql(
                                dialect,
                                at,
                                ZoneSql.offset(query.tz(), at, period.from(), period.to())))
                .orElseGet(() ->
                        "coalesce(%s, '%s')"
                                .formatted(
                                        dimension.column().orElseThrow().word(),
                                        Dimension.UNKNOWN));
    }

    private String order() {
        var order = new StringJoiner(", ");
        var direction = query.sort().descending() ? " DESC NULLS LAST" : " ASC NULLS LAST";
        switch (query.sort()) {
            case Sort.ByMetric(var metric, _) -> order.add(metric.sortSql() + direction);
            case Sort.ByDimension(var dimension, _) ->
                    order.add("d" + query.group().indexOf(dimension) + direction);
        }
        for (int i = 0; i < query.group().size(); i++) {
            order.add("d" + i);
        }
        return order.toString();
    }
}
