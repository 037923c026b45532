package matchback.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import matchback.ledger.Column;

/// The SQL that spreads what was stated for slices over their clicks: the table `allocated`, with
/// the columns that a report groups and filters by, `fact_at`, `amount` (in the report currency,
/// what is to be added to the clicks' own cost) and `known` (clicks whose cost is known by this
/// alone).
///
/// Each click of a slice and period has an equal part of the amount in whole millionths; what is
/// left goes, one millionth each, to the clicks with the smallest record ids. So a click's part is
/// the same in every report, and parts add up to the amount in every grouping. Clicks are counted
/// over the whole period of a statement, also where the report's is shorter. An amount without any
/// click has a row of its own, dated to the beginning of its period.
final class CostSql {
    /// How statements meet the clicks' own cost, the words in the column and one more.
    enum Mode {
        /// Stands in for it; of one shape and slice they do not overlap.
        REPLACE,
        ADD,
        /// A campaign's own cost by the day; they do not overlap.
        DAILY;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// Statements of one shape and mode that touch a report's period.
    ///
    /// @param from of the earliest, epoch milliseconds
    /// @param to of the last
    record Family(List<Column> shape, Mode mode, long from, long to) {}

    /// The statements that are in force and touch a period, by shape and mode.
    static String familiesSql(Dialect dialect, Period period) {
        return """
        SELECT cost_shape, cost_mode, min(cost_from), max(cost_to)
        FROM %s
        WHERE %s
        GROUP BY cost_shape, cost_mode
        ORDER BY cost_shape, cost_mode
        """
                .formatted(dialect.latestFacts(), inForce(period));
    }

    static Family family(Row row) {
        var shape = new ArrayList<Column>();
        for (var word : row.text(0).split(",", -1)) {
            shape.add(Column.ofWord(word).orElseThrow());
        }
        var mode = row.text(1).equals("add") ? Mode.ADD : Mode.REPLACE;
        return new Family(List.copyOf(shape), mode, row.number(2), row.number(3));
    }

    private static String inForce(Period period) {
        return "%s AND cost_state = 'in_force' AND cost_from < %d AND cost_to > %d"
                .formatted(Kinds.COST, period.to().toEpochMilli(), period.from().toEpochMilli());
    }

    private final Dialect dialect;
    private final Period period;
    private final boolean withBots;
    private final List<Family> families;
    private final List<DailyCosts.Day> days;
    private final Set<String> columns = new LinkedHashSet<>();

    /// @param families of what was stated
    /// @param days of campaigns that are paid by the day
    /// @param wanted columns that the report groups and filters by
    /// @param withBots whether bots share in the cost
    CostSql(
            Dialect dialect,
            Period period,
            Collection<Family> families,
            List<DailyCosts.Day> days,
            Collection<Column> wanted,
            boolean withBots) {
        this.dialect = dialect;
        this.period = period;
        this.withBots = withBots;
        this.families = new ArrayList<>(families);
        this.days = days;
        if (!days.isEmpty()) {
            this.families.add(daily(days));
        }
        wanted.forEach(column -> columns.add(column.word()));
        this.families.forEach(family -> family.shape().forEach(c -> columns.add(c.word())));
    }

    private static Family daily(List<DailyCosts.Day> days) {
        long from = days.stream().mapToLong(d -> d.from().toEpochMilli()).min().orElseThrow();
        long to = days.stream().mapToLong(d -> d.to().toEpochMilli()).max().orElseThrow();
        return new Family(List.of(Column.CAMPAIGN), Mode.DAILY, from, to);
    }

    /// Whether there is anything to spread.
    boolean isNeeded() {
        return !families.isEmpty();
    }

    /// Common table expressions up to `allocated`, without the word WITH.
    String text() {
        return """
        stated AS (
        %s),
        hits AS (
        %s),
        shares AS (
            SELECT h.*, %s + CASE WHEN place <= amount %% clicks THEN 1 ELSE 0 END AS share
            FROM (
                SELECT hits.*,
                    row_number() OVER (
                        PARTITION BY s_high, s_low ORDER BY record_high, record_low) AS place,
                    count(*) OVER (PARTITION BY s_high, s_low) AS clicks
                FROM hits) AS h),
        allocated AS (
        %s
        UNION ALL
        %s)\
        """
                .formatted(
                        stated(),
                        families.stream()
                                .map(this::hits)
                                .collect(Collectors.joining("UNION ALL\n")),
                        dialect.quotient("amount", "clicks"),
                        perClick(),
                        withoutClicks());
    }

