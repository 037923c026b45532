package matchback.store.embedded.duck;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.report.Dimension;
import matchback.report.FeedReport;
import matchback.report.FeedReport.Gaps;
import matchback.report.Metric;
import matchback.report.Positions;
import matchback.report.ReportQuery;
import matchback.report.ReportQuery.Clock;
import matchback.report.ReportQuery.Sort;
import matchback.report.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Feeds side by side, against facts counted by hand.
final class FeedReportsTest {
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-11T00:00:00Z");

    @TempDir Path folder;

    private DuckFacts store;
    private Reports reports;
    private List<Fact> facts;

    @BeforeEach
    void open() {
        store = DuckFacts.open(folder, DuckConfig.DEFAULT);
        reports = new Reports(store, "USD", InstantSource.fixed(TO));
        facts = new SampleFacts(11, FROM, TO).facts(2_000);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static ReportQuery query(Clock clock, Map<Dimension, String> only, Dimension... group) {
        return new ReportQuery(
                List.of(group),
                FeedReport.METRICS,
                FROM,
                TO,
                ZoneOffset.UTC,
                only,
                new Sort.ByMetric(Metric.CONVERSIONS, true),
                1_000,
                clock,
                false);
    }

    /// Gaps of the conversions that count, by their labels.
    private Map<List<String>, List<Long>> byHand(ReportQuery query) {
        var gaps = new HashMap<List<String>, List<Long>>();
        for (var fact : facts) {
            var gap = fact.numbers().get(Column.FEED_GAP);
            if (fact.kind() != Kind.CONVERSION
                    || gap == null
                    || "rejected".equals(fact.texts().get(Column.STATUS))) {
                continue;
            }
            var at =
                    Instant.ofEpochMilli(
                            query.clock() == Clock.CLICK
                                    ? fact.numbers().getOrDefault(Column.CLICK_AT, fact.at())
                                    : fact.at());
            if (query.filters().entrySet().stream()
                    .anyMatch(only -> !label(fact, only.getKey(), at).equals(only.getValue()))) {
                continue;
            }
            var labels = query.group().stream().map(d -> label(fact, d, at)).toList();
            gaps.computeIfAbsent(labels, _ -> new ArrayList<>()).add(Math.abs(gap));
        }
        return gaps;
    }

    private static String label(Fact fact, Dimension dimension, Instant at) {
        return ByHand.label(fact, dimension, at, ZoneOffset.UTC);
    }

    private static Gaps gaps(List<Long> all) {
        var sorted = all.stream().sorted().toList();
        return sorted.isEmpty()
                ? new Gaps(0, 0, 0)
                : new Gaps(sorted.size(), rank(sorted, 50), rank(sorted, 95));
    }

    private static long rank(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    @Test
    void gaps_agree_with_those_counted_by_hand() {
        store.append(facts, Positions.NONE);
        var only = Map.of(Dimension.OS, "osé'1");
        for (var query :
                List.of(
                        query(Clock.CONVERSION, Map.of(), Dimension.BROWSER),
                        query(Clock.CLICK, Map.of(), Dimension.DAY),
                        query(Clock.CONVERSION, only, Dimension.IN_APP, Dimension.FEEDS),
                        query(Clock.CONVERSION, Map.of(Dimension.DAY, "2026-03-04")))) {
            var expected = byHand(query);

            var found = reports.feeds(query);

            var all = expected.values().stream().flatMap(List::stream).toList();
            assertThat(all).as("%s", query).isNotEmpty();
            assertThat(found.totals()).as("%s", query).isEqualTo(gaps(all));
            for (int i = 0; i < found.gaps().size(); i++) {
                var labels = found.report().rows().get(i).dimensions();
                assertThat(found.gaps().get(i))
                        .as("%s of %s", labels, query)
                        .isEqualTo(gaps(expected.getOrDefault(labels, List.of())));
            }
        }
    }

    @Test
    void whoever_told_the_parts_add_up_to_the_conversions() {
        store.append(facts, Positions.NONE);

        var found = reports.feeds(query(Clock.CONVERSION, Map.of(), Dimension.BROWSER)).report();

        assertThat(found.rows()).hasSizeGreaterThan(2);
        var sums = new HashMap<Metric, BigDecimal>();
        for (var row : found.rows()) {
            FeedReport.METRICS
                    .subList(0, 4)
                    .forEach(metric ->
                            sums.merge(
                                    metric,
                                    row.values().of(metric).orElseThrow(),
                                    BigDecimal::add));
        }
        sums.forEach((metric, sum) ->
                assertThat(found.totals().of(metric)).as(metric.word()).contains(sum));
        assertThat(sums.get(Metric.CONVERSIONS))
                .isEqualTo(
                        sums.getOrDefault(Metric.BY_BOTH, BigDecimal.ZERO)
                                .add(sums.getOrDefault(Metric.ONLY_SERVER, BigDecimal.ZERO))
                                .add(sums.getOrDefault(Metric.ONLY_BROWSER, BigDecimal.ZERO)));
    }

    @Test
    void without_conversions_there_are_no_gaps() {
        var found = reports.feeds(query(Clock.CONVERSION, Map.of(), Dimension.BROWSER));

        assertThat(found.gaps()).isEmpty();
        assertThat(found.totals()).isEqualTo(new Gaps(0, 0, 0));
    }
}
