package matchback.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a report can show: a sum, a difference of sums, or a ratio of them.
public enum Metric {
    CLICKS(Type.COUNT, Measure.CLICKS),
    UNIQUE_CLICKS(Type.COUNT, Measure.UNIQUE_CLICKS),
    BOTS(Type.COUNT, Measure.BOTS),
    /// Clicks that were sent to a lander.
    LANDER_VIEWS(Type.COUNT, Measure.LANDER_VIEWS),
    LANDER_CLICKS(Type.COUNT, Measure.LANDER_CLICKS),
    /// Visitors who went on from a lander, by those who were sent to one.
    LANDER_CTR(new Formula(Measure.LANDER_VISITORS), new Formula(Measure.LANDER_VIEWS)),
    CONVERSIONS(Type.COUNT, Measure.CONVERSIONS),
    /// Payouts of conversions that are not rejected, less those reversed in the period.
    REVENUE(Type.MONEY, Measure.REVENUE),
    /// Of the clicks, as it came with them or was stated since, and of the conversions.
    COST(Type.MONEY, Formula.COST),
    /// Revenue less cost.
    PROFIT(Type.MONEY, Formula.PROFIT),
    /// Conversions by clicks.
    CR(new Formula(Measure.CONVERSIONS), new Formula(Measure.CLICKS)),
    /// Earnings per click.
    EPC(new Formula(Measure.REVENUE), new Formula(Measure.CLICKS)),
    /// Profit by cost.
    ROI(Formula.PROFIT, Formula.COST),
    /// Revenue by cost.
    ROAS(new Formula(Measure.REVENUE), Formula.COST),
    /// Clicks whose cost is known by all clicks: what ROI and ROAS are worth.
    COST_COVERAGE(Formula.sum(Measure.KNOWN, Measure.STATED_KNOWN), new Formula(Measure.CLICKS)),
    /// Cost per conversion.
    CPA(Formula.COST, new Formula(Measure.CONVERSIONS)),
    /// Cost per click.
    CPC(Formula.COST, new Formula(Measure.CLICKS)),
    /// Revenue per conversion.
    AP(new Formula(Measure.REVENUE), new Formula(Measure.CONVERSIONS)),
    /// Order values in the report currency; none where some are in another currency.
    VALUE(Type.MONEY, Measure.VALUE),
    /// Value per conversion that has one; none where some are in another currency.
    AOV(new Formula(Measure.VALUE), new Formula(Measure.VALUED)),
    /// Conversions that a server reported and no browser.
    ONLY_SERVER(Type.COUNT, Measure.ONLY_SERVER),
    /// Conversions that a browser reported and no server.
    ONLY_BROWSER(Type.COUNT, Measure.ONLY_BROWSER),
    BY_BOTH(Type.COUNT, Measure.BY_BOTH),
    /// Conversions by both of which the browser's report came first.
    BROWSER_FIRST(Type.COUNT, Measure.BROWSER_FIRST),
    /// Conversions that no browser reported, by all: what a pixel alone would have missed.
    RECOVERED(new Formula(Measure.ONLY_SERVER), new Formula(Measure.CONVERSIONS)),
    /// Conversions that no server reported, by all: what postbacks alone would have missed.
    RECOVERED_BY_BROWSER(new Formula(Measure.ONLY_BROWSER), new Formula(Measure.CONVERSIONS)),
    PENDING(Type.COUNT, Measure.PENDING),
    APPROVED(Type.COUNT, Measure.APPROVED),
    REJECTED(Type.COUNT, Measure.REJECTED),
    /// Conversions that were reversed since; dated to the conversion.
    REVERSED(Type.COUNT, Measure.REVERSED),
    /// Reversals, dated to the reversal as their revenue is.
    REVERSALS(Type.COUNT, Measure.REVERSALS),
    /// Postbacks, by their current decisions.
    RECEIVED(Type.COUNT, Measure.RECEIVED),
    COUNTED(Type.COUNT, Measure.COUNTED),
    UPDATED(Type.COUNT, Measure.UPDATED),
    DUPLICATE(Type.COUNT, Measure.DUPLICATE),
    HELD(Type.COUNT, Measure.HELD),
    REFUSED(Type.COUNT, Measure.REFUSED),
    DELIVERIES(Type.COUNT, Measure.DELIVERIES),
    DELIVERED(Type.COUNT, Measure.DELIVERED),
    DEAD_LETTERS(Type.COUNT, Measure.DEAD_LETTERS),
    /// All that browsers reported after the click, conversions apart.
    BROWSER_EVENTS(Type.COUNT, Measure.BROWSER_EVENTS),
    PAGE_VIEWS(Type.COUNT, Measure.PAGE_VIEWS),
    /// Seconds in which visitors did something on a page that they saw.
    ENGAGED(Type.COUNT, Measure.ENGAGED),
    /// How far pages were scrolled on average, in percent.
    SCROLL_DEPTH(new Formula(Measure.SCROLLED), new Formula(Measure.SCROLLS));

