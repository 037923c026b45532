package matchback.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import matchback.ledger.Column;
import matchback.report.CostSql.Family;
import matchback.report.Measure.Branch;
import matchback.report.ReportQuery.Clock;
import matchback.report.ReportQuery.Sort;

/// The SQL of a report. One statement gives the rows and, as the last one, the totals, so that both
/// are of the same moment; the totals are sums over all groups, and exact because sums add up.
///
/// Each branch (visits, stated costs, conversions, postbacks, deliveries) is grouped by itself,
/// with conditions as plain as its measures allow, and then the groups are put together: that takes
/// a third of the time of one pass with a condition for each measure.
///
/// Columns of the answer: whether it is the totals, the dimensions, the measures.
final class ReportSql {
    private final Dialect dialect;
    private final String currency;
    private final ReportQuery query;
    private final Period period;
    private final List<Measure> measures;
    private final CostSql costs;
    private final List<Object> parameters = new ArrayList<>();

    /// @param costs that were stated, touching the period; none when the question is not of costs
    ReportSql(Dialect dialect, String currency, ReportQuery query, Period period, Costs costs) {
        this.dialect = dialect;
        this.currency = currency;
        this.query = query;
        this.period = period;
        this.measures = List.copyOf(measures(query));
        var columns = new ArrayList<Column>();
        query.group().forEach(dimension -> dimension.column().ifPresent(columns::add));
        query.filters().keySet().forEach(d -> d.column().ifPresent(columns::add));
        this.costs =
                new CostSql(
                        dialect, period, costs.families(), costs.days(), columns, query.withBots());
    }

    /// What was stated, or is paid by the day.
    record Costs(List<Family> families, List<DailyCosts.Day> days) {
        static final Costs NONE = new Costs(List.of(), List.of());
    }

    /// Whether what was stated has a part in the answer.
    static boolean asksForCosts(ReportQuery query) {
        return measures(query).stream().anyMatch(measure -> measure.branch() == Branch.STATED);
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
        var keys = new StringJoiner(", ");
        var blanks = new StringJoiner(", ");
        for (int i = 0; i < query.group().size(); i++) {
            keys.add("d" + i);
            blanks.add(query.group().get(i).column().isPresent() ? "''" : "0");
        }
        var sums = new StringJoiner(", ");
        measures.forEach(measure -> sums.add("sum(%s) AS %<s".formatted(measure.alias())));
        var with = costs.isNeeded() ? "WITH " + costs.text() : "";
        if (query.group().isEmpty()) {
            return "%s\nSELECT 1 AS part, %s FROM (\n%s) AS parts"
                    .formatted(with, sums, branches());
        }
        return """
        %s
        parts AS (
        %s),
        g AS (SELECT %s, %s FROM parts GROUP BY %s),
        top AS (SELECT 0 AS part, g.* FROM g ORDER BY %s LIMIT %d)
        SELECT * FROM (
            SELECT * FROM top
            UNION ALL
            SELECT 1, %s, %s FROM g) AS both_parts
        ORDER BY part, %s
        """
                .formatted(
                        with.isEmpty() ? "WITH" : with + ",",
                        branches(),
                        keys,
                        sums,
                        keys,
                        order(),
                        query.limit(),
                        blanks,
                        sums,
                        order());
    }

    /// How far apart the two sides' reports of a conversion came, whichever was first: the columns
    /// are whether it is the totals, the dimensions, how many conversions, and the percentiles
    /// [FeedReport#HALF] and [FeedReport#MOST].
    String gaps() {
        var at = time(Branch.CONVERSIONS);
        var columns = new StringJoiner("");
        var keys = new StringJoiner(", ");
        var blanks = new StringJoiner("");
        for (int i = 0; i < query.group().size(); i++) {
            columns.add(key(query.group().get(i), at) + " AS d" + i + ", ");
            keys.add("d" + i);
            blanks.add(query.group().get(i).column().isPresent() ? "'', " : "0, ");
        }
        var conditions = new ArrayList<>(conditions(Measure.BY_BOTH));
        conditions.add("feed_gap IS NOT NULL");
        var numbers =
                "count(*), %s, %s"
                        .formatted(
                                dialect.percentile("gap", FeedReport.HALF),
                                dialect.percentile("gap", FeedReport.MOST));
        var totals = "SELECT 1 AS part, " + blanks + numbers + " FROM gaps";
        return "WITH gaps AS (SELECT %sabs(feed_gap) AS gap FROM %s WHERE %s)\n%s"
                .formatted(
                        columns,
                        dialect.latestFacts(),
                        where(Branch.CONVERSIONS, conditions, at),
                        query.group().isEmpty()
                                ? totals
                                : "SELECT 0 AS part, %s, %s FROM gaps GROUP BY %1$s UNION ALL %3$s"
                                        .formatted(keys, numbers, totals));
    }

