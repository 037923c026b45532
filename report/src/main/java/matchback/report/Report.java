package matchback.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The answer to a [ReportQuery].
///
/// @param totals over all rows, also those beyond the limit
/// @param currency of all money in it, an ISO 4217 code
public record Report(
        List<Dimension> group,
        List<Metric> metrics,
        List<Line> rows,
        Values totals,
        String currency,
        ZoneId tz,
        Instant from,
        Instant to) {

    /// @param dimensions values of the dimensions in the order they were asked for;
    ///   [Dimension#UNKNOWN] where there is none
    public record Line(List<String> dimensions, Values values) {}

    /// The metrics of one row.
    ///
    /// @param present those that have a value
    public record Values(Map<Metric, BigDecimal> present) {
        /// The value, empty where there is none: a ratio over zero, or a sum of mixed currencies.
        public Optional<BigDecimal> of(Metric metric) {
            return Optional.ofNullable(present.get(metric));
        }
    }
}
