package matchback.store.embedded.duck;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.Feed;
import matchback.report.DailyCosts.Day;
import matchback.report.Dimension;
import matchback.report.Metric;
import matchback.report.ReportQuery;
import matchback.report.ReportQuery.Clock;

/// The sums of a report, made fact by fact with the JDK's calendar: what the SQL must agree with.
final class ByHand {
    private final Map<String, BigDecimal> sums = new TreeMap<>();

    /// Rows by their labels, and all of them together under no labels at all.
    static Map<List<String>, ByHand> rows(
            List<Fact> facts, ReportQuery query, Instant from, Instant to, Set<Metric> wanted) {
        return rows(facts, List.of(), query, from, to, wanted);
    }

    /// @param days of campaigns that are paid by the day
    static Map<List<String>, ByHand> rows(
            List<Fact> facts,
            List<Day> days,
            ReportQuery query,
            Instant from,
            Instant to,
            Set<Metric> wanted) {
        var rows = new HashMap<List<String>, ByHand>();
        for (var part : SpreadByHand.parts(facts, days, query.withBots())) {
            var at = Instant.ofEpochMilli(part.place().at());
            if (!at.isBefore(from) && at.isBefore(to) && matches(part.place(), at, query)) {
                var sums = new HashMap<String, BigDecimal>();
                sums.put("cost", part.amount());
                sums.put("known", part.makesKnown() ? BigDecimal.ONE : BigDecimal.ZERO);
                add(rows, part.place(), at, query, wanted, sums);
            }
        }
        for (var fact : facts) {
            var at = time(fact, query.clock());
            if (at.isBefore(from) || !at.isBefore(to) || !matches(fact, at, query)) {
                continue;
            }
            add(rows, fact, at, query, wanted, parts(fact, query.withBots()));
        }
        return rows;
    }

    private static void add(
            Map<List<String>, ByHand> rows,
            Fact place,
            Instant at,
            ReportQuery query,
            Set<Metric> wanted,
            Map<String, BigDecimal> parts) {
        if (wanted.stream().noneMatch(m -> uses(m).stream().anyMatch(parts::containsKey))) {
            return;
        }
        var labels = new ArrayList<String>();
        for (var dimension : query.group()) {
            labels.add(label(place, dimension, at, query.tz()));
        }
        rows.computeIfAbsent(labels, _ -> new ByHand()).add(parts);
        if (!labels.isEmpty()) {
            rows.computeIfAbsent(List.of(), _ -> new ByHand()).add(parts);
        }
    }

    private static boolean matches(Fact fact, Instant at, ReportQuery query) {
        return query.filters().entrySet().stream()
                .allMatch(f -> label(fact, f.getKey(), at, query.tz()).equals(f.getValue()));
    }

    private static Instant time(Fact fact, Clock clock) {
        boolean converted = fact.kind() == Kind.CONVERSION || fact.kind() == Kind.REVERSAL;
        return Instant.ofEpochMilli(
                clock == Clock.CLICK && converted
                        ? fact.numbers().getOrDefault(Column.CLICK_AT, fact.at())
                        : fact.at());
    }

