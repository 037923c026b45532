package matchback.report;

import java.util.Locale;
import java.util.Set;

/// What is counted or summed, and over which rows. Sums of a measure add up: over rows of a report,
/// over days, over reports.
///
/// Where a currency stands in a condition it is written `{currency}`.
enum Measure {
    CLICKS(Sum.ROWS, Kinds.CLICK + " AND is_bot = 0"),
    UNIQUE_CLICKS(Sum.ROWS, Kinds.CLICK + " AND is_bot = 0 AND is_unique = 1"),
    BOTS(Sum.ROWS, Kinds.CLICK + " AND is_bot = 1"),
    COST(Sum.COST, Kinds.CLICK + " AND is_bot = 0"),
    /// All that are not rejected; a reversed one stays, its payout comes off by its reversal.
    CONVERSIONS(Sum.ROWS, Kinds.CONVERSION + " AND status <> 'rejected'"),
    REVENUE(
            Sum.REVENUE,
            "(" + Kinds.CONVERSION + " AND status <> 'rejected' OR " + Kinds.REVERSAL + ")"),
    PENDING(Sum.ROWS, Kinds.CONVERSION + " AND status = 'pending'"),
    APPROVED(Sum.ROWS, Kinds.CONVERSION + " AND status = 'approved'"),
    REJECTED(Sum.ROWS, Kinds.CONVERSION + " AND status = 'rejected'"),
    REVERSED(Sum.ROWS, Kinds.CONVERSION + " AND status = 'reversed'"),
    /// Dated to the reversal, while `reversed` is dated to the conversion.
    REVERSALS(Sum.ROWS, Kinds.REVERSAL),
    VALUE(Sum.ORDER_VALUE, Measure.VALUED_CONVERSION + " AND currency = '{currency}'"),
    VALUED(Sum.ROWS, Measure.VALUED_CONVERSION + " AND currency = '{currency}'"),
    /// Conversions whose value is in another currency: no sum may be shown beside them.
    VALUED_FOREIGN(Sum.ROWS, Measure.VALUED_CONVERSION + " AND currency <> '{currency}'"),
    RECEIVED(Sum.ROWS, Kinds.POSTBACK),
    COUNTED(Sum.ROWS, Kinds.POSTBACK + " AND decision = 'counted'"),
    UPDATED(Sum.ROWS, Kinds.POSTBACK + " AND decision = 'updated'"),
    DUPLICATE(Sum.ROWS, Kinds.POSTBACK + " AND decision = 'duplicate'"),
    HELD(Sum.ROWS, Kinds.POSTBACK + " AND decision = 'held'"),
    REFUSED(Sum.ROWS, Kinds.POSTBACK + " AND decision = 'refused'"),
    DELIVERIES(Sum.ROWS, Kinds.DELIVERY),
    DELIVERED(Sum.ROWS, Kinds.DELIVERY + " AND delivery_state = 'delivered'"),
    DEAD_LETTERS(Sum.ROWS, Kinds.DELIVERY + " AND delivery_state = 'dead'");

    private static final String VALUED_CONVERSION =
            Kinds.CONVERSION + " AND status <> 'rejected' AND order_value IS NOT NULL";
    private static final Set<Measure> WITHOUT_BOTS = Set.of(CLICKS, UNIQUE_CLICKS, COST);

    private enum Sum {
        ROWS,
        COST,
        REVENUE,
        ORDER_VALUE
    }

    private final Sum sum;
    private final String condition;

    Measure(Sum sum, String condition) {
        this.sum = sum;
        this.condition = condition;
    }

    /// Its name in SQL; one that is no column of the facts.
    String alias() {
        return "m_" + name().toLowerCase(Locale.ROOT);
    }

    /// Which rows are counted.
    ///
    /// @param withBots whether bots count as visitors
    String condition(String currency, boolean withBots) {
        var text = condition.replace("{currency}", currency);
        return withBots && WITHOUT_BOTS.contains(this) ? text.replace(" AND is_bot = 0", "") : text;
    }

    /// The expression of the sum.
    String sql(String currency, boolean withBots) {
        var filter = " FILTER (WHERE " + condition(currency, withBots) + ")";
        return switch (sum) {
            case ROWS -> "count(*)" + filter;
            case COST -> "sum(cost)" + filter;
            case REVENUE -> "sum(revenue)" + filter;
            case ORDER_VALUE -> "sum(order_value)" + filter;
        };
    }
}