    private String stated() {
        var statements =
                """
                SELECT record_high AS s_high, record_low AS s_low, cost_shape AS shape,
                    cost_mode AS mode, cost_from AS s_from, cost_to AS s_to,
                    CAST(cost * 1000000 AS %s) AS amount%s
                FROM %s
                WHERE %s
                """
                        .formatted(
                                dialect.wholeNumber(64),
                                list(column -> ", " + column),
                                dialect.latestFacts(),
                                inForce(period));
        if (days.isEmpty()) {
            return statements;
        }
        var rows = new StringJoiner(",\n    ");
        for (int i = 0; i < days.size(); i++) {
            var day = days.get(i);
            rows.add(
                    "(%d, '%s', %d, %d, %d)"
                            .formatted(
                                    i,
                                    plain(day.campaign()),
                                    day.from().toEpochMilli(),
                                    day.to().toEpochMilli(),
                                    day.micros()));
        }
        return statements
                + """
                UNION ALL
                SELECT %d, CAST(n AS %s), '%s', '%s', day_from, day_to, CAST(micros AS %2$s)%s
                FROM (VALUES
                    %s) AS days(n, campaign, day_from, day_to, micros)
                """
                        .formatted(
                                Long.MIN_VALUE + 1,
                                dialect.wholeNumber(64),
                                Column.CAMPAIGN.word(),
                                Mode.DAILY.word(),
                                list(c -> c.equals(Column.CAMPAIGN.word()) ? ", " + c : ", NULL"),
                                rows);
    }

    /// A key that can stand in SQL as it is.
    private static String plain(String key) {
        if (!key.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("no key of a campaign");
        }
        return key;
    }

    /// The clicks of each statement of a family. Statements that do not overlap are found by the
    /// last that began before the click, which costs the same however many there are.
    private String hits(Family family) {
        var on = new StringJoiner(" AND ");
        for (var column : family.shape()) {
            on.add("coalesce(f.%s, '%s') = s.%1$s".formatted(column.word(), Dimension.UNKNOWN));
        }
        boolean isDisjoint = family.mode() != Mode.ADD;
        return """
        SELECT s.s_high, s.s_low, s.mode, s.amount,
            f.record_high, f.record_low, f.fact_at, f.cost%s
        FROM (
            SELECT record_high, record_low, fact_at, cost%s
            FROM %s
            WHERE %s AND fact_at >= %d AND fact_at < %d%s) AS f
        %s JOIN (SELECT * FROM stated WHERE shape = '%s' AND mode = '%s') AS s
            ON %s AND f.fact_at >= s.s_from%s
        WHERE f.fact_at < s.s_to
        """
                .formatted(
                        list(column -> ", f." + column),
                        list(column -> ", " + column),
                        dialect.latestFacts(),
                        Kinds.CLICK,
                        family.from(),
                        family.to(),
                        withBots ? "" : " AND is_bot = 0",
                        isDisjoint ? "ASOF" : "INNER",
                        family.shape().stream().map(Column::word).collect(Collectors.joining(",")),
                        family.mode().word(),
                        on,
                        isDisjoint ? "" : " AND f.fact_at < s.s_to");
    }

    /// One row a click. What stands in for its own cost takes that off again, once.
    private String perClick() {
        boolean isOnce = families.size() == 1 && families.getFirst().mode() != Mode.ADD;
        UnaryOperator<String> sum = isOnce ? e -> e : e -> "sum(" + e + ")";
        UnaryOperator<String> one = isOnce ? e -> e : e -> "max(" + e + ")";
        var replaces = one.apply("CASE WHEN mode = 'replace' THEN 1 ELSE 0 END");
        return """
        SELECT fact_at%s,
            CAST(stated + CASE WHEN replaces = 1 THEN 0 ELSE daily END AS DECIMAL(26, 0))
                * 0.000001
                - CASE WHEN replaces = 1 THEN coalesce(own, 0) ELSE 0 END AS amount,
            CASE WHEN own IS NULL THEN 1 ELSE 0 END AS known
        FROM (
            SELECT %s AS fact_at%s,
                %s AS stated,
                %s AS daily,
                %s AS replaces,
                %s AS own
            FROM shares
            WHERE fact_at >= %d AND fact_at < %d%s) AS c
        """
                .formatted(
                        list(column -> ", " + column),
                        one.apply("fact_at"),
                        list(column -> ", " + one.apply(column) + " AS " + column),
                        sum.apply("CASE WHEN mode = 'daily' THEN 0 ELSE share END"),
                        sum.apply("CASE WHEN mode = 'daily' THEN share ELSE 0 END"),
                        replaces,
                        one.apply("cost"),
                        period.from().toEpochMilli(),
                        period.to().toEpochMilli(),
                        isOnce ? "" : " GROUP BY record_high, record_low");
    }

    /// A day that nobody came on costs what was stated for the campaign then, if anything was.
    private String withoutClicks() {
        return """
        SELECT s_from%s, CAST(s.amount AS DECIMAL(26, 0)) * 0.000001, 0
        FROM stated AS s
        WHERE s.amount > 0 AND s.s_from >= %d AND s.s_from < %d
            AND NOT EXISTS (
                SELECT 1 FROM hits AS h WHERE h.s_high = s.s_high AND h.s_low = s.s_low)%s
        """
                .formatted(
                        list(column -> ", s." + column),
                        period.from().toEpochMilli(),
                        period.to().toEpochMilli(),
                        days.isEmpty()
                                ? ""
                                : """

                                    AND NOT (s.mode = 'daily' AND EXISTS (
                                        SELECT 1 FROM stated AS r
                                        WHERE r.mode = 'replace' AND r.shape = 'campaign'
                                            AND r.campaign = s.campaign
                                            AND r.s_from <= s.s_from AND r.s_to > s.s_from))\
                                """);
    }

    private String list(UnaryOperator<String> each) {
        return columns.stream().map(each).collect(Collectors.joining());
    }
}
