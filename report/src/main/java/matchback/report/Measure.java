package matchback.report;

import java.util.List;
import java.util.Locale;

/// What is counted or summed, and over which rows: those of its branch that meet all conditions.
/// Sums of a measure add up: over rows of a report, over days, over reports.
enum Measure {
    CLICKS(Branch.VISITS, Sum.ROWS, Measure.PERSON),
    UNIQUE_CLICKS(Branch.VISITS, Sum.ROWS, Measure.PERSON, "is_unique = 1"),
    BOTS(Branch.VISITS, Sum.ROWS, "is_bot = 1"),
    COST(Branch.VISITS, Sum.COST, Measure.PERSON),
    /// Clicks that were sent to a lander.
    LANDER_VIEWS(Branch.VISITS, Sum.ROWS, Measure.PERSON, "lander IS NOT NULL"),
    LANDER_CLICKS(Branch.LANDERS, Sum.ROWS, Measure.PERSON),
    /// Clicks whose visitor went on from the lander, however often.
    LANDER_VISITORS(Branch.LANDERS, Sum.ROWS, Measure.PERSON, "is_unique = 1"),
    /// Clicks that came with a cost.
    KNOWN(Branch.VISITS, Sum.ROWS, Measure.PERSON, "cost IS NOT NULL"),
    /// What statements add to the clicks' own cost, or take off where they stand in for it.
    STATED(Branch.STATED, Sum.AMOUNT),
    /// Clicks whose cost is known by statements alone.
    STATED_KNOWN(Branch.STATED, Sum.CLICKS_KNOWN),
    /// All that are not rejected; a reversed one stays, its payout comes off by its reversal.
    CONVERSIONS(Branch.CONVERSIONS, Sum.ROWS, Kinds.CONVERSION, Measure.NOT_REJECTED),
    REVENUE(
            Branch.CONVERSIONS,
            Sum.REVENUE,
            "(" + Measure.NOT_REJECTED + " OR " + Kinds.REVERSAL + ")"),
    /// What conversions cost, less what came back with reversals.
    OWED(
            Branch.CONVERSIONS,
            Sum.COST,
            "(" + Measure.NOT_REJECTED + " OR " + Kinds.REVERSAL + ")",
            "cost IS NOT NULL"),
    ONLY_SERVER(
            Branch.CONVERSIONS,
            Sum.ROWS,
            Kinds.CONVERSION,
            Measure.NOT_REJECTED,
            Witnessed.SQL + " = 'server'"),
    ONLY_BROWSER(
            Branch.CONVERSIONS,
            Sum.ROWS,
            Kinds.CONVERSION,
            Measure.NOT_REJECTED,
            Witnessed.SQL + " = 'browser'"),
    BY_BOTH(
            Branch.CONVERSIONS,
            Sum.ROWS,
            Kinds.CONVERSION,
            Measure.NOT_REJECTED,
            Witnessed.SQL + " = 'both'"),
    /// Of those by both.
    BROWSER_FIRST(
            Branch.CONVERSIONS,
            Sum.ROWS,
            Kinds.CONVERSION,
            Measure.NOT_REJECTED,
            Witnessed.SQL + " = 'both'",
            Witnessed.BROWSER_FIRST),
    PENDING(Branch.CONVERSIONS, Sum.ROWS, Kinds.CONVERSION, "status = 'pending'"),
    APPROVED(Branch.CONVERSIONS, Sum.ROWS, Kinds.CONVERSION, "status = 'approved'"),
    REJECTED(Branch.CONVERSIONS, Sum.ROWS, Kinds.CONVERSION, "status = 'rejected'"),
    REVERSED(Branch.CONVERSIONS, Sum.ROWS, Kinds.CONVERSION, "status = 'reversed'"),
    /// Dated to the reversal, while `reversed` is dated to the conversion.
    REVERSALS(Branch.CONVERSIONS, Sum.ROWS, Kinds.REVERSAL),
    VALUE(
            Branch.CONVERSIONS,
            Sum.ORDER_VALUE,
            Kinds.CONVERSION,
            Measure.NOT_REJECTED,
            Measure.VALUED_HERE),
    VALUED(
            Branch.CONVERSIONS,
            Sum.ROWS,
            Kinds.CONVERSION,
            Measure.NOT_REJECTED,
            Measure.VALUED_HERE),
    /// Conversions whose value is in another currency: no sum may be shown beside them.
    VALUED_FOREIGN(
            Branch.CONVERSIONS,
            Sum.ROWS,
            Kinds.CONVERSION,
            Measure.NOT_REJECTED,
            "order_value IS NOT NULL AND currency <> '{currency}'"),
    RECEIVED(Branch.POSTBACKS, Sum.ROWS),
    COUNTED(Branch.POSTBACKS, Sum.ROWS, "decision = 'counted'"),
    UPDATED(Branch.POSTBACKS, Sum.ROWS, "decision = 'updated'"),
    DUPLICATE(Branch.POSTBACKS, Sum.ROWS, "decision = 'duplicate'"),
    HELD(Branch.POSTBACKS, Sum.ROWS, "decision = 'held'"),
    REFUSED(Branch.POSTBACKS, Sum.ROWS, "decision = 'refused'"),
    DELIVERIES(Branch.DELIVERIES, Sum.ROWS),
    DELIVERED(Branch.DELIVERIES, Sum.ROWS, "delivery_state = 'delivered'"),
    DEAD_LETTERS(Branch.DELIVERIES, Sum.ROWS, "delivery_state = 'dead'"),
    BROWSER_EVENTS(Branch.BROWSERS, Sum.ROWS, Measure.PERSON),
    PAGE_VIEWS(Branch.BROWSERS, Sum.ROWS, Measure.PERSON, "event_type = 'page_view'"),
    /// Seconds.
    ENGAGED(Branch.BROWSERS, Sum.AMOUNT, Measure.PERSON, "event_type = 'engaged'"),
    /// Percent of each page, summed.
    SCROLLED(Branch.BROWSERS, Sum.AMOUNT, Measure.PERSON, Measure.SCROLL),
    SCROLLS(Branch.BROWSERS, Sum.ROWS, Measure.PERSON, Measure.SCROLL);

