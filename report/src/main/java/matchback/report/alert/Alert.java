package matchback.report.alert;

/// A condition that was raised, and maybe is over.
///
/// @param condition as it was seen last
/// @param raisedAt epoch milliseconds
/// @param seenAt when it was last found, epoch milliseconds
/// @param clearedAt epoch milliseconds; 0 while it is open
public record Alert(Condition condition, long raisedAt, long seenAt, long clearedAt) {

    public boolean isOpen() {
        return clearedAt == 0;
    }

    /// The same for as long as it is open, and never again: what receivers know it by.
    public String id() {
        return condition.kind().word()
                + '_'
                + Integer.toHexString(condition.key().hashCode())
                + '_'
                + raisedAt;
    }

    Alert seen(Condition now, long at) {
        return new Alert(now, raisedAt, at, 0);
    }

    Alert cleared(long at) {
        return new Alert(condition, raisedAt, seenAt, at);
    }
}
