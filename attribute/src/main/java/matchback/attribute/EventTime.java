package matchback.attribute;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A time as a sender wrote it, read by these rules:
///
/// * digits alone are epoch seconds up to eleven of them, else epoch milliseconds, up to fourteen;
/// * ISO 8601 with date and time, to the second or the minute, with `T` or a space between;
/// * its offset may be `Z`, `+02:00`, `+0200` or `+02`; a plus that arrived as a space is one;
/// * without an offset it is in the sender's zone, UTC when the sender has none;
/// * a date alone tells no time.
final class EventTime {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");
    private static final Pattern MILLIS = Pattern.compile("\\d{12,14}");
    private static final Pattern LOST_PLUS = Pattern.compile("(:\\S*) (\\d{2}(:?\\d{2})?)$");
    private static final int CHARS_MAX = 40;

    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .appendPattern("[XXX][XX][X]")
                    .toFormatter(Locale.ROOT)
                    // Else 30 February would be read as its last day.
                    .withResolverStyle(ResolverStyle.STRICT);

    private EventTime() {}

    /// Epoch milliseconds; empty when the text is no time.
    ///
    /// @param zone of times that name none; null for UTC
    static Optional<Long> read(String text, @Nullable String zone) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Long.parseLong(text) * 1000);
        }
        if (MILLIS.matcher(text).matches()) {
            return Optional.of(Long.parseLong(text));
        }
        if (text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(iso(text, zone));
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static long iso(String text, @Nullable String zone) {
        var withPlus = LOST_PLUS.matcher(text).replaceFirst("$1+$2");
        var time =
                ISO.parseBest(
                        withPlus.replaceFirst(" ", "T"), OffsetDateTime::from, LocalDateTime::from);
        var instant =
                time instanceof OffsetDateTime withOffset
                        ? withOffset.toInstant()
                        : LocalDateTime.from(time).atZone(zone(zone)).toInstant();
        return instant.toEpochMilli();
    }

    private static ZoneId zone(@Nullable String zone) {
        try {
            return zone == null || zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
        } catch (DateTimeException _) {
            return ZoneOffset.UTC;
        }
    }
}
