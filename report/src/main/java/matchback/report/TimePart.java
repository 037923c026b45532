package matchback.report;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;

/// A part of the local time in some zone. In SQL each is a whole number, its key, that sorts by
/// time; here keys become labels and labels keys.
///
/// | part | label |
/// |---|---|
/// | hour | `2026-11-01T01:00-04:00`; with the offset, so that an hour that comes twice is two |
/// | day | `2026-11-01` |
/// | week | `2026-W44`, of ISO 8601, from Monday |
/// | month | `2026-11` |
/// | weekday | `monday` |
public enum TimePart {
    HOUR,
    DAY,
    WEEK,
    MONTH,
    WEEKDAY;

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    /// An hour's key: its number times this, plus what tells offsets apart. Offsets are at most 18
    /// hours (64,800 s) either way; of two equal local hours the one with the larger offset is
    /// first.
    private static final long OFFSETS = 200_000;

    private static final long OFFSET_BASE = 100_000;

    /// 1970-01-01 was a Thursday.
    private static final long EPOCH_WEEKDAY = 3;

    /// The key in SQL.
    ///
    /// @param at an expression in epoch milliseconds
    /// @param offset an expression of the zone's offset then, in seconds
    String sql(Dialect dialect, String at, String offset) {
        var local = "(%s + %s * 1000)".formatted(at, offset);
        var days = dialect.quotient(local, DAY_MILLIS);
        return switch (this) {
            case HOUR ->
                    "%s * %d + %d - %s"
                            .formatted(
                                    dialect.quotient(local, HOUR_MILLIS),
                                    OFFSETS,
                                    OFFSET_BASE,
                                    offset);
            case DAY -> days;
            case WEEK -> dialect.quotient("(%s + %d)".formatted(days, EPOCH_WEEKDAY), 7);
            case MONTH -> dialect.months(days);
            case WEEKDAY -> "(%s + %d) %% 7".formatted(days, EPOCH_WEEKDAY);
        };
    }

    /// What is shown for a key.
    String label(long key) {
        return switch (this) {
            case HOUR -> {
                int offset = (int) (OFFSET_BASE - key % OFFSETS);
                var local = LocalDateTime.ofEpochSecond(key / OFFSETS * 3600, 0, ZoneOffset.UTC);
                yield local.atOffset(ZoneOffset.ofTotalSeconds(offset)).toString();
            }
            case DAY -> LocalDate.ofEpochDay(key).toString();
            case WEEK -> weekLabel(LocalDate.ofEpochDay(key * 7 - EPOCH_WEEKDAY));
            case MONTH -> YearMonth.of((int) (key / 12), (int) (key % 12) + 1).toString();
            case WEEKDAY -> DayOfWeek.of((int) key + 1).name().toLowerCase(Locale.ROOT);
        };
    }

    /// A label, for messages.
    String example() {
        return switch (this) {
            case HOUR -> "2026-11-01T01:00-04:00";
            case DAY -> "2026-11-01";
            case WEEK -> "2026-W44";
            case MONTH -> "2026-11";
            case WEEKDAY -> "monday";
        };
    }

    static String weekLabel(LocalDate monday) {
        return "%04d-W%02d"
                .formatted(
                        monday.get(IsoFields.WEEK_BASED_YEAR),
                        monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    /// The key a label stands for; empty for a text that is none.
    Optional<Long> key(String label) {
        try {
            return Optional.of(
                    switch (this) {
                        case HOUR -> hourKey(OffsetDateTime.parse(label));
                        case DAY -> LocalDate.parse(label).toEpochDay();
                        case WEEK -> weekKey(label);
                        case MONTH ->
                                YearMonth.parse(label)
                                        .getLong(java.time.temporal.ChronoField.PROLEPTIC_MONTH);
                        case WEEKDAY ->
                                DayOfWeek.valueOf(label.toUpperCase(Locale.ROOT)).getValue() - 1L;
                    });
        } catch (DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static long hourKey(OffsetDateTime hour) {
        long local = hour.toLocalDateTime().toEpochSecond(ZoneOffset.UTC) / 3600;
        return local * OFFSETS + OFFSET_BASE - hour.getOffset().getTotalSeconds();
    }

    private static long weekKey(String label) {
        var monday = LocalDate.parse(label + "-1", DateTimeFormatter.ISO_WEEK_DATE);
        return (monday.toEpochDay() + EPOCH_WEEKDAY) / 7;
    }
}
