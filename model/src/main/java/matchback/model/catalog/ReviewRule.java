package matchback.model.catalog;

/// What becomes of a held postback that nobody has decided in time.
///
/// @param reason code of the reason it is held for
/// @param afterHours how long after its receipt
/// @param approves whether it is approved then; else it is rejected
public record ReviewRule(String reason, int afterHours, boolean approves) {
    /// A year.
    public static final int AFTER_HOURS_MAX = 8760;

    public ReviewRule {
        if (afterHours < 1 || afterHours > AFTER_HOURS_MAX) {
            throw new IllegalArgumentException(
                    "after " + afterHours + " hours; 1 to " + AFTER_HOURS_MAX);
        }
    }
}
