package matchback.console.pages;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import matchback.console.pages.FeedsPage.Advised;
import matchback.console.pages.FeedsPage.Row;
import matchback.console.pages.Filters.Choice;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Sender;
import matchback.model.catalog.TrafficSource;
import matchback.report.Dimension;
import matchback.report.FeedReport;
import matchback.report.FeedReport.Gaps;
import matchback.report.Metric;
import matchback.report.Problem;
import matchback.report.Report;
import matchback.report.ReportQuery;

/// Builds the page that sets the feeds side by side.
final class FeedsPages {
    private static final String GROUP = "group";
    private static final int ROWS_MAX = 500;

    /// What conversions are told apart by.
    private static final List<Dimension> GROUPS =
            List.of(
                    Dimension.BROWSER,
                    Dimension.OS,
                    Dimension.IN_APP,
                    Dimension.DEVICE,
                    Dimension.BROWSER_VERSION,
                    Dimension.FEEDS,
                    Dimension.EVENT_TYPE,
                    Dimension.CAMPAIGN,
                    Dimension.SOURCE,
                    Dimension.SENDER,
                    Dimension.COUNTRY,
                    Dimension.DAY);

    void show(Visit visit) {
        var days = Days.of(visit);
        var parameters = parameters(visit, days);
        switch (ReportQuery.parse(parameters)) {
            case ReportQuery.Parsed.Valid(var query) -> {
                var found = visit.site().context().reports().feeds(query);
                visit.show(visit.site().templates().feeds(page(visit, days, query, found)));
            }
            case ReportQuery.Parsed.Invalid(var problems) ->
                    visit.show(400, visit.site().templates().feeds(refused(visit, days, problems)));
        }
    }

    private static Map<String, String> parameters(Visit visit, Days days) {
        var values = new LinkedHashMap<String, String>();
        for (var dimension : Dimension.values()) {
            values.put(dimension.word(), visit.param(dimension.word()));
        }
        values.put(GROUP, group(visit));
        values.put(
                "metrics",
                FeedReport.METRICS.stream().map(Metric::word).collect(Collectors.joining(",")));
        values.put("tz", days.zone().getId());
        values.put("from", days.from());
        values.put("to", days.exclusiveTo());
        values.put("sort", visit.param("sort"));
        values.put("limit", Integer.toString(ROWS_MAX));
        values.values().removeIf(String::isEmpty);
        return values;
    }

    private static String group(Visit visit) {
        var asked = visit.param(GROUP);
        return asked.isEmpty() ? GROUPS.getFirst().word() : asked;
    }

    private static FeedsPage page(Visit visit, Days days, ReportQuery query, FeedReport found) {
        var texts = visit.texts();
        var report = found.report();
        var table = new ReportTable(visit, report, query, List.of());
        var rows = new ArrayList<Row>();
        var shown = table.rows();
        for (int i = 0; i < shown.size(); i++) {
            rows.add(
                    new Row(
                            shown.get(i).dimensions(),
                            shown.get(i).metrics(),
                            gaps(visit, found.gaps().get(i))));
        }
        boolean isNone = count(report, Metric.CONVERSIONS) == 0;
        return new FeedsPage(
                visit.frame(texts.of("nav.feeds"), Section.FEEDS),
                days.presets(visit),
                choices(visit),
                days,
                isFiltered(visit),
                List.of(),
                Days.words(report),
                isNone ? "" : csv(visit, days),
                isNone ? "" : summary(visit, report),
                isNone ? List.of() : advice(visit, report),
                table.columns(),
                List.of(texts.of("feeds.gap_half"), texts.of("feeds.gap_most")),
                isNone ? List.of() : rows,
                new Row(
                        List.of(),
                        table.metrics(report.totals(), null),
                        gaps(visit, found.totals())),
                visit.formats().count(report.rows().size()),
                nothing(visit));
    }

