package matchback.ledger.replay;

import java.util.List;
import java.util.Map;
import matchback.model.Reason;
import matchback.model.Subject;

/// What a replay comes to.
///
/// @param catalogVersion the rules it decides by
/// @param records postbacks that were decided again: those of the period, and all others of the
///   same clicks
/// @param subjects clicks, and postbacks without one
/// @param changedSubjects of these, those for which anything is different
/// @param reasons how many decisions change, by reason before and after
/// @param currency of the sums
/// @param revenueBefore and
/// @param revenueAfter of all these clicks' conversions, in millionths
/// @param deliveriesWanted that nobody wanted before: they go out when the replay delivers
/// @param cancelled deliveries that waited and are wanted no more
/// @param notRetractable deliveries that were sent and should not have been
/// @param skipped what is left as it is
public record ReplaySummary(
        long catalogVersion,
        long records,
        long subjects,
        long changedSubjects,
        Map<ReasonChange, Long> reasons,
        String currency,
        long conversionsBefore,
        long conversionsAfter,
        long revenueBefore,
        long revenueAfter,
        long deliveriesWanted,
        long cancelled,
        long notRetractable,
        List<Skipped> skipped) {

    public ReplaySummary {
        reasons = Map.copyOf(reasons);
        skipped = List.copyOf(skipped);
    }

    /// The reason may be the same before and after, when the status or the payout is not.
    public record ReasonChange(Reason before, Reason after) {}

    /// @param why one sentence without a full stop
    public record Skipped(Subject subject, String why) {}

    public long changedRecords() {
        return reasons.values().stream().mapToLong(Long::longValue).sum();
    }
}
