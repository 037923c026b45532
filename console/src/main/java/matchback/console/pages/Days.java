package matchback.console.pages;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import matchback.report.Report;

/// The days a page's numbers are asked for, as its form has them: `from` and `to` are the first and
/// the last day that are shown. The API's `to` is the first one that is not.
///
/// @param from as typed; empty for none
/// @param to as typed; empty for none
record Days(String from, String to, ZoneId zone) {
    private static final List<Integer> SPANS = List.of(1, 7, 30, 90);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    /// Seven days that end with today, if none are asked for.
    static Days of(Visit visit) {
        var zone = Visit.zone(visit.param("tz"), visit.formats().zone());
        var from = visit.param("from");
        var to = visit.param("to");
        if (!from.isEmpty() || !to.isEmpty()) {
            return new Days(from, to, zone);
        }
        var today = today(visit, zone);
        return new Days(today.minusDays(6).toString(), today.toString(), zone);
    }

    private static LocalDate today(Visit visit, ZoneId zone) {
        return Instant.ofEpochMilli(visit.formats().now()).atZone(zone).toLocalDate();
    }

    /// The day after the last, for the API; what is no day stays as it is, to be refused there.
    String exclusiveTo() {
        try {
            return to.isEmpty() ? "" : LocalDate.parse(to).plusDays(1).toString();
        } catch (DateTimeParseException _) {
            return to;
        }
    }

    List<Preset> presets(Visit visit) {
        var today = today(visit, zone);
        return SPANS.stream()
                .map(days -> {
                    var first = today.minusDays(days - 1L).toString();
                    return new Preset(
                            visit.texts().of("period.days" + days),
                            visit.with(Map.of("from", first, "to", today.toString())),
                            from.equals(first) && to.equals(today.toString()));
                })
                .toList();
    }

    /// The days of a report in words; where it ends within a day, until when.
    static String words(Report report) {
        var first = report.from().atZone(report.tz());
        var last = report.to().minusMillis(1).atZone(report.tz());
        var end = report.to().atZone(report.tz());
        boolean isWhole = end.toLocalTime().equals(LocalTime.MIDNIGHT);
        var days =
                first.toLocalDate().equals(last.toLocalDate())
                        ? DAY.format(first)
                        : DAY.format(first) + " – " + DAY.format(last);
        return isWhole ? days : days + " " + TIME.format(end);
    }
}
