package matchback.report.alert;

import java.time.Duration;

/// Spans of time in words, in their two largest units.
public final class Spans {
    private Spans() {}

    public static String text(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() + " d " + span.toHoursPart() + " h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        return span.toMinutes() + " min";
    }
}
