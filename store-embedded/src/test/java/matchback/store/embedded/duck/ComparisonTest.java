package matchback.store.embedded.duck;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import matchback.report.Comparison;
import matchback.report.Metric;
import matchback.report.Positions;
import matchback.report.Report.Values;
import matchback.report.ReportQuery;
import matchback.report.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stands beside a report: the same question of the period before, asked by itself.
class ComparisonTest {
    private static final Instant FROM = Instant.parse("2026-09-15T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-12T00:00:00Z");

    @TempDir Path folder;

    private DuckFacts store;

    @BeforeEach
    void open() {
        store = DuckFacts.open(folder, DuckConfig.DEFAULT);
        store.append(new SampleFacts(11, FROM, NOW).facts(4_000), Positions.NONE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Reports reports(String now) {
        return new Reports(store, "USD", InstantSource.fixed(Instant.parse(now)));
    }

    private static ReportQuery query(String... pairs) {
        var values = new TreeMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        values.put("metrics", "clicks,received,revenue");
        values.put("limit", "100000");
        return ((ReportQuery.Parsed.Valid) ReportQuery.parse(values)).query();
    }

    private static Map<List<String>, Values> beside(Comparison comparison) {
        var beside =
                new TreeMap<List<String>, Values>((a, b) -> a.toString().compareTo(b.toString()));
        IntStream.range(0, comparison.rows().size())
                .forEach(i ->
                        beside.put(
                                comparison.report().rows().get(i).dimensions(),
                                comparison.rows().get(i)));
        return beside;
    }

    @ParameterizedTest
    @CsvSource({
        // Whole months, of different lengths, with the end of daylight saving in one of them.
        "2026-11-01, 2026-12-01, Australia/Lord_Howe, 2026-10-01T00:00+10:30, 2026-11-01T00:00+11:00",
        "2026-10-01, 2026-11-01, America/New_York, 2026-09-01T00:00-04:00, 2026-10-01T00:00-04:00",
        // Days, over both ways of daylight saving.
        "2026-10-04, 2026-10-06, Australia/Lord_Howe, 2026-10-02T00:00+10:30, 2026-10-04T00:00+10:30",
        "2026-11-02, 2026-11-09, America/New_York, 2026-10-26T00:00-04:00, 2026-11-02T00:00-05:00",
        "2026-11-02, 2026-11-09, Asia/Kathmandu, 2026-10-26T00:00+05:45, 2026-11-02T00:00+05:45",
        // Neither.
        "2026-11-02T10:00, 2026-11-02T16:00, UTC, 2026-11-02T04:00Z, 2026-11-02T10:00Z"
    })
    void beside_each_row_stands_what_the_period_before_has_by_itself(
            String from, String to, String zone, String fromBefore, String toBefore) {
        var reports = reports("2027-01-01T00:00:00Z");

        var comparison =
                reports.compared(query("group", "sub1,status", "from", from, "to", to, "tz", zone));

        var before = comparison.before();
        assertThat(before.from()).isEqualTo(OffsetDateTime.parse(fromBefore).toInstant());
        assertThat(before.to()).isEqualTo(OffsetDateTime.parse(toBefore).toInstant());
        var alone =
                reports.report(
                        query(
                                "group",
                                "sub1,status",
                                "from",
                                before.from().toString(),
                                "to",
                                before.to().toString(),
                                "tz",
                                zone));
        assertThat(before.totals()).isEqualTo(alone.totals());
        var beside = beside(comparison);
        assertThat(beside).isNotEmpty();
        for (var line : alone.rows()) {
            if (beside.containsKey(line.dimensions())) {
                assertThat(beside.remove(line.dimensions())).isEqualTo(line.values());
            }
        }
        // The rest is new: it was nothing before.
        beside.values()
                .forEach(values -> assertThat(values.of(Metric.CLICKS)).contains(BigDecimal.ZERO));
    }

    @Test
    void days_stand_beside_days() {
        var comparison =
                reports("2027-01-01T00:00:00Z")
                        .compared(
                                query(
                                        "group",
                                        "day",
                                        "from",
                                        "2026-10-26",
                                        "to",
                                        "2026-11-09",
                                        "tz",
                                        "America/New_York"));

        var before = new TreeMap<String, Values>();
        comparison.before().rows().forEach(l -> before.put(l.dimensions().getFirst(), l.values()));
        assertThat(comparison.report().rows()).hasSize(14);
        beside(comparison)
                .forEach((labels, values) ->
                        assertThat(values)
                                .isEqualTo(
                                        before.get(
                                                LocalDate.parse(labels.getFirst())
                                                        .minusDays(14)
                                                        .toString())));
    }

    @Test
    void an_hour_that_comes_twice_has_nothing_beside_its_second_coming() {
        var comparison =
                reports("2027-01-01T00:00:00Z")
                        .compared(
                                query(
                                        "group",
                                        "hour",
                                        "from",
                                        "2026-11-01",
                                        "to",
                                        "2026-11-02",
                                        "tz",
                                        "America/New_York"));

        var beside = beside(comparison);
        assertThat(beside).containsEntry(List.of("2026-11-01T01:00-05:00"), new Values(Map.of()));
        assertThat(beside)
                .hasEntrySatisfying(
                        List.of("2026-11-01T01:00-04:00"),
                        values -> assertThat(values.of(Metric.CLICKS)).isPresent());
    }

    @Test
    void a_day_that_is_not_over_is_compared_as_far_as_it_has_come() {
        var zone = ZoneId.of("Asia/Kathmandu");
        var reports = reports("2026-11-10T07:30:00Z");

        var before =
                reports.compared(
                                query(
                                        "group",
                                        "hour",
                                        "from",
                                        "2026-11-10",
                                        "to",
                                        "2026-11-11",
                                        "tz",
                                        zone.getId()))
                        .before();

        assertThat(before.from().atZone(zone).toLocalDate()).isEqualTo("2026-11-09");
        assertThat(before.to())
                .isEqualTo(Instant.parse("2026-11-10T07:30:00Z").minus(Duration.ofDays(1)));
    }

    @Test
    void a_filter_on_a_day_is_one_on_the_same_day_before() {
        var reports = reports("2027-01-01T00:00:00Z");

        var comparison =
                reports.compared(
                        query(
                                "group",
                                "sub1",
                                "day",
                                "2026-11-04",
                                "from",
                                "2026-11-02",
                                "to",
                                "2026-11-09"));

        var alone =
                reports.report(query("group", "sub1", "from", "2026-10-28", "to", "2026-10-29"));
        assertThat(comparison.before().totals()).isEqualTo(alone.totals());
        assertThat(alone.totals().of(Metric.CLICKS).orElseThrow()).isPositive();
    }
}
