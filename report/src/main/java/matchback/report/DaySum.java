package matchback.report;

import java.time.LocalDate;

/// What became of the postbacks of one sender that came in on one day in UTC, by their current
/// decisions. `received` is the number of postbacks; the others always add up to it.
///
/// @param sender its key; [Dimension#UNKNOWN] when it is not known
public record DaySum(
        String sender,
        LocalDate day,
        long received,
        long counted,
        long updated,
        long duplicate,
        long held,
        long refused) {

    /// Whether every postback has exactly one decision of the five.
    public boolean isBalanced() {
        return received == counted + updated + duplicate + held + refused;
    }
}