    private String branches() {
        return EnumSet.allOf(Branch.class).stream()
                .filter(branch -> branch != Branch.STATED || costs.isNeeded())
                .filter(branch -> measures.stream().anyMatch(m -> m.branch() == branch))
                .map(this::branch)
                .collect(Collectors.joining("UNION ALL\n"));
    }

    private String branch(Branch branch) {
        var own = measures.stream().filter(m -> m.branch() == branch).toList();
        var shared = new ArrayList<>(conditions(own.getFirst()));
        own.forEach(measure -> shared.retainAll(conditions(measure)));
        var columns = new StringJoiner(", ");
        var keys = new StringJoiner(", ");
        var at = time(branch);
        for (int i = 0; i < query.group().size(); i++) {
            columns.add(key(query.group().get(i), at) + " AS d" + i);
            keys.add("d" + i);
        }
        var some = new StringJoiner(" OR ");
        for (var measure : measures) {
            var rest = new ArrayList<>(conditions(measure));
            rest.removeAll(shared);
            columns.add(
                    measure.branch() == branch
                            ? measure.sql() + filter(rest) + " AS " + measure.alias()
                            : "NULL AS " + measure.alias());
            if (measure.branch() == branch) {
                some.add(rest.isEmpty() ? "TRUE" : "(" + String.join(" AND ", rest) + ")");
            }
        }
        return "SELECT %s\nFROM %s\nWHERE %s\n%s"
                .formatted(
                        columns,
                        branch == Branch.STATED ? "allocated" : dialect.latestFacts(),
                        where(branch, shared, at),
                        query.group().isEmpty() ? "" : groups(keys, some.toString()));
    }

    private List<String> conditions(Measure measure) {
        return measure.conditions(currency, query.withBots());
    }

    private static String filter(List<String> conditions) {
        return conditions.isEmpty()
                ? ""
                : " FILTER (WHERE " + String.join(" AND ", conditions) + ")";
    }

    /// A group is there when any of its facts counts for anything.
    private static String groups(StringJoiner keys, String some) {
        return some.contains("TRUE")
                ? "GROUP BY " + keys + "\n"
                : "GROUP BY " + keys + " HAVING count(*) FILTER (WHERE " + some + ") > 0\n";
    }

    private String where(Branch branch, List<String> shared, String at) {
        var where = new StringJoiner(" AND ");
        where.add(branch.condition());
        shared.forEach(where::add);
        where.add(
                "%1$s >= %2$d AND %1$s < %3$d"
                        .formatted(at, period.from().toEpochMilli(), period.to().toEpochMilli()));
        query.filters().forEach((dimension, value) -> where.add(equal(dimension, value, at)));
        return where.toString();
    }

    /// By which time the facts of a branch are found. A click that was never recorded may have
    /// none.
    private String time(Branch branch) {
        return branch == Branch.CONVERSIONS && query.clock() == Clock.CLICK
                ? "coalesce(click_at, fact_at)"
                : "fact_at";
    }

    private String equal(Dimension dimension, String value, String at) {
        var part = dimension.timePart();
        if (part.isPresent()) {
            parameters.add(part.get().key(value).orElseThrow());
            return key(dimension, at) + " = ?";
        }
        parameters.add(value);
        var column = dimension.column().orElseThrow().word();
        return value.equals(Dimension.UNKNOWN)
                ? "(%s IS NULL OR %<s = ?)".formatted(column)
                : column + " = ?";
    }

    private String key(Dimension dimension, String at) {
        var part = dimension.timePart();
        if (part.isPresent()) {
            var offset = ZoneSql.offset(query.tz(), at, period.from(), period.to());
            return part.get().sql(dialect, at, offset);
        }
        return "coalesce(%s, '%s')"
                .formatted(dimension.column().orElseThrow().word(), Dimension.UNKNOWN);
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
