package matchback.report;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/// The period before a period, and what in it stands beside what.
///
/// Whole months are compared with as many months before, whole days with as many days, anything
/// else with the same length of time. Of a period that is still running only what has passed is
/// compared: this morning with yesterday's morning, not with all of yesterday.
final class Previous {
    private final ZoneId zone;
    private final Period period;
    private final LocalDate start;
    private final boolean isWholeDays;
    private final Instant startBefore;
    private final Instant endBefore;

    Previous(Period period, ZoneId zone, Instant now) {
        this.zone = zone;
        this.period = period;
        this.start = LocalDate.ofInstant(period.from(), zone);
        var end = LocalDate.ofInstant(period.to(), zone);
        this.isWholeDays = isMidnight(period.from(), start) && isMidnight(period.to(), end);
        this.startBefore = isWholeDays ? midnight(before(start, end)) : minusLength(period.from());
        this.endBefore =
                now.isAfter(period.from()) && now.isBefore(period.to()) ? at(now) : period.from();
    }

    private boolean isMidnight(Instant at, LocalDate day) {
        return at.equals(midnight(day));
    }

    private Instant midnight(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static LocalDate before(LocalDate start, LocalDate end) {
        return start.getDayOfMonth() == 1 && end.getDayOfMonth() == 1
                ? start.minusMonths(ChronoUnit.MONTHS.between(start, end))
                : start.minusDays(ChronoUnit.DAYS.between(start, end));
    }

    private Instant minusLength(Instant at) {
        return at.minus(Duration.between(period.from(), period.to()));
    }

    /// The moment that stands beside one of the period; never after the period before.
    private Instant at(Instant moment) {
        if (!isWholeDays) {
            return minusLength(moment);
        }
        var local = moment.atZone(zone).toLocalDateTime();
        var then = dayBefore(local.toLocalDate()).atTime(local.toLocalTime()).atZone(zone);
        var latest = then.toInstant().isBefore(period.from()) ? then.toInstant() : period.from();
        return latest.isAfter(startBefore) ? latest : startBefore.plusMillis(1);
    }

    /// The same day of the period, counted from its beginning.
    private LocalDate dayBefore(LocalDate day) {
        return firstDayBefore().plusDays(ChronoUnit.DAYS.between(start, day));
    }

    private LocalDate firstDayBefore() {
        return LocalDate.ofInstant(startBefore, zone);
    }

    Period period() {
        return new Period(startBefore, endBefore);
    }

    /// The label that a dimension's value has there; empty where nothing stands beside it.
    Optional<String> label(Dimension dimension, String label) {
        var part = dimension.timePart();
        if (part.isEmpty()) {
            return Optional.of(label);
        }
        try {
            return switch (part.get()) {
                case HOUR -> hour(OffsetDateTime.parse(label));
                case DAY -> isWholeDays ? day(LocalDate.parse(label)) : Optional.empty();
                case WEEK -> isWholeDays ? week(label) : Optional.empty();
                case MONTH -> isWholeDays ? month(YearMonth.parse(label)) : Optional.empty();
                case WEEKDAY -> Optional.of(label);
            };
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// An hour that came a second time on the day the clocks went back has none beside it.
    private Optional<String> hour(OffsetDateTime hour) {
        if (!isWholeDays) {
            return Optional.of(hourLabel(minusLength(hour.toInstant())));
        }
        var local = hour.toLocalDateTime();
        if (!local.atZone(zone).getOffset().equals(hour.getOffset())) {
            return Optional.empty();
        }
        var then = dayBefore(local.toLocalDate()).atTime(local.toLocalTime()).atZone(zone);
        boolean isSkipped = !then.toLocalTime().equals(local.toLocalTime());
        return isSkipped || !then.toInstant().isBefore(period.from())
                ? Optional.empty()
                : Optional.of(hourLabel(then.toInstant()));
    }

    private String hourLabel(Instant at) {
        return at.atZone(zone)
                .toLocalDateTime()
                .truncatedTo(ChronoUnit.HOURS)
                .atOffset(zone.getRules().getOffset(at))
                .toString();
    }

    private Optional<String> day(LocalDate day) {
        var before = dayBefore(day);
        return before.isBefore(start) ? Optional.of(before.toString()) : Optional.empty();
    }

    private Optional<String> week(String label) {
        var monday = LocalDate.parse(label + "-1", DateTimeFormatter.ISO_WEEK_DATE);
        long weeks = ChronoUnit.WEEKS.between(monday(start), monday);
        var before = monday(firstDayBefore()).plusWeeks(weeks);
        return before.isBefore(start) ? Optional.of(TimePart.weekLabel(before)) : Optional.empty();
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private Optional<String> month(YearMonth month) {
        long months = ChronoUnit.MONTHS.between(YearMonth.from(start), month);
        var before = YearMonth.from(firstDayBefore()).plusMonths(months);
        return before.atDay(1).isBefore(start) ? Optional.of(before.toString()) : Optional.empty();
    }
}
