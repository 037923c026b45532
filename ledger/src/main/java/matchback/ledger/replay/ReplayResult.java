package matchback.ledger.replay;

import java.util.List;

/// What a replay wrote.
///
/// @param subjects clicks that were decided again
/// @param settled transactions that changed hands
/// @param left subjects that changed each time they were tried out; run the replay again for them
public record ReplayResult(long subjects, long settled, List<String> left) {
    public ReplayResult {
        left = List.copyOf(left);
    }

    ReplayResult and(long moreSubjects, long moreSettled) {
        return new ReplayResult(subjects + moreSubjects, settled + moreSettled, left);
    }

    ReplayResult left(List<String> others) {
        return new ReplayResult(subjects, settled, others);
    }
}
