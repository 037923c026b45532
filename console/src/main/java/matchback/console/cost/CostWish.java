package matchback.console.cost;

import matchback.ledger.CostSlice;
import matchback.ledger.Event.CostStated;

/// A cost that somebody wants to state, read and checked.
///
/// @param from of the clicks, inclusive, epoch milliseconds
/// @param to exclusive
/// @param zone in which the bounds were meant
/// @param reportMicros the amount in the report currency
/// @param rate by which it was turned into that; empty when it needed none
/// @param isAddition whether it comes on top of what else is known of these clicks
public record CostWish(
        CostSlice slice,
        long from,
        long to,
        String zone,
        long amountMicros,
        String currency,
        long reportMicros,
        String rate,
        boolean isAddition,
        String note) {

    /// Whether this was stated already, word for word.
    boolean isSaidBy(CostStated stated) {
        return stated.isAddition() == isAddition
                && stated.from() == from
                && stated.to() == to
                && stated.amountMicros() == amountMicros
                && stated.currency().equals(currency)
                && stated.rate().equals(rate)
                && (!isAddition || stated.note().equals(note));
    }

    /// The same with another amount, by the same rate.
    CostWish with(long newAmountMicros, long newReportMicros) {
        return new CostWish(
                slice,
                from,
                to,
                zone,
                newAmountMicros,
                currency,
                newReportMicros,
                rate,
                isAddition,
                note);
    }
}
