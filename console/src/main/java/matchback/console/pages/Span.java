package matchback.console.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import matchback.report.Dimension;
import matchback.report.Metric;
import matchback.report.Report;
import matchback.report.ReportQuery;

/// The period of a list's numbers, one of a few in the reader's zone.
record Span(String word, Instant from, Instant to) {
    private static final String PARAMETER = "period";
    private static final List<String> WORDS = List.of("today", "yesterday", "7", "30");
    private static final int ROWS_MAX = 10_000;

    static Span of(Visit visit) {
        return of(visit, WORDS.getFirst());
    }

    /// @param otherwise the word of the period when none is asked for
    static Span of(Visit visit, String otherwise) {
        var asked = visit.param(PARAMETER);
        var word = WORDS.contains(asked) ? asked : otherwise;
        var zone = visit.formats().zone();
        var today = Instant.ofEpochMilli(visit.formats().now()).atZone(zone).toLocalDate();
        var first =
                switch (word) {
                    case "yesterday" -> today.minusDays(1);
                    case "7" -> today.minusDays(6);
                    case "30" -> today.minusDays(29);
                    default -> today;
                };
        var end = word.equals("yesterday") ? today : today.plusDays(1);
        return new Span(
                word, first.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant());
    }

    List<Preset> presets(Visit visit) {
        var presets = new ArrayList<Preset>();
        for (var other : WORDS) {
            presets.add(
                    new Preset(
                            visit.texts().of("period." + other),
                            visit.with(Map.of(PARAMETER, other)),
                            other.equals(word)));
        }
        return presets;
    }

    /// The numbers of this period by a dimension's values.
    Report by(Visit visit, Dimension dimension, List<Metric> metrics, Map<Dimension, String> only) {
        return by(visit, List.of(dimension), metrics, only);
    }

    /// The numbers of this period by the values of several dimensions.
    Report by(
            Visit visit,
            List<Dimension> dimensions,
            List<Metric> metrics,
            Map<Dimension, String> only) {
        return visit.site()
                .context()
                .reports()
                .report(
                        new ReportQuery(
                                dimensions,
                                metrics,
                                from,
                                to,
                                visit.formats().zone(),
                                only,
                                new ReportQuery.Sort.ByMetric(metrics.getFirst(), true),
                                ROWS_MAX,
                                ReportQuery.Clock.CONVERSION,
                                false));
    }
}
