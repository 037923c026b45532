package matchback.report;

import java.time.Instant;
import java.util.List;

/// What campaigns cost by the day, whatever happens on it.
public interface DailyCosts {
    /// No campaign is paid by the day.
    DailyCosts NONE = _ -> List.of();

    /// @param campaign its key
    /// @param from inclusive
    /// @param to exclusive; days of one campaign do not overlap
    /// @param micros in the report currency, in millionths
    record Day(String campaign, Instant from, Instant to, long micros) {}

    /// The days that a period touches.
    List<Day> within(Period period);
}
