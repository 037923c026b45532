package matchback.console.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import matchback.console.pages.ApplePage.Address;
import matchback.console.pages.ApplePage.App;
import matchback.console.pages.ApplePage.Row;
import matchback.console.pages.ApplePage.Table;
import matchback.model.Feed;
import matchback.model.Reason;
import matchback.model.catalog.AppleApp;
import matchback.report.Dimension;
import matchback.report.Metric;
import matchback.report.Report;
import matchback.report.Report.Values;

/// Builds the page of Apple's postbacks.
final class ApplePages {
    private static final List<Metric> METRICS =
            List.of(
                    Metric.RECEIVED,
                    Metric.COUNTED,
                    Metric.DUPLICATE,
                    Metric.HELD,
                    Metric.REFUSED,
                    Metric.CONVERSIONS,
                    Metric.REVENUE);
    private static final String APP = "app";

    void show(Visit visit) {
        var texts = visit.texts();
        var span = Span.of(visit);
        var only = visit.param(APP);
        var page =
                new ApplePage(
                        visit.frame(texts.of("nav.apple"), Section.APPLE),
                        span.presets(visit),
                        addresses(visit),
                        choices(visit, only),
                        tables(visit, span, only),
                        headers(visit, METRICS),
                        apps(visit, span),
                        new Nothing(
                                texts.of("apple.none"),
                                texts.of("apple.none_text"),
                                "",
                                "/apple/new",
                                texts.of("apple.add")));
        visit.show(visit.site().templates().apple(page));
    }

    private static List<Address> addresses(Visit visit) {
        var base = visit.site().config().publicUrl();
        return List.of(
                new Address(
                        "SKAdNetwork",
                        base + "/.well-known/skadnetwork/report-attribution/",
                        "NSAdvertisingAttributionReportEndpoint"),
                new Address(
                        "AdAttributionKit",
                        base + "/.well-known/appattribution/report-attribution/",
                        "AdAttributionKit > AttributionCopyEndpoint"));
    }

    private static List<Preset> choices(Visit visit, String only) {
        var choices = new ArrayList<Preset>();
        choices.add(
                new Preset(
                        visit.texts().of("apple.all_apps"),
                        visit.with(Map.of(APP, "")),
                        only.isEmpty()));
        for (var app : inUse(visit)) {
            choices.add(
                    new Preset(
                            app.name(),
                            visit.with(Map.of(APP, app.key())),
                            app.key().equals(only)));
        }
        return choices.size() > 2 ? choices : List.of();
    }

    private static List<AppleApp> inUse(Visit visit) {
        return visit.catalog().all(AppleApp.class).values().stream()
                .filter(app -> !app.archived())
                .sorted(
                        Comparator.comparing(AppleApp::name, String.CASE_INSENSITIVE_ORDER)
                                .thenComparing(AppleApp::key))
                .toList();
    }

    private static List<App> apps(Visit visit, Span span) {
        var numbers = new HashMap<String, Values>();
        span.by(visit, Dimension.APP, METRICS, Map.of(Dimension.FEED, Feed.APPLE.word()))
                .rows()
                .forEach(line -> numbers.put(line.dimensions().getFirst(), line.values()));
        return inUse(visit).stream()
                .map(app ->
                        new App(
                                app.key(),
                                app.name(),
                                "/apple/" + app.key(),
                                app.acceptDevelopment(),
                                Things.numbers(
                                        visit,
                                        METRICS,
                                        numbers.getOrDefault(app.key(), new Values(Map.of())))))
                .toList();
    }

    private static List<String> headers(Visit visit, List<Metric> metrics) {
        return metrics.stream().map(metric -> visit.texts().of("metric." + metric.word())).toList();
    }

    private static List<Table> tables(Visit visit, Span span, String only) {
        var filter = new LinkedHashMap<Dimension, String>();
        filter.put(Dimension.FEED, Feed.APPLE.word());
        if (!only.isEmpty()) {
            filter.put(Dimension.APP, only);
        }
        record Cut(String id, List<Metric> metrics, List<Dimension> dimensions) {}
        return Stream.of(
                        new Cut("result", METRICS, List.of(Dimension.ATTRIBUTION)),
                        new Cut("reason", List.of(Metric.RECEIVED), List.of(Dimension.REASON)),
                        new Cut(
                                "source",
                                METRICS,
                                List.of(
                                        Dimension.SENDER,
                                        Dimension.SOURCE_IDENTIFIER,
                                        Dimension.CAMPAIGN)),
                        new Cut("window", METRICS, List.of(Dimension.CONVERSION_WINDOW)),
                        new Cut("value", METRICS, List.of(Dimension.CONVERSION_VALUE)))
                .map(cut -> {
                    var report = span.by(visit, cut.dimensions(), cut.metrics(), filter);
                    return table(visit, cut.id(), report);
                })
                .filter(table -> !table.rows().isEmpty())
                .toList();
    }

    private static Table table(Visit visit, String id, Report report) {
        var texts = visit.texts();
        return new Table(
                id,
                texts.of("apple.by_" + id),
                texts.of("apple.by_" + id + "_text"),
                report.group().stream().map(d -> texts.of("dimension." + d.word())).toList(),
                headers(visit, report.metrics()),
                rows(visit, report));
    }

    private static List<Row> rows(Visit visit, Report report) {
        var rows = new ArrayList<Row>();
        for (var line : report.rows()) {
            var cells = new ArrayList<String>();
            for (int i = 0; i < report.group().size(); i++) {
                cells.add(text(visit, report.group().get(i), line.dimensions().get(i)));
            }
            rows.add(new Row(cells, Things.numbers(visit, report.metrics(), line.values())));
        }
        return rows;
    }

    private static String text(Visit visit, Dimension dimension, String value) {
        if (value.equals(Dimension.UNKNOWN)) {
            return Formats.MISSING;
        }
        return switch (dimension) {
            case CAMPAIGN -> new Names(visit.catalog()).campaign(value);
            case ATTRIBUTION -> visit.texts().orElse("apple." + value, value);
            case REASON ->
                    Reason.ofCode(value)
                            .map(reason -> value + ": " + reason.message())
                            .orElse(value);
            default -> value;
        };
    }
}
