package matchback.model;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One day of an offer's cap; its places are given out at a subject of its own.
///
/// @param offer key of the offer
/// @param day in the zone of the installation's days
/// @param eventType the only type that takes places; null: all
public record CapDay(String offer, LocalDate day, @Nullable String eventType) {
    private static final String PREFIX = "cap:";

    /// `cap:casino:2026-03-01`, or `cap:casino:2026-03-01:deposit` for one type.
    public Subject subject() {
        return new Subject(PREFIX + offer + ':' + day + (eventType == null ? "" : ':' + eventType));
    }

    public static boolean isOne(Subject subject) {
        return subject.text().startsWith(PREFIX);
    }

    /// The day that a subject stands for; empty for a subject of another kind.
    public static Optional<CapDay> of(Subject subject) {
        if (!isOne(subject)) {
            return Optional.empty();
        }
        var parts = subject.text().substring(PREFIX.length()).split(":", 3);
        return Optional.of(
                new CapDay(
                        parts[0], LocalDate.parse(parts[1]), parts.length == 3 ? parts[2] : null));
    }
}
