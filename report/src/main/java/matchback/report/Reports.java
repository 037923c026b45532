package matchback.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import matchback.report.Item.ClickItem;
import matchback.report.Item.ConversionItem;
import matchback.report.Item.CostItem;
import matchback.report.Item.DeliveryItem;
import matchback.report.Item.PostbackItem;
import matchback.report.Overview.HourPoint;
import matchback.report.Overview.ReasonCount;
import matchback.report.Report.Line;
import matchback.report.Report.Values;

/// Asks the columns. Every method blocks for as long as the engine needs; safe for use by many
/// threads.
public final class Reports {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int OVERVIEW_HOURS = 24;
    private static final int TROUBLES_MAX = 10;
    private static final int SLICES_MAX = 6;
    private static final List<Dimension> SLICED = List.of(Dimension.CAMPAIGN, Dimension.COUNTRY);
    private static final List<Metric> SLICE_METRICS =
            List.of(Metric.CLICKS, Metric.CONVERSIONS, Metric.REVENUE);
    private static final List<Metric> OVERVIEW_METRICS =
            List.of(
                    Metric.CLICKS,
                    Metric.UNIQUE_CLICKS,
                    Metric.BOTS,
                    Metric.CONVERSIONS,
                    Metric.PENDING,
                    Metric.REVENUE,
                    Metric.COST,
                    Metric.PROFIT,
                    Metric.CR,
                    Metric.EPC,
                    Metric.ROI,
                    Metric.COST_COVERAGE,
                    Metric.RECEIVED,
                    Metric.COUNTED,
                    Metric.UPDATED,
                    Metric.DUPLICATE,
                    Metric.HELD,
                    Metric.REFUSED,
                    Metric.DELIVERED,
                    Metric.DEAD_LETTERS);
    private static final List<Metric> HOUR_METRICS =
            List.of(
                    Metric.CLICKS,
                    Metric.CONVERSIONS,
                    Metric.REVENUE,
                    Metric.COST,
                    Metric.PROFIT,
                    Metric.RECEIVED);

    private final FactStore store;
    private final String currency;
    private final InstantSource clock;
    private final DailyCosts dailyCosts;
    private final Lists lists;

    /// Where no campaign is paid by the day.
    public Reports(FactStore store, String currency, InstantSource clock) {
        this(store, currency, clock, DailyCosts.NONE);
    }

