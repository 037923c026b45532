package matchback.console.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import matchback.console.pages.Filters.Choice;
import matchback.console.pages.ReportPage.Asking;
import matchback.console.pages.ReportPage.Only;
import matchback.report.Comparison;
import matchback.report.Dimension;
import matchback.report.Metric;
import matchback.report.Problem;
import matchback.report.Report;
import matchback.report.Report.Values;
import matchback.report.ReportQuery;
import org.jspecify.annotations.Nullable;

/// Builds the report page from its URL: a report can be shared by its address.
final class ReportPages {
    private static final String GROUP = "group";
    private static final String METRICS = "metrics";
    private static final String CLOCK = "clock";
    private static final String BOTS = "include_bots";
    private static final String COMPARE = "compare";
    private static final String PREVIOUS = "previous";

    /// What the form adds a filter with: a dimension's name and its value.
    private static final String FILTER = "filter";

    private static final String VALUE = "value";
    private static final int ROWS_MAX = 500;

    /// What was asked, as parameters of the API.
    private record Asked(List<String> groups, List<String> metrics, Days days) {

        Map<String, String> parameters(Visit visit) {
            var values = new LinkedHashMap<String, String>();
            values.put(GROUP, String.join(",", groups));
            values.put(METRICS, String.join(",", metrics));
            values.put("tz", days.zone().getId());
            values.put("from", days.from());
            values.put("to", days.exclusiveTo());
            values.put("sort", visit.param("sort"));
            values.put(CLOCK, visit.param(CLOCK));
            values.put(BOTS, visit.param(BOTS));
            for (var dimension : Dimension.values()) {
                values.put(dimension.word(), visit.param(dimension.word()));
            }
            values.values().removeIf(String::isEmpty);
            return values;
        }
    }

    void show(Visit visit) {
        var filter = Dimension.ofWord(visit.param(FILTER));
        if (filter.isPresent() && !visit.param(VALUE).isEmpty()) {
            // An address that says what it shows, to be shared and kept.
            visit.goTo(
                    visit.with(
                            Map.of(
                                    filter.get().word(),
                                    visit.param(VALUE),
                                    FILTER,
                                    "",
                                    VALUE,
                                    "")));
            return;
        }
        var asked = asked(visit);
        var parameters = asked.parameters(visit);
        if (tellsOfMoney(visit, parameters)) {
            parameters.put("sort", "-" + Metric.CLICKS.word());
        }
        switch (ReportQuery.parse(withLimit(parameters))) {
            case ReportQuery.Parsed.Valid(var query) ->
                    visit.show(
                            visit.site()
                                    .templates()
                                    .report(
                                            page(
                                                    visit,
                                                    asked,
                                                    parameters,
                                                    Answer.of(visit, query),
                                                    List.of())));
            case ReportQuery.Parsed.Invalid(var problems) ->
                    visit.show(
                            400,
                            visit.site()
                                    .templates()
                                    .report(
                                            page(
                                                    visit,
                                                    asked,
                                                    parameters,
                                                    Answer.none(visit, asked),
                                                    problems)));
        }
    }

    /// Whether the order of the rows would tell a reader of amounts who may not see them.
    private static boolean tellsOfMoney(Visit visit, Map<String, String> parameters) {
        return visit.formats().hides(Metric.REVENUE)
                && ReportQuery.parse(withLimit(parameters))
                        instanceof ReportQuery.Parsed.Valid(var query)
                && query.isSortedByMoney();
    }

    /// What was found, beside the period before if that was asked for.
    ///
    /// @param comparison null when there is none
    private record Answer(ReportQuery query, Report report, @Nullable Comparison comparison) {
        static Answer of(Visit visit, ReportQuery query) {
            var reports = visit.site().context().reports();
            if (visit.param(COMPARE).equals(PREVIOUS)) {
                var comparison = reports.compared(query);
                return new Answer(query, comparison.report(), comparison);
            }
            return new Answer(query, reports.report(query), null);
        }

        /// To a question that cannot be asked.
        static Answer none(Visit visit, Asked asked) {
            var query = ReportQuery.by();
            var report =
                    new Report(
                            List.of(),
                            query.metrics(),
                            List.of(),
                            new Values(Map.of()),
                            visit.reportCurrency(),
                            asked.days().zone(),
                            Instant.EPOCH,
                            Instant.EPOCH);
            return new Answer(query, report, null);
        }

        List<Values> before() {
            return comparison == null ? List.of() : comparison.rows();
        }

        @Nullable Values totalsBefore() {
            return comparison == null ? null : comparison.before().totals();
        }

        String periodBefore() {
            return comparison == null ? "" : Days.words(comparison.before());
        }
    }