    static String label(Fact fact, Dimension dimension, Instant at, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        return switch (dimension) {
            case HOUR ->
                    local.toLocalDateTime()
                            .truncatedTo(ChronoUnit.HOURS)
                            .atOffset(local.getOffset())
                            .toString();
            case DAY -> local.toLocalDate().toString();
            case WEEK ->
                    "%04d-W%02d"
                            .formatted(
                                    local.get(IsoFields.WEEK_BASED_YEAR),
                                    local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> local.toLocalDate().toString().substring(0, 7);
            case WEEKDAY -> local.getDayOfWeek().name().toLowerCase(Locale.ROOT);
            default ->
                    fact.texts().getOrDefault(Column.valueOf(dimension.name()), Dimension.UNKNOWN);
        };
    }

    /// What one fact adds, by the name of the sum.
    private static Map<String, BigDecimal> parts(Fact fact, boolean withBots) {
        var parts = new HashMap<String, BigDecimal>();
        switch (fact.kind()) {
            case CLICK -> click(fact, withBots, parts);
            case CONVERSION -> conversion(fact, parts);
            case REVERSAL -> {
                parts.put("reversals", BigDecimal.ONE);
                parts.put("revenue", money(fact, Column.REVENUE));
                owed(fact, parts);
            }
            case POSTBACK -> {
                parts.put("received", BigDecimal.ONE);
                parts.put(fact.texts().getOrDefault(Column.DECISION, ""), BigDecimal.ONE);
            }
            case DELIVERY -> {
                parts.put("deliveries", BigDecimal.ONE);
                var state = fact.texts().getOrDefault(Column.DELIVERY_STATE, "");
                parts.put(state.equals("dead") ? "dead_letters" : state, BigDecimal.ONE);
            }
            case LANDER_CLICK -> landerClick(fact, withBots, parts);
            case BROWSER_EVENT -> browser(fact, withBots, parts);
            case WITHDRAWN, COST -> {
                // Counts for nothing by itself.
            }
        }
        return parts;
    }

    private static void browser(Fact fact, boolean withBots, Map<String, BigDecimal> parts) {
        if (!withBots && fact.numbers().getOrDefault(Column.IS_BOT, 0L) == 1) {
            return;
        }
        parts.put("browser_events", BigDecimal.ONE);
        var amount = BigDecimal.valueOf(fact.numbers().getOrDefault(Column.AMOUNT, 0L));
        switch (fact.texts().getOrDefault(Column.EVENT_TYPE, "")) {
            case "page_view" -> parts.put("page_views", BigDecimal.ONE);
            case "engaged" -> parts.put("engaged", amount);
            case "scroll" -> {
                parts.put("scrolled", amount);
                parts.put("scrolls", BigDecimal.ONE);
            }
            default -> {
                // The site's own.
            }
        }
    }

    private static void click(Fact fact, boolean withBots, Map<String, BigDecimal> parts) {
        boolean bot = fact.numbers().getOrDefault(Column.IS_BOT, 0L) == 1;
        if (bot) {
            parts.put("bots", BigDecimal.ONE);
        }
        if (!bot || withBots) {
            parts.put("clicks", BigDecimal.ONE);
            parts.put("cost", money(fact, Column.COST));
            if (fact.numbers().containsKey(Column.COST)) {
                parts.put("known", BigDecimal.ONE);
            }
            if (fact.numbers().getOrDefault(Column.IS_UNIQUE, 0L) == 1) {
                parts.put("unique_clicks", BigDecimal.ONE);
            }
            if (fact.texts().containsKey(Column.LANDER)) {
                parts.put("lander_views", BigDecimal.ONE);
            }
        }
    }

    private static void landerClick(Fact fact, boolean withBots, Map<String, BigDecimal> parts) {
        if (withBots || fact.numbers().getOrDefault(Column.IS_BOT, 0L) == 0) {
            parts.put("lander_clicks", BigDecimal.ONE);
            if (fact.numbers().getOrDefault(Column.IS_UNIQUE, 0L) == 1) {
                parts.put("lander_visitors", BigDecimal.ONE);
            }
        }
    }

    private static void conversion(Fact fact, Map<String, BigDecimal> parts) {
        var status = fact.texts().getOrDefault(Column.STATUS, "");
        parts.put(status, BigDecimal.ONE);
        if (status.equals("rejected")) {
            return;
        }
        parts.put("conversions", BigDecimal.ONE);
        witnessed(fact, parts);
        parts.put("revenue", money(fact, Column.REVENUE));
        owed(fact, parts);
        if (fact.numbers().containsKey(Column.ORDER_VALUE)) {
            if ("USD".equals(fact.texts().get(Column.CURRENCY))) {
                parts.put("value", money(fact, Column.ORDER_VALUE));
                parts.put("valued", BigDecimal.ONE);
            } else {
                parts.put("foreign", BigDecimal.ONE);
            }
        }
    }

    private static void owed(Fact fact, Map<String, BigDecimal> parts) {
        if (fact.numbers().containsKey(Column.COST)) {
            parts.put("cost", money(fact, Column.COST));
        }
    }

    private static void witnessed(Fact fact, Map<String, BigDecimal> parts) {
        var feed =
                Feed.valueOf(fact.texts().getOrDefault(Column.FEED, "").toUpperCase(Locale.ROOT));
        var witnesses =
                fact.texts().getOrDefault(Column.WITNESSES, feed.isServer() ? "server" : "browser");
        parts.put(witnesses.equals("both") ? "by_both" : "only_" + witnesses, BigDecimal.ONE);
        if (witnesses.equals("both") && !feed.isServer()) {
            parts.put("browser_first", BigDecimal.ONE);
        }
    }

    private static BigDecimal money(Fact fact, Column column) {
        return BigDecimal.valueOf(fact.numbers().getOrDefault(column, 0L), 6);
    }

    private void add(Map<String, BigDecimal> parts) {
        parts.forEach((name, part) -> sums.merge(name, part, BigDecimal::add));
    }

    /// The sums a metric is made of.
    private static Set<String> uses(Metric metric) {
        return switch (metric) {
            case PROFIT, ROI, ROAS -> Set.of("revenue", "cost");
            case LANDER_CTR -> Set.of("lander_visitors", "lander_views");
            case COST_COVERAGE -> Set.of("known", "clicks");
            case CR -> Set.of("conversions", "clicks");
            case SCROLL_DEPTH -> Set.of("scrolled", "scrolls");
            case EPC -> Set.of("revenue", "clicks");
            case CPA -> Set.of("cost", "conversions");
            case CPC -> Set.of("cost", "clicks");
            case AP -> Set.of("revenue", "conversions");
            case RECOVERED -> Set.of("only_server", "conversions");
            case RECOVERED_BY_BROWSER -> Set.of("only_browser", "conversions");
            case VALUE, AOV -> Set.of("value", "foreign");
            default -> Set.of(metric.word());
        };
    }

    Optional<BigDecimal> value(Metric metric) {
        var revenue = sum("revenue");
        var cost = sum("cost");
        return switch (metric) {
            case REVENUE, COST -> Optional.of(sum(metric.word()).setScale(6));
            case PROFIT -> Optional.of(revenue.subtract(cost).setScale(6));
            case LANDER_CTR -> ratio(sum("lander_visitors"), sum("lander_views"));
            case COST_COVERAGE -> ratio(sum("known"), sum("clicks"));
            case CR -> ratio(sum("conversions"), sum("clicks"));
            case EPC -> ratio(revenue, sum("clicks"));
            case ROI -> ratio(revenue.subtract(cost), cost);
            case ROAS -> ratio(revenue, cost);
            case CPA -> ratio(cost, sum("conversions"));
            case CPC -> ratio(cost, sum("clicks"));
            case AP -> ratio(revenue, sum("conversions"));
            case RECOVERED -> ratio(sum("only_server"), sum("conversions"));
            case RECOVERED_BY_BROWSER -> ratio(sum("only_browser"), sum("conversions"));
            case SCROLL_DEPTH -> ratio(sum("scrolled"), sum("scrolls"));
            case VALUE ->
                    sum("foreign").signum() > 0
                            ? Optional.empty()
                            : Optional.of(sum("value").setScale(6));
            case AOV ->
                    sum("foreign").signum() > 0
                            ? Optional.empty()
                            : ratio(sum("value"), sum("valued"));
            default -> Optional.of(sum(metric.word()));
        };
    }

    private BigDecimal sum(String name) {
        return sums.getOrDefault(name, BigDecimal.ZERO);
    }

    private static Optional<BigDecimal> ratio(BigDecimal dividend, BigDecimal divisor) {
        return divisor.signum() == 0
                ? Optional.empty()
                : Optional.of(dividend.divide(divisor, 6, RoundingMode.HALF_UP));
    }

    /// All values as text, by metric.
    Map<Metric, String> values(List<Metric> metrics) {
        var values = new TreeMap<Metric, String>();
        metrics.forEach(
                metric -> value(metric).ifPresent(v -> values.put(metric, v.toPlainString())));
        return values;
    }

    /// The names of all sums, to see that a sample has something of each.
    static Set<String> names(List<Fact> facts) {
        var names = new TreeSet<String>();
        facts.forEach(fact -> names.addAll(parts(fact, false).keySet()));
        return names;
    }
}
