package matchback.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A stretch of time.
///
/// @param from inclusive
/// @param to exclusive
public record Period(Instant from, Instant to) {
    static final int DEFAULT_DAYS = 7;

    /// Fills in what was left open: the seven days in a zone that end with today, or that begin or
    /// end at the bound that was given.
    static Period of(
            @Nullable Instant from, @Nullable Instant to, ZoneId zone, InstantSource clock) {
        var today = clock.instant().atZone(zone).toLocalDate();
        if (from != null && to != null) {
            return new Period(from, to);
        }
        if (to != null) {
            return new Period(to.atZone(zone).minusDays(DEFAULT_DAYS).toInstant(), to);
        }
        var tomorrow = today.plusDays(1).atStartOfDay(zone).toInstant();
        if (from == null) {
            var first = today.minusDays(DEFAULT_DAYS - 1L);
            return new Period(first.atStartOfDay(zone).toInstant(), tomorrow);
        }
        return new Period(
                from,
                from.isBefore(tomorrow)
                        ? tomorrow
                        : from.atZone(zone).plusDays(DEFAULT_DAYS).toInstant());
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}
