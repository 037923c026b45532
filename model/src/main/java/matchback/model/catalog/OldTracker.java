package matchback.model.catalog;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// The tracker that was used before: conversions of its clicks still come in here and are handed on
/// to it as they came, until a last day.
///
/// @param url its postback URL, or only its host: then the path of the report is kept
/// @param lastDay the last day on which reports are handed on, in UTC, such as `2026-12-31`
/// @param senders keys of the senders whose reports are handed on; empty: everybody's, also those
///   that name no sender
public record OldTracker(
        String key, String name, String url, String lastDay, List<String> senders, boolean archived)
        implements Entity {

    public OldTracker {
        senders = List.copyOf(senders);
    }

    /// Whether a report of this time is handed on.
    ///
    /// @param sender key in the path; empty for none
    public boolean takes(String sender, long at) {
        return !archived && !isOver(at) && (senders.isEmpty() || senders.contains(sender));
    }

    /// Whether the last day is past.
    public boolean isOver(long at) {
        return at >= end();
    }

    /// The end of the last day, epoch milliseconds.
    private long end() {
        return LocalDate.parse(lastDay)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
    }

    /// What stands for it in the outbox.
    public String address() {
        return "forward:" + key;
    }
}
