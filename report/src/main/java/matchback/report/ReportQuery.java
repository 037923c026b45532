package matchback.report;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A question for a report.
///
/// @param group at most [#DIMENSIONS_MAX]; empty for the totals alone
/// @param metrics at least one
/// @param from inclusive; null for the default
/// @param to exclusive; null for the default
/// @param filters a dimension's value that rows must have; [Dimension#UNKNOWN] for none
/// @param limit rows at most; the totals cover all rows
/// @param withBots whether bots count as visitors
public record ReportQuery(
        List<Dimension> group,
        List<Metric> metrics,
        @Nullable Instant from,
        @Nullable Instant to,
        ZoneId tz,
        Map<Dimension, String> filters,
        Sort sort,
        int limit,
        Clock clock,
        boolean withBots) {

    public static final int DIMENSIONS_MAX = 3;
    public static final int LIMIT_DEFAULT = 1_000;
    public static final int LIMIT_MAX = 100_000;

    /// By which time conversions and reversals are found and grouped. Everything else has one time.
    public enum Clock {
        /// When the conversion was reported first, or reversed.
        CONVERSION,
        /// When its click was.
        CLICK
    }

    /// What rows are sorted by. Rows that have no value are last; of equals, the dimensions decide.
    public sealed interface Sort {
        boolean descending();

        record ByMetric(Metric metric, boolean descending) implements Sort {}

        record ByDimension(Dimension dimension, boolean descending) implements Sort {}
    }

    /// Whether the order of the rows tells of amounts.
    public boolean isSortedByMoney() {
        return sort instanceof Sort.ByMetric(var metric, _) && metric.isMoney();
    }

    /// What became of reading a question.
    public sealed interface Parsed {
        record Valid(ReportQuery query) implements Parsed {}

        /// @param problems all of them, at least one
        record Invalid(List<Problem> problems) implements Parsed {}
    }

    private static final List<String> OWN_PARAMETERS =
            List.of(
                    "group",
                    "metrics",
                    "from",
                    "to",
                    "tz",
                    "sort",
                    "limit",
                    "clock",
                    "include_bots",
                    "compare",
                    "format");

    public ReportQuery {
        group = List.copyOf(group);
        metrics = List.copyOf(metrics);
        filters = Map.copyOf(filters);
        if (group.size() > DIMENSIONS_MAX || metrics.isEmpty() || limit < 1) {
            throw new IllegalArgumentException(
                    "%d dimensions, %d metrics, limit %d"
                            .formatted(group.size(), metrics.size(), limit));
        }
    }

    /// A question with the default metrics and period.
    public static ReportQuery by(Dimension... group) {
        return new ReportQuery(
                List.of(group),
                Metric.DEFAULT,
                null,
                null,
                ZoneOffset.UTC,
                Map.of(),
                defaultSort(List.of(group), Metric.DEFAULT),
                LIMIT_DEFAULT,
                Clock.CONVERSION,
                false);
    }

    /// Reads `group`, `metrics` (both with commas), `from`, `to`, `tz`, `sort` (`-clicks` for the
    /// largest first), `limit`, `clock` (`conversion`, `click`), `include_bots`; any other
    /// parameter must be a dimension and is a filter. `format` and `compare` are the caller's and
    /// are skipped.
    public static Parsed parse(Map<String, String> values) {
        var in = new Parameters(values);
        var group = dimensions(in);
        var metrics = metrics(in);
        var zone = in.zone();
        var from = in.instant("from", zone);
        var to = in.instant("to", zone);
        in.checkOrder(from, to);
        var filters = filters(in, values);
        var sort = sort(in, group, metrics);
        int limit = in.number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
        var clock = clock(in);
        boolean withBots = in.flag("include_bots");
        if (!in.problems().isEmpty()) {
            return new Parsed.Invalid(List.copyOf(in.problems()));
        }
        return new Parsed.Valid(
                new ReportQuery(
                        group, metrics, from, to, zone, filters, sort, limit, clock, withBots));
    }

    /// The same question of another period, of as many rows as can be.
    ///
    /// @param label what a filter's value is there; the value itself where that is nothing
    ReportQuery during(Period period, BiFunction<Dimension, String, Optional<String>> label) {
        var there = new EnumMap<Dimension, String>(Dimension.class);
        filters.forEach((dimension, value) ->
                there.put(dimension, label.apply(dimension, value).orElse(value)));
        return new ReportQuery(
                group,
                metrics,
                period.from(),
                period.to(),
                tz,
                there,
                sort,
                LIMIT_MAX,
                clock,
                withBots);
    }

    /// The period asked for, its open ends filled in.
    public Period period(InstantSource now) {
        return Period.of(from, to, tz, now);
    }

    private static List<Dimension> dimensions(Parameters in) {
        var group = new ArrayList<Dimension>();
        for (var word : in.words("group")) {
            var dimension = Dimension.ofWord(word.toLowerCase(Locale.ROOT));
            if (dimension.isEmpty()) {
                in.problem("group", Parameters.unknown("dimension", word, Dimension.words()));
            } else if (group.contains(dimension.get())) {
                in.problem("group", "'" + word + "' twice");
            } else {
                group.add(dimension.get());
            }
        }
        if (group.size() > DIMENSIONS_MAX) {
            in.problem("group", group.size() + " dimensions; at most " + DIMENSIONS_MAX);
        }
        return group;
    }

    private static List<Metric> metrics(Parameters in) {
        var metrics = new ArrayList<Metric>();
        for (var word : in.words("metrics")) {
            var metric = Metric.ofWord(word.toLowerCase(Locale.ROOT));
            if (metric.isEmpty()) {
                in.problem("metrics", Parameters.unknown("metric", word, Metric.words()));
            } else if (!metrics.contains(metric.get())) {
                metrics.add(metric.get());
            }
        }
        withCoverage(metrics);
        return metrics.isEmpty() ? Metric.DEFAULT : metrics;
    }

    /// No return on cost is shown without how much of the cost is known.
    private static void withCoverage(List<Metric> metrics) {
        int last = Math.max(metrics.indexOf(Metric.ROI), metrics.indexOf(Metric.ROAS));
        if (last >= 0 && !metrics.contains(Metric.COST_COVERAGE)) {
            metrics.add(last + 1, Metric.COST_COVERAGE);
        }
    }

    private static Map<Dimension, String> filters(Parameters in, Map<String, String> values) {
        var filters = new EnumMap<Dimension, String>(Dimension.class);
        var known = new TreeSet<>(Dimension.words());
        known.addAll(OWN_PARAMETERS);
        in.refuseUnknown(known);
        for (var name : new TreeSet<>(values.keySet())) {
            var value = in.text(name);
            var dimension = Dimension.ofWord(name);
            if (value.isEmpty() || dimension.isEmpty()) {
                continue;
            }
            var part = dimension.get().timePart();
            if (part.isPresent() && part.get().key(value.get()).isEmpty()) {
                in.problem(
                        name,
                        "%s; expected one like '%s'"
                                .formatted(Parameters.quoted(value.get()), part.get().example()));
            } else if (filters.putIfAbsent(dimension.get(), value.get()) != null) {
                in.problem(name, "the same dimension twice");
            }
        }
        return filters;
    }

    private static Sort sort(Parameters in, List<Dimension> group, List<Metric> metrics) {
        var text = in.text("sort");
        if (text.isEmpty()) {
            return defaultSort(group, metrics);
        }
        boolean descending = text.get().startsWith("-");
        var word = (descending ? text.get().substring(1) : text.get()).toLowerCase(Locale.ROOT);
        var metric = Metric.ofWord(word);
        var dimension = Dimension.ofWord(word).filter(group::contains);
        if (dimension.isPresent()) {
            return new Sort.ByDimension(dimension.get(), descending);
        }
        if (metric.isPresent()) {
            return new Sort.ByMetric(metric.get(), descending);
        }
        var known = new TreeSet<>(Metric.words());
        group.forEach(d -> known.add(d.word()));
        in.problem("sort", Parameters.unknown("metric or grouped dimension", word, known));
        return defaultSort(group, metrics);
    }

    /// Time goes forward; everything else begins with the largest.
    private static Sort defaultSort(List<Dimension> group, List<Metric> metrics) {
        return !group.isEmpty() && group.getFirst().timePart().isPresent()
                ? new Sort.ByDimension(group.getFirst(), false)
                : new Sort.ByMetric(metrics.getFirst(), true);
    }

    private static Clock clock(Parameters in) {
        var text = in.text("clock").orElse("conversion");
        return switch (text) {
            case "conversion" -> Clock.CONVERSION;
            case "click" -> Clock.CLICK;
            default -> {
                in.problem("clock", Parameters.quoted(text) + "; expected 'conversion' or 'click'");
                yield Clock.CONVERSION;
            }
        };
    }
}
