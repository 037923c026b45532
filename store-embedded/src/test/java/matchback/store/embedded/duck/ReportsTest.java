package matchback.store.embedded.duck;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import matchback.ledger.Fact;
import matchback.report.DailyCosts;
import matchback.report.DailyCosts.Day;
import matchback.report.Dimension;
import matchback.report.Metric;
import matchback.report.Positions;
import matchback.report.Report;
import matchback.report.Report.Values;
import matchback.report.ReportQuery;
import matchback.report.ReportQuery.Clock;
import matchback.report.ReportQuery.Sort;
import matchback.report.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reports against sums made by hand, over facts of a seed.
class ReportsTest {
    /// Both days of daylight saving in New York and on Lord Howe lie in one of these.
    private static final List<List<Instant>> SPANS =
            List.of(
                    List.of(
                            Instant.parse("2026-03-05T00:00:00Z"),
                            Instant.parse("2026-04-08T00:00:00Z")),
                    List.of(
                            Instant.parse("2026-10-01T00:00:00Z"),
                            Instant.parse("2026-11-04T00:00:00Z")),
                    List.of(
                            Instant.parse("2026-12-28T00:00:00Z"),
                            Instant.parse("2027-01-05T00:00:00Z")),
                    List.of(
                            Instant.parse("2026-11-01T00:00:00Z"),
                            Instant.parse("2026-11-02T12:00:00Z")),
                    List.of(
                            Instant.parse("2026-03-07T12:00:00Z"),
                            Instant.parse("2026-03-09T00:00:00Z")),
                    List.of(
                            Instant.parse("2026-04-04T06:00:00Z"),
                            Instant.parse("2026-04-05T06:00:00Z")));

    private static final List<String> ZONES =
            List.of("UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York", "+14:00");
    private static final InstantSource NOW =
            InstantSource.fixed(Instant.parse("2026-11-01T23:30:00Z"));
    private static final List<Metric> ALL = List.of(Metric.values());

    @TempDir Path folder;

    private DuckFacts store;
    private Reports reports;

    @BeforeEach
    void open() {
        store = DuckFacts.open(folder, DuckConfig.DEFAULT);
        reports = new Reports(store, "USD", NOW);
    }

    @AfterEach
    void close() {
        store.close();
    }

    static Stream<List<Instant>> spans() {
        return SPANS.subList(0, 2).stream();
    }

    static Stream<List<Instant>> moreSpans() {
        return SPANS.subList(2, SPANS.size()).stream();
    }

    @ParameterizedTest
    @MethodSource("moreSpans")
    @Tag("long")
    void every_dimension_agrees_in_more_spans(List<Instant> span) {
        every_dimension_with_every_metric_agrees_with_sums_by_hand(span);
    }