    private static final String PERSON = "is_bot = 0";
    private static final String SCROLL = "event_type = 'scroll'";
    private static final String NOT_REJECTED = "status <> 'rejected'";
    private static final String VALUED_HERE = "order_value IS NOT NULL AND currency = '{currency}'";

    /// Who told of a conversion. Facts from before that was noted know the first feed alone.
    private static final class Witnessed {
        static final String BROWSER_FIRST = "feed IN ('pixel', 'cookie', 'browser')";
        static final String SQL =
                "coalesce(witnesses, CASE WHEN "
                        + BROWSER_FIRST
                        + " THEN 'browser' ELSE 'server' END)";
    }

    /// Kinds of facts that are read together.
    enum Branch {
        VISITS(Kinds.CLICK),
        /// Not facts but what is made of them ([CostSql]).
        STATED("TRUE"),
        CONVERSIONS("kind IN (2, 3)"),
        POSTBACKS(Kinds.POSTBACK),
        DELIVERIES(Kinds.DELIVERY),
        LANDERS(Kinds.LANDER_CLICK),
        BROWSERS(Kinds.BROWSER_EVENT);

        private final String condition;

        Branch(String condition) {
            this.condition = condition;
        }

        String condition() {
            return condition;
        }
    }

    private enum Sum {
        ROWS("count(*)"),
        COST("sum(cost)"),
        CLICKS_KNOWN("sum(known)"),
        REVENUE("sum(revenue)"),
        ORDER_VALUE("sum(order_value)"),
        AMOUNT("sum(amount)");

        private final String sql;

        Sum(String sql) {
            this.sql = sql;
        }
    }

    private final Branch branch;
    private final Sum sum;
    private final List<String> conditions;

    Measure(Branch branch, Sum sum, String... conditions) {
        this.branch = branch;
        this.sum = sum;
        this.conditions = List.of(conditions);
    }

    Branch branch() {
        return branch;
    }

    /// Its name in SQL; one that is no column of the facts.
    String alias() {
        return "m_" + name().toLowerCase(Locale.ROOT);
    }

    /// Which rows of the branch are counted: those that meet all of these.
    ///
    /// @param withBots whether bots count as visitors
    List<String> conditions(String currency, boolean withBots) {
        return conditions.stream()
                .filter(condition -> !(withBots && condition.equals(PERSON)))
                .map(condition -> condition.replace("{currency}", currency))
                .toList();
    }

    /// The expression of the sum over all rows.
    String sql() {
        return sum.sql;
    }
}