    /// @param currency the report currency, in which revenue and cost are kept
    /// @param clock says what today is
    public Reports(FactStore store, String currency, InstantSource clock, DailyCosts dailyCosts) {
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException("currency '" + currency + "'; an ISO 4217 code");
        }
        this.store = store;
        this.currency = currency;
        this.clock = clock;
        this.dailyCosts = dailyCosts;
        this.lists = new Lists(store);
    }

    public Report report(ReportQuery query) {
        var period = query.period(clock);
        var sql = new ReportSql(store.dialect(), currency, query, period, costs(query, period));
        var text = sql.text();
        var rows = new ArrayList<Line>();
        var totals = new ArrayList<Values>();
        store.query(
                text,
                sql.parameters(),
                row -> {
                    var values = values(query, sql.measures(), row);
                    if (row.number(0) == 1) {
                        totals.add(values);
                    } else {
                        rows.add(new Line(labels(query, row), values));
                    }
                    return values;
                });
        return new Report(
                query.group(),
                query.metrics(),
                List.copyOf(rows),
                totals.getFirst(),
                currency,
                query.tz(),
                period.from(),
                period.to());
    }

    /// A report and, beside it, the same of the period before.
    public Comparison compared(ReportQuery query) {
        var report = report(query);
        var previous =
                new Previous(new Period(report.from(), report.to()), query.tz(), clock.instant());
        var before = report(query.during(previous.period(), previous::label));
        var byLabels = new HashMap<List<String>, Values>();
        before.rows().forEach(line -> byLabels.put(line.dimensions(), line.values()));
        var nothing = none(query.metrics());
        var rows = new ArrayList<Values>();
        for (var line : report.rows()) {
            var labels = new ArrayList<String>();
            for (int i = 0; i < query.group().size(); i++) {
                previous.label(query.group().get(i), line.dimensions().get(i))
                        .ifPresent(labels::add);
            }
            rows.add(
                    labels.size() < query.group().size()
                            ? new Values(Map.of())
                            : byLabels.getOrDefault(labels, nothing));
        }
        return new Comparison(report, before, rows);
    }

    private ReportSql.Costs costs(ReportQuery query, Period period) {
        if (!ReportSql.asksForCosts(query)) {
            return ReportSql.Costs.NONE;
        }
        return new ReportSql.Costs(
                store.query(
                        CostSql.familiesSql(store.dialect(), period), List.of(), CostSql::family),
                dailyCosts.within(period));
    }

    /// A report with how far apart the two sides told of its conversions.
    public FeedReport feeds(ReportQuery query) {
        var report = report(query);
        // The period as it was, however long that took.
        var period = new Period(report.from(), report.to());
        var sql = new ReportSql(store.dialect(), currency, query, period, ReportSql.Costs.NONE);
        var byLabels = new HashMap<List<String>, FeedReport.Gaps>();
        var totals = new ArrayList<FeedReport.Gaps>();
        store.query(
                sql.gaps(),
                sql.parameters(),
                row -> {
                    var gaps = FeedReport.Gaps.of(row, 1 + query.group().size());
                    return row.number(0) == 1
                            ? totals.add(gaps)
                            : byLabels.put(labels(query, row), gaps);
                });
        return FeedReport.of(report, byLabels, totals.getFirst());
    }

    private static List<String> labels(ReportQuery query, Row row) {
        var labels = new ArrayList<String>(query.group().size());
        for (int i = 0; i < query.group().size(); i++) {
            int column = 1 + i;
            labels.add(
                    query.group()
                            .get(i)
                            .timePart()
                            .map(part -> part.label(row.number(column)))
                            .orElseGet(() -> row.text(column)));
        }
        return labels;
    }

    private static Values values(ReportQuery query, List<Measure> measures, Row row) {
        var sums = new EnumMap<Measure, BigDecimal>(Measure.class);
        int column = 1 + query.group().size();
        for (var measure : measures) {
            sums.put(measure, row.decimal(column++));
        }
        var present = new EnumMap<Metric, BigDecimal>(Metric.class);
        for (var metric : query.metrics()) {
            metric.of(sums).ifPresent(value -> present.put(metric, value));
        }
        return new Values(present);
    }

    /// Has something called after every change of what can be asked; it must not block.
    public void onChange(Runnable listener) {
        store.onChange(listener);
    }

    /// Clicks, those of bots included.
    public Page<ClickItem> clicks(ListQuery query) {
        return lists.clicks(query);
    }

    public Page<PostbackItem> postbacks(ListQuery query) {
        return lists.postbacks(query);
    }

    /// How many items a list has in all, whatever page is asked for.
    public long count(ListQuery query) {
        return lists.count(query);
    }

    public Page<ConversionItem> conversions(ListQuery query) {
        return lists.conversions(query);
    }

    /// Costs that were stated, those included that are not in force any more.
    public Page<CostItem> costs(ListQuery query) {
        return lists.costs(query);
    }

    public Page<DeliveryItem> deliveries(ListQuery query) {
        return lists.deliveries(query);
    }

    /// What became of the postbacks, by sender and by day in UTC.
    ///
    /// @param from inclusive
    /// @param to exclusive
    public List<DaySum> daySums(LocalDate from, LocalDate to) {
        var day = TimePart.DAY.sql(store.dialect(), "fact_at", "0");
        var sql =
                """
                SELECT coalesce(sender, '-') AS sender_key, %s AS utc_day, count(*),
                    count(*) FILTER (WHERE decision = 'counted'),
                    count(*) FILTER (WHERE decision = 'updated'),
                    count(*) FILTER (WHERE decision = 'duplicate'),
                    count(*) FILTER (WHERE decision = 'held'),
                    count(*) FILTER (WHERE decision = 'refused')
                FROM %s
                WHERE %s AND fact_at >= %d AND fact_at < %d
                GROUP BY sender_key, utc_day
                ORDER BY utc_day, sender_key
                """
                        .formatted(
                                day,
                                store.dialect().latestFacts(),
                                Kinds.POSTBACK,
                                start(from),
                                start(to));
        return store.query(
                sql,
                List.of(),
                row ->
                        new DaySum(
                                row.text(0),
                                LocalDate.ofEpochDay(row.number(1)),
                                row.number(2),
                                row.number(3),
                                row.number(4),
                                row.number(5),
                                row.number(6),
                                row.number(7)));
    }

    private static long start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    /// The numbers of the overview page.
    ///
    /// @param conversionsMax how many of the latest conversions
    public Overview overview(ZoneId zone, int conversionsMax) {
        var now = clock.instant();
        var date = now.atZone(zone).toLocalDate();
        var day =
                new Period(
                        date.atStartOfDay(zone).toInstant(),
                        date.plusDays(1).atStartOfDay(zone).toInstant());
        var today = compared(question(List.of(), OVERVIEW_METRICS, day, zone));
        return new Overview(
                today.report().totals(),
                today.before().totals(),
                SLICED.stream().map(dimension -> breakdown(dimension, day)).toList(),
                hours(now),
                conversions(ListQuery.newest(matchback.ledger.Fact.Kind.CONVERSION, conversionsMax))
                        .items(),
                troubles(now));
    }

    private Overview.Breakdown breakdown(Dimension dimension, Period day) {
        var sort = new ReportQuery.Sort.ByMetric(Metric.CLICKS, true);
        var query =
                new ReportQuery(
                        List.of(dimension),
                        SLICE_METRICS,
                        day.from(),
                        day.to(),
                        ZoneOffset.UTC,
                        Map.of(),
                        sort,
                        SLICES_MAX,
                        ReportQuery.Clock.CONVERSION,
                        false);
        return new Overview.Breakdown(dimension, report(query).rows());
    }

    private List<HourPoint> hours(Instant now) {
        var last = now.truncatedTo(ChronoUnit.HOURS);
        var first = last.minus(OVERVIEW_HOURS - 1L, ChronoUnit.HOURS);
        var period = new Period(first, last.plus(1, ChronoUnit.HOURS));
        var byLabel = new HashMap<String, Values>();
        var query = question(List.of(Dimension.HOUR), HOUR_METRICS, period, ZoneOffset.UTC);
        for (var line : report(query).rows()) {
            byLabel.put(line.dimensions().getFirst(), line.values());
        }
        var points = new ArrayList<HourPoint>();
        for (var start = first; !start.isAfter(last); start = start.plus(1, ChronoUnit.HOURS)) {
            var values = byLabel.get(start.atOffset(ZoneOffset.UTC).toString());
            points.add(new HourPoint(start, values == null ? none(HOUR_METRICS) : values));
        }
        return points;
    }

    private static Values none(List<Metric> metrics) {
        var present = new EnumMap<Metric, BigDecimal>(Metric.class);
        metrics.forEach(metric -> metric.of(Map.of()).ifPresent(v -> present.put(metric, v)));
        return new Values(present);
    }

    private static ReportQuery question(
            List<Dimension> group, List<Metric> metrics, Period period, ZoneId zone) {
        var sort =
                group.isEmpty()
                        ? new ReportQuery.Sort.ByMetric(metrics.getFirst(), true)
                        : new ReportQuery.Sort.ByDimension(group.getFirst(), false);
        return new ReportQuery(
                group,
                metrics,
                period.from(),
                period.to(),
                zone,
                Map.of(),
                sort,
                ReportQuery.LIMIT_DEFAULT,
                ReportQuery.Clock.CONVERSION,
                false);
    }

    private List<ReasonCount> troubles(Instant now) {
        var sql =
                """
                SELECT decision, coalesce(reason, '-') AS why, count(*) AS postbacks
                FROM %s
                WHERE %s AND decision IN ('refused', 'held') AND fact_at >= %d
                GROUP BY decision, why
                ORDER BY postbacks DESC, decision, why
                LIMIT %d
                """
                        .formatted(
                                store.dialect().latestFacts(),
                                Kinds.POSTBACK,
                                now.minus(OVERVIEW_HOURS, ChronoUnit.HOURS).toEpochMilli(),
                                TROUBLES_MAX);
        return store.query(
                sql, List.of(), row -> new ReasonCount(row.text(0), row.text(1), row.number(2)));
    }
}
