package matchback.report;

import java.util.List;
import matchback.report.Report.Values;

/// A report beside the same question of the period before.
///
/// @param before the answer for that period; its `to` is as far as this period has come
/// @param rows of the report: what each was before, without any value where nothing stands beside
///   it. One that is not among the [ReportQuery#LIMIT_MAX] first rows then counts as nothing.
public record Comparison(Report report, Report before, List<Values> rows) {
    public Comparison {
        rows = List.copyOf(rows);
    }
}