    private static FeedsPage refused(Visit visit, Days days, List<Problem> problems) {
        return new FeedsPage(
                visit.frame(visit.texts().of("nav.feeds"), Section.FEEDS),
                days.presets(visit),
                choices(visit),
                days,
                isFiltered(visit),
                problems.stream().map(p -> p.parameter() + ": " + p.message()).toList(),
                "",
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Row(List.of(), List.of(), List.of()),
                "",
                nothing(visit));
    }

    private static Nothing nothing(Visit visit) {
        var texts = visit.texts();
        return new Nothing(
                texts.of("feeds.none"),
                texts.of("feeds.none_text"),
                "",
                "/campaigns",
                texts.of("feeds.to_campaigns"));
    }

    private static List<Choice> choices(Visit visit) {
        var texts = visit.texts();
        var groups =
                GROUPS.stream()
                        .map(d -> Option.of(d.word(), texts.of("dimension." + d.word())))
                        .toList();
        return List.of(
                new Choice(GROUP, texts.of("report.group"), group(visit), groups),
                choice(visit, Dimension.CAMPAIGN, Options.all(visit, Campaign.class)),
                choice(visit, Dimension.SOURCE, Options.all(visit, TrafficSource.class)),
                choice(visit, Dimension.SENDER, Options.all(visit, Sender.class)));
    }

    private static Choice choice(Visit visit, Dimension dimension, List<Option> options) {
        return new Choice(
                dimension.word(),
                visit.texts().of("dimension." + dimension.word()),
                visit.param(dimension.word()),
                options);
    }

    private static boolean isFiltered(Visit visit) {
        for (var dimension : Dimension.values()) {
            if (!visit.param(dimension.word()).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static long count(Report report, Metric metric) {
        return report.totals().of(metric).map(BigDecimal::longValueExact).orElse(0L);
    }

    /// Empty while one side has told of nothing: then there is nothing to compare.
    private static String summary(Visit visit, Report report) {
        long all = count(report, Metric.CONVERSIONS);
        long onlyServer = count(report, Metric.ONLY_SERVER);
        long onlyBrowser = count(report, Metric.ONLY_BROWSER);
        if (onlyServer == all || onlyBrowser == all) {
            return "";
        }
        var formats = visit.formats();
        return visit.texts()
                .of(
                        "feeds.summary",
                        formats.count(all),
                        formats.count(all - onlyServer),
                        formats.count(all - onlyBrowser),
                        formats.count(onlyServer),
                        formats.percent(onlyServer, all),
                        formats.count(onlyBrowser),
                        formats.percent(onlyBrowser, all));
    }

    private static List<Advised> advice(Visit visit, Report report) {
        var texts = visit.texts();
        long all = count(report, Metric.CONVERSIONS);
        var campaign = visit.param(Dimension.CAMPAIGN.word());
        if (count(report, Metric.ONLY_SERVER) == all) {
            boolean isKnown = visit.catalog().campaign(campaign).isPresent();
            return List.of(
                    new Advised(
                            texts.of("feeds.no_browser"),
                            isKnown ? "/campaigns/" + campaign + "/script" : "/campaigns",
                            texts.of(isKnown ? "feeds.to_script" : "feeds.to_campaigns")));
        }
        if (count(report, Metric.ONLY_BROWSER) == all) {
            return List.of(
                    new Advised(
                            texts.of("feeds.no_server"), "/senders", texts.of("feeds.to_senders")));
        }
        return List.of();
    }

    private static List<String> gaps(Visit visit, Gaps gaps) {
        return gaps.conversions() == 0
                ? List.of(Formats.MISSING, Formats.MISSING)
                : List.of(visit.formats().gap(gaps.half()), visit.formats().gap(gaps.most()));
    }

    private static String csv(Visit visit, Days days) {
        var parameters = parameters(visit, days);
        parameters.put("limit", Integer.toString(ReportQuery.LIMIT_MAX));
        return "/api/v1/report?format=csv&"
                + parameters.entrySet().stream()
                        .map(e -> e.getKey() + '=' + Visit.encode(e.getValue()))
                        .collect(Collectors.joining("&"));
    }
}
