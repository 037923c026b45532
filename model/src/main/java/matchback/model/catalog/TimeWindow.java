package matchback.model.catalog;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A time of day on some days of the week, in a zone: `mon-fri 09:00-18:00 Europe/Berlin`.
///
/// Days are optional (all), as is the zone (UTC); several days are written one after the other
/// (`sat sun 10:00-16:00`). An end that is not after the start is on the next day (`fri
/// 22:00-04:00` lasts into Saturday morning); `24:00` ends the day.
///
/// @param days on which it starts
/// @param from included
/// @param to not included; not after `from`: on the next day
public record TimeWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    private static final Pattern TIMES =
            Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)-([01]\\d|2[0-4]):([0-5]\\d)");
    private static final int DAY_CHARS = 3;
    private static final String FORM = "a time such as \"mon-fri 09:00-18:00 Europe/Berlin\"";

    /// A window, or what is wrong with the text.
    public sealed interface Parsed {
        record Window(TimeWindow window) implements Parsed {}

        record Problem(String message) implements Parsed {}
    }

    public TimeWindow {
        days = Set.copyOf(days);
    }

    public static Parsed parse(String text) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        var words = text.strip().split("\\s+", -1);
        int at = 0;
        while (at < words.length && addDays(words[at], days)) {
            at++;
        }
        if (at == words.length || at + 2 < words.length) {
            return new Parsed.Problem("\"" + text + "\"; expected is " + FORM);
        }
        var times = TIMES.matcher(words[at]);
        if (!times.matches() || (times.group(3).equals("24") && !times.group(4).equals("00"))) {
            return new Parsed.Problem(
                    "\"" + words[at] + "\" is no span of time; expected is " + FORM);
        }
        var zone =
                at + 1 < words.length ? zone(words[at + 1]) : Optional.of((ZoneId) ZoneOffset.UTC);
        return zone.<Parsed>map(found ->
                        new Parsed.Window(
                                new TimeWindow(
                                        days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days,
                                        time(times.group(1), times.group(2)),
                                        time(times.group(3), times.group(4)),
                                        found)))
                .orElseGet(() ->
                        new Parsed.Problem(
                                "There is no time zone \"" + words[words.length - 1] + '"'));
    }

    private static LocalTime time(String hour, String minute) {
        return LocalTime.of(Integer.parseInt(hour) % 24, Integer.parseInt(minute));
    }

    private static Optional<ZoneId> zone(String id) {
        try {
            return Optional.of(ZoneId.of(id));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Adds `mon` or `mon-fri`; false for a word that is neither.
    private static boolean addDays(String word, Set<DayOfWeek> days) {
        var ends = word.split("-", -1);
        var first = day(ends[0]);
        var last = day(ends[ends.length - 1]);
        if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
            return false;
        }
        var day = first.get();
        days.add(day);
        while (day != last.get()) {
            day = day.plus(1);
            days.add(day);
        }
        return true;
    }

    private static Optional<DayOfWeek> day(String word) {
        var name = word.toUpperCase(Locale.ROOT);
        for (var day : DayOfWeek.values()) {
            if (name.equals(day.name()) || name.equals(day.name().substring(0, DAY_CHARS))) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    /// Whether it is open.
    ///
    /// @param millis epoch milliseconds
    public boolean isOpen(long millis) {
        var now = Instant.ofEpochMilli(millis).atZone(zone);
        var time = now.toLocalTime();
        var today = now.getDayOfWeek();
        if (from.isBefore(to)) {
            return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
        }
        return !time.isBefore(from)
                ? days.contains(today)
                : time.isBefore(to) && days.contains(today.minus(1));
    }
}