    @ParameterizedTest
    @MethodSource("spans")
    void every_dimension_with_every_metric_agrees_with_sums_by_hand(List<Instant> span) {
        var facts = new SampleFacts(7, span.getFirst(), span.getLast()).facts(1_200);
        store.append(facts, Positions.NONE);

        for (var zone : ZONES) {
            for (var dimension : Dimension.values()) {
                if (dimension.timePart().isPresent() || zone.equals("UTC")) {
                    var query = query(List.of(dimension), span, ZoneId.of(zone));

                    assertAgrees(query, facts);
                }
            }
        }
        assertThat(ByHand.names(facts)).hasSizeGreaterThanOrEqualTo(23);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8, 9, 10, 11, 12})
    @Tag("long")
    void any_question_agrees_for_more_seeds(long seed) {
        any_question_agrees_with_sums_by_hand(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void any_question_agrees_with_sums_by_hand(long seed) {
        var span = SPANS.get((int) (seed % SPANS.size()));
        var sample = new SampleFacts(seed, span.getFirst(), span.getLast());
        var facts = sample.facts(900);
        store.append(facts, Positions.NONE);

        for (int i = 0; i < 25; i++) {
            assertAgrees(anyQuery(sample, facts), facts);
        }
    }

    private static ReportQuery anyQuery(SampleFacts sample, List<Fact> facts) {
        var random = sample.random();
        var group = new ArrayList<Dimension>();
        for (int n = random.nextInt(4); n > 0; n--) {
            var dimension = sample.one(List.of(Dimension.values()));
            if (!group.contains(dimension)) {
                group.add(dimension);
            }
        }
        var zone = ZoneId.of(sample.one(ZONES));
        var filters = new EnumMap<Dimension, String>(Dimension.class);
        if (random.nextBoolean()) {
            var dimension = sample.one(List.of(Dimension.values()));
            var fact = sample.one(facts);
            var at = Instant.ofEpochMilli(fact.at());
            filters.put(dimension, ByHand.label(fact, dimension, at, zone));
        }
        var metrics = new ArrayList<Metric>();
        for (int n = 1 + random.nextInt(5); n > 0; n--) {
            var metric = sample.one(ALL);
            if (!metrics.contains(metric)) {
                metrics.add(metric);
            }
        }
        Sort sort =
                group.isEmpty() || random.nextBoolean()
                        ? new Sort.ByMetric(
                                sample.one(random.nextInt(4) > 0 ? metrics : ALL),
                                random.nextBoolean())
                        : new Sort.ByDimension(sample.one(group), random.nextBoolean());
        var one = sample.instant();
        var other = sample.instant();
        return new ReportQuery(
                group,
                metrics,
                one.isBefore(other) ? one : other,
                one.isBefore(other) ? other : one.plusMillis(1),
                zone,
                filters,
                sort,
                random.nextBoolean() ? 100_000 : 1 + random.nextInt(10),
                sample.one(List.of(Clock.values())),
                random.nextBoolean());
    }

    private static ReportQuery query(List<Dimension> group, List<Instant> span, ZoneId zone) {
        return new ReportQuery(
                group,
                ALL,
                span.getFirst(),
                span.getLast(),
                zone,
                Map.of(),
                new Sort.ByMetric(Metric.CLICKS, true),
                100_000,
                Clock.CONVERSION,
                false);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 7, 8, 9, 10, 11, 12})
    @Tag("long")
    void stated_costs_add_up_for_more_seeds(long seed) {
        stated_costs_add_up_to_the_millionth_in_any_question(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void stated_costs_add_up_to_the_millionth_in_any_question(long seed) {
        var span = SPANS.get((int) (seed % SPANS.size()));
        var sample = new SampleFacts(seed, span.getFirst(), span.getLast());
        var facts = new ArrayList<>(sample.facts(700));
        // One family of statements is spread in another way than several.
        int slices = seed % 3 == 0 ? 1 : 1 + sample.random().nextInt(6);
        var costs = new SampleCosts(sample.random(), span.getFirst(), span.getLast(), slices);
        facts.addAll(costs.facts());
        store.append(facts, Positions.NONE);
        var days = seed % 2 == 0 ? costs.days() : List.<Day>of();
        reports = new Reports(store, "USD", NOW, days.isEmpty() ? DailyCosts.NONE : costs);

        for (int i = 0; i < 25; i++) {
            var query = anyQuery(sample, facts);
            var metrics = new ArrayList<>(query.metrics());
            List.of(Metric.COST, Metric.COST_COVERAGE).stream()
                    .filter(metric -> !metrics.contains(metric))
                    .forEach(metrics::add);

            assertAgrees(with(query, metrics), facts, days);
        }
    }

    private static ReportQuery with(ReportQuery query, List<Metric> metrics) {
        return new ReportQuery(
                query.group(),
                metrics,
                query.from(),
                query.to(),
                query.tz(),
                query.filters(),
                query.sort(),
                query.limit(),
                query.clock(),
                query.withBots());
    }

    private void assertAgrees(ReportQuery query, List<Fact> facts) {
        assertAgrees(query, facts, List.of());
    }

    private void assertAgrees(ReportQuery query, List<Fact> facts, List<Day> days) {
        var report = reports.report(query);
        var wanted = EnumSet.copyOf(query.metrics());
        if (query.sort() instanceof Sort.ByMetric(var metric, _)) {
            wanted.add(metric);
        }
        var expected = ByHand.rows(facts, days, query, report.from(), report.to(), wanted);
        var totals = expected.remove(List.<String>of());

        assertThat(texts(report.totals()))
                .as("totals of %s", query)
                .isEqualTo((totals == null ? new ByHand() : totals).values(query.metrics()));
        var found = new HashMap<List<String>, Map<Metric, String>>();
        for (var row : report.rows()) {
            var twice = found.put(row.dimensions(), texts(row.values()));
            assertThat(twice).as("row %s of %s", row.dimensions(), query).isNull();
        }
        var all = new HashMap<List<String>, Map<Metric, String>>();
        expected.forEach((labels, row) -> all.put(labels, row.values(query.metrics())));
        if (all.size() <= query.limit()) {
            assertThat(found).as("%s", query).isEqualTo(all);
        } else {
            assertThat(found).as("%s", query).hasSize(query.limit());
            assertThat(all.entrySet()).as("%s", query).containsAll(found.entrySet());
        }
        assertSorted(query, report, expected);
    }

    private static Map<Metric, String> texts(Values values) {
        var texts = new TreeMap<Metric, String>();
        values.present().forEach((metric, value) -> texts.put(metric, value.toPlainString()));
        return texts;
    }

    /// Whatever a limit leaves out is not before what is shown.
    private static void assertSorted(
            ReportQuery query, Report report, Map<List<String>, ByHand> expected) {
        if (!(query.sort() instanceof Sort.ByMetric(var metric, var descending))
                || !query.metrics().contains(metric)
                || EnumSet.of(Metric.VALUE, Metric.AOV).contains(metric)) {
            return;
        }
        var sequence = new ArrayList<BigDecimal>();
        var shown = new HashSet<List<String>>();
        for (var row : report.rows()) {
            shown.add(row.dimensions());
            row.values().of(metric).ifPresent(sequence::add);
        }
        if (descending) {
            assertThat(sequence).as("%s", query).isSortedAccordingTo((a, b) -> b.compareTo(a));
        } else {
            assertThat(sequence).as("%s", query).isSorted();
        }
        if (sequence.size() == report.rows().size() && !sequence.isEmpty()) {
            var last = sequence.getLast();
            expected.forEach((labels, row) ->
                    row.value(metric)
                            .filter(_ -> !shown.contains(labels))
                            .map(value -> value.compareTo(last))
                            .ifPresent(side ->
                                    assertThat(descending ? -side : side)
                                            .isGreaterThanOrEqualTo(0)));
        }
    }

    @Test
    void an_hour_that_comes_twice_is_two_rows() {
        var clicks =
                new SampleFacts(
                                3,
                                Instant.parse("2026-11-01T05:00:00Z"),
                                Instant.parse("2026-11-01T07:00:00Z"))
                        .facts(200);
        store.append(clicks, Positions.NONE);
        var span =
                List.of(
                        Instant.parse("2026-11-01T04:00:00Z"),
                        Instant.parse("2026-11-02T05:00:00Z"));

        var report =
                reports.report(query(List.of(Dimension.HOUR), span, ZoneId.of("America/New_York")));

        assertThat(report.rows().stream().map(row -> row.dimensions().getFirst()))
                .containsExactlyInAnyOrder("2026-11-01T01:00-04:00", "2026-11-01T01:00-05:00");
    }

    @Test
    void time_goes_forward_over_an_hour_that_comes_twice() {
        var facts =
                new SampleFacts(
                                4,
                                Instant.parse("2026-11-01T04:00:00Z"),
                                Instant.parse("2026-11-01T09:00:00Z"))
                        .facts(300);
        store.append(facts, Positions.NONE);
        var parsed =
                ReportQuery.parse(
                        Map.of(
                                "group",
                                "hour",
                                "tz",
                                "America/New_York",
                                "from",
                                "2026-11-01",
                                "to",
                                "2026-11-02"));

        var report = reports.report(((ReportQuery.Parsed.Valid) parsed).query());

        assertThat(report.rows().stream().map(row -> row.dimensions().getFirst()))
                .containsExactly(
                        "2026-11-01T00:00-04:00",
                        "2026-11-01T01:00-04:00",
                        "2026-11-01T01:00-05:00",
                        "2026-11-01T02:00-05:00",
                        "2026-11-01T03:00-05:00");
    }

    @Test
    void an_empty_store_has_totals_of_nothing() {
        var report = reports.report(ReportQuery.by(Dimension.CAMPAIGN));

        assertThat(report.rows()).isEmpty();
        assertThat(report.totals().of(Metric.CLICKS)).contains(new BigDecimal("0"));
        assertThat(report.totals().of(Metric.REVENUE).map(Metric.REVENUE::text)).contains("0.00");
        assertThat(report.totals().of(Metric.CR)).isEmpty();
    }

    @Test
    void the_default_period_ends_with_today_in_the_zone_asked_for() {
        var parsed = ReportQuery.parse(Map.of("group", "day", "tz", "Asia/Kathmandu"));

        var report = reports.report(((ReportQuery.Parsed.Valid) parsed).query());

        // There it is the second of November already.
        assertThat(report.from()).isEqualTo(Instant.parse("2026-10-26T18:15:00Z"));
        assertThat(report.to()).isEqualTo(Instant.parse("2026-11-02T18:15:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "'; DROP TABLE facts; --",
                "x' UNION SELECT 1 --",
                "?",
                "\\",
                "%s",
                "\0"
            })
    void a_filter_value_is_never_sql(String value) {
        var span = SPANS.getFirst();
        var facts = new SampleFacts(5, span.getFirst(), span.getLast()).facts(300);
        store.append(facts, Positions.NONE);
        var query =
                new ReportQuery(
                        List.of(Dimension.SUB1),
                        ALL,
                        span.getFirst(),
                        span.getLast(),
                        ZoneId.of("UTC"),
                        Map.of(Dimension.SUB2, value, Dimension.COUNTRY, value),
                        new Sort.ByMetric(Metric.CLICKS, true),
                        10,
                        Clock.CONVERSION,
                        false);

        assertThat(reports.report(query).rows()).isEmpty();
        assertAgrees(query(List.of(Dimension.SUB1), span, ZoneId.of("UTC")), facts);
    }
}
