package matchback.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import matchback.report.Report.Line;

/// Who told of the conversions, a server, a browser or both, and how far apart the two did.
///
/// @param gaps one for each row of the report, in its order
public record FeedReport(Report report, List<Gaps> gaps, Gaps totals) {
    /// What to ask for. The first is the sum of the three after it.
    public static final List<Metric> METRICS =
            List.of(
                    Metric.CONVERSIONS,
                    Metric.BY_BOTH,
                    Metric.ONLY_SERVER,
                    Metric.ONLY_BROWSER,
                    Metric.RECOVERED,
                    Metric.RECOVERED_BY_BROWSER,
                    Metric.BROWSER_FIRST);

    static final double HALF = 0.5;
    static final double MOST = 0.95;

    /// Times between the first report of one side and the first of the other, in milliseconds.
    ///
    /// @param conversions that both told of and whose times were noted
    /// @param half of them took at most this long; 0 without any
    /// @param most 95 % of them did; 0 without any
    public record Gaps(long conversions, long half, long most) {
        static final Gaps NONE = new Gaps(0, 0, 0);

        static Gaps of(Row row, int column) {
            return new Gaps(row.number(column), row.number(column + 1), row.number(column + 2));
        }
    }

    public FeedReport {
        gaps = List.copyOf(gaps);
    }

    static FeedReport of(Report report, Map<List<String>, Gaps> byLabels, Gaps totals) {
        var gaps = new ArrayList<Gaps>();
        for (Line line : report.rows()) {
            gaps.add(byLabels.getOrDefault(line.dimensions(), Gaps.NONE));
        }
        return new FeedReport(report, gaps, totals);
    }
}
