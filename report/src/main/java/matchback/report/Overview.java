package matchback.report;

import java.time.Instant;
import java.util.List;
import matchback.report.Item.ConversionItem;
import matchback.report.Report.Line;
import matchback.report.Report.Values;

/// The numbers of the live overview.
///
/// @param today the day so far, in the zone asked for
/// @param yesterday the day before as far as today has come
/// @param breakdowns the day so far by what it is made of, largest first
/// @param hours the last 24 hours, oldest first, also those in which nothing happened
/// @param latest conversions, newest first
/// @param troubles reasons of postbacks refused or held in the last 24 hours, most frequent first
public record Overview(
        Values today,
        Values yesterday,
        List<Breakdown> breakdowns,
        List<HourPoint> hours,
        List<ConversionItem> latest,
        List<ReasonCount> troubles) {

    /// @param rows clicks, conversions and revenue of the values with the most clicks
    public record Breakdown(Dimension dimension, List<Line> rows) {}

    /// @param start the full hour it begins with
    public record HourPoint(Instant start, Values values) {}

    /// @param reason a reason's code
    public record ReasonCount(String decision, String reason, long postbacks) {}
}