    /// How a metric's values look.
    public enum Type {
        /// A whole number.
        COUNT,
        /// An amount in the report currency.
        MONEY,
        /// A quotient with 6 digits after the point.
        RATIO
    }

    /// Shown when nothing else is asked for.
    public static final List<Metric> DEFAULT =
            List.of(
                    CLICKS,
                    UNIQUE_CLICKS,
                    CONVERSIONS,
                    REVENUE,
                    COST,
                    PROFIT,
                    CR,
                    EPC,
                    ROI,
                    ROAS,
                    COST_COVERAGE);

    private static final int RATIO_DIGITS = 6;
    private static final Set<Measure> MONEY =
            EnumSet.of(Measure.COST, Measure.STATED, Measure.OWED, Measure.REVENUE, Measure.VALUE);
    private static final Map<String, Metric> BY_WORD = new HashMap<>();

    static {
        for (var metric : values()) {
            BY_WORD.put(metric.word(), metric);
        }
    }

    /// Sums, less others.
    private record Formula(List<Measure> plus, List<Measure> minus) {
        static final Formula COST = sum(Measure.COST, Measure.STATED, Measure.OWED);
        static final Formula PROFIT = new Formula(List.of(Measure.REVENUE), COST.plus());

        Formula(Measure measure) {
            this(List.of(measure), List.of());
        }

        static Formula sum(Measure... plus) {
            return new Formula(List.of(plus), List.of());
        }

        List<Measure> measures() {
            var all = new ArrayList<>(plus);
            all.addAll(minus);
            return all;
        }

        BigDecimal of(Map<Measure, BigDecimal> sums) {
            return sum(plus, sums).subtract(sum(minus, sums));
        }

        private static BigDecimal sum(List<Measure> measures, Map<Measure, BigDecimal> sums) {
            return measures.stream()
                    .map(measure -> sums.getOrDefault(measure, BigDecimal.ZERO))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        String sql() {
            var sql = new StringBuilder("(").append(sql(plus));
            if (!minus.isEmpty()) {
                sql.append(" - (").append(sql(minus)).append(')');
            }
            return sql.append(')').toString();
        }

        private static String sql(List<Measure> measures) {
            return String.join(
                    " + ", measures.stream().map(m -> "coalesce(" + m.alias() + ", 0)").toList());
        }
    }

    private final Type type;
    private final Formula numerator;
    private final Optional<Formula> denominator;

    Metric(Type type, Measure measure) {
        this(type, new Formula(measure));
    }

    Metric(Type type, Formula formula) {
        this.type = type;
        this.numerator = formula;
        this.denominator = Optional.empty();
    }

    Metric(Formula numerator, Formula denominator) {
        this.type = Type.RATIO;
        this.numerator = numerator;
        this.denominator = Optional.of(denominator);
    }

    public Type type() {
        return type;
    }

    /// Whether it is an amount or made of amounts: what is hidden from those who may not see money.
    public boolean isMoney() {
        return measures().stream().anyMatch(MONEY::contains);
    }

    /// The name in URLs and answers, for example `unique_clicks`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Metric> ofWord(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    static Set<String> words() {
        return BY_WORD.keySet();
    }

    /// The sums it is made of.
    Set<Measure> measures() {
        var all = new ArrayList<>(numerator.measures());
        denominator.ifPresent(formula -> all.addAll(formula.measures()));
        if (all.contains(Measure.VALUE)) {
            all.add(Measure.VALUED_FOREIGN);
        }
        return EnumSet.copyOf(all);
    }

    /// Its value, or empty where there is none: the denominator is zero, or currencies are mixed.
    Optional<BigDecimal> of(Map<Measure, BigDecimal> sums) {
        if (measures().contains(Measure.VALUED_FOREIGN)
                && sums.getOrDefault(Measure.VALUED_FOREIGN, BigDecimal.ZERO).signum() != 0) {
            return Optional.empty();
        }
        var value = numerator.of(sums);
        if (denominator.isEmpty()) {
            return Optional.of(value.setScale(type == Type.COUNT ? 0 : 6));
        }
        var divisor = denominator.get().of(sums);
        return divisor.signum() == 0
                ? Optional.empty()
                : Optional.of(value.divide(divisor, RATIO_DIGITS, RoundingMode.HALF_UP));
    }

    /// A value as it is shown: money with at least two places, as in `22.50`.
    public String text(BigDecimal value) {
        return switch (type) {
            case COUNT, RATIO -> value.toPlainString();
            case MONEY -> {
                var stripped = value.stripTrailingZeros();
                yield stripped.setScale(Math.max(2, stripped.scale())).toPlainString();
            }
        };
    }

    /// An expression over the measures' aliases to sort by.
    String sortSql() {
        return denominator
                .map(formula ->
                        "CAST(%s AS DOUBLE) / nullif(CAST(%s AS DOUBLE), 0)"
                                .formatted(numerator.sql(), formula.sql()))
                .orElse(numerator.sql());
    }
}
