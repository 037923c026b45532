package matchback.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/// A zone's offset from UTC as an SQL expression, exact within a period: the transitions of the
/// JDK's zone rules become the branches of a CASE. So every engine gives the same answer, whatever
/// zone data it has.
final class ZoneSql {
    private ZoneSql() {}

    /// The offset in seconds.
    ///
    /// @param at an expression in epoch milliseconds, between
    /// @param from inclusive, and
    /// @param to exclusive
    static String offset(ZoneId zone, String at, Instant from, Instant to) {
        var rules = zone.getRules();
        var branches = new StringBuilder();
        int offset = rules.getOffset(from).getTotalSeconds();
        ZoneOffsetTransition next = rules.nextTransition(from);
        while (next != null && next.getInstant().isBefore(to)) {
            branches.append(
                    " WHEN %s < %d THEN %d"
                            .formatted(at, next.getInstant().toEpochMilli(), offset));
            offset = next.getOffsetAfter().getTotalSeconds();
            next = rules.nextTransition(next.getInstant());
        }
        return branches.isEmpty()
                ? "(" + offset + ")"
                : "(CASE%s ELSE %d END)".formatted(branches, offset);
    }
}