    private static Map<String, String> withLimit(Map<String, String> parameters) {
        var more = new LinkedHashMap<>(parameters);
        more.put("limit", Integer.toString(ROWS_MAX));
        return more;
    }

    private static Asked asked(Visit visit) {
        var groups = split(visit, GROUP);
        boolean bare = visit.ctx().queryParam(GROUP).isEmpty();
        return new Asked(
                bare ? List.of("campaign") : groups, split(visit, METRICS), Days.of(visit));
    }

    private static List<String> split(Visit visit, String name) {
        return visit.params(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    private static ReportPage page(
            Visit visit,
            Asked asked,
            Map<String, String> parameters,
            Answer answer,
            List<Problem> problems) {
        var texts = visit.texts();
        var report = answer.report();
        var table = new ReportTable(visit, report, answer.query(), answer.before());
        var drawn = table.drawn();
        var keys = new ArrayList<Option>();
        for (int i = 0; i < drawn.size(); i++) {
            keys.add(
                    new Option(
                            Integer.toString(i + 1),
                            texts.of("metric." + drawn.get(i).word()),
                            i == 0));
        }
        return new ReportPage(
                visit.frame(texts.of("nav.report"), Section.REPORT),
                asking(visit, asked, answer.query()),
                problems.stream().map(p -> p.parameter() + ": " + p.message()).toList(),
                problems.isEmpty() ? Days.words(report) : "",
                report.currency(),
                csv(visit, parameters),
                table.columns(),
                report.group().size(),
                table.rows(),
                table.metrics(report.totals(), answer.totalsBefore()),
                visit.formats().count(report.rows().size()),
                table.step(),
                keys,
                answer.periodBefore(),
                report.rows().size() < ROWS_MAX ? "" : texts.of("report.more", ROWS_MAX),
                new Nothing(texts.of("report.none"), texts.of("report.none_text"), "", "", ""));
    }

    private static Asking asking(Visit visit, Asked asked, ReportQuery query) {
        return new Asking(
                asked.days().presets(visit),
                groups(visit, asked),
                metrics(visit, query),
                asked.days().from(),
                asked.days().to(),
                asked.days().zone().getId(),
                List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds())),
                visit.param("sort"),
                clocks(visit, query),
                visit.param(COMPARE).equals(PREVIOUS),
                query.withBots(),
                only(visit),
                dimensions(visit));
    }

    private static List<Option> clocks(Visit visit, ReportQuery query) {
        return Arrays.stream(ReportQuery.Clock.values())
                .map(clock -> {
                    var word = clock.name().toLowerCase(Locale.ROOT);
                    return new Option(
                            word, visit.texts().of("report.clock." + word), clock == query.clock());
                })
                .toList();
    }

    private static String csv(Visit visit, Map<String, String> parameters) {
        var query = new StringBuilder("/api/v1/report?format=csv&limit=" + ReportQuery.LIMIT_MAX);
        if (visit.param(COMPARE).equals(PREVIOUS)) {
            query.append("&compare=previous");
        }
        parameters.forEach((name, value) ->
                query.append('&').append(name).append('=').append(Visit.encode(value)));
        return query.toString();
    }

    private static List<Choice> groups(Visit visit, Asked asked) {
        var options = dimensions(visit);
        var choices = new ArrayList<Choice>();
        for (int i = 0; i < ReportQuery.DIMENSIONS_MAX; i++) {
            choices.add(
                    new Choice(
                            "group-" + i,
                            visit.texts().of(i == 0 ? "report.group" : "report.then"),
                            i < asked.groups().size() ? asked.groups().get(i) : "",
                            options));
        }
        return choices;
    }

    private static List<Option> metrics(Visit visit, ReportQuery query) {
        return Arrays.stream(Metric.values())
                .map(metric ->
                        new Option(
                                metric.word(),
                                visit.texts().of("metric." + metric.word()),
                                query.metrics().contains(metric)))
                .toList();
    }

    private static List<Option> dimensions(Visit visit) {
        return Arrays.stream(Dimension.values())
                .map(dimension -> Option.of(dimension.word(), label(visit, dimension)))
                .toList();
    }

    private static String label(Visit visit, Dimension dimension) {
        return visit.texts().orElse("dimension." + dimension.word(), dimension.word());
    }

    private static List<Only> only(Visit visit) {
        var names = new Names(visit.catalog());
        return Arrays.stream(Dimension.values())
                .filter(dimension -> !visit.param(dimension.word()).isEmpty())
                .map(dimension -> {
                    var value = visit.param(dimension.word());
                    return new Only(
                            dimension.word(),
                            label(visit, dimension),
                            value,
                            dimension.timePart().isPresent()
                                    ? value
                                    : ReportTable.shown(names, dimension, value),
                            visit.with(Map.of(dimension.word(), "")));
                })
                .toList();
    }
}
