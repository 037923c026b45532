package matchback.ledger.replay;

/// The bounds of a replay.
///
/// @param recordsMax postbacks of one replay's period; a longer period is done in several replays
/// @param recordsPerSubjectMax postbacks of one click that are decided again together: they are one
///   event
/// @param roundsMax how often a click that changed meanwhile is read and tried out again
public record ReplayLimits(int recordsMax, int recordsPerSubjectMax, int roundsMax) {
    public static final ReplayLimits DEFAULT = new ReplayLimits(200_000, 1_000, 5);
}
