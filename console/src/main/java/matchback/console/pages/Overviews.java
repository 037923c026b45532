package matchback.console.pages;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import matchback.console.Live;
import matchback.console.pages.OverviewPage.Figure;
import matchback.console.pages.OverviewPage.Hour;
import matchback.console.pages.OverviewPage.Refusal;
import matchback.model.Reason;
import matchback.model.catalog.Permission;
import matchback.report.Metric;
import matchback.report.Overview;
import matchback.report.Overview.HourPoint;
import matchback.report.Overview.ReasonCount;
import matchback.report.Report.Values;

/// Builds the live overview.
final class Overviews {
    private static final int CONVERSIONS_MAX = 10;
    private static final int REFUSALS_MAX = 6;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private final Live live;

    Overviews(Live live) {
        this.live = live;
    }

    void show(Visit visit) {
        var formats = visit.formats();
        var overview = live.overview(formats.zone());
        var page =
                new OverviewPage(
                        visit.frame(visit.texts().of("nav.overview"), Section.OVERVIEW),
                        DAY.format(Instant.ofEpochMilli(formats.now()).atZone(formats.zone())),
                        formats.clock(formats.now()),
                        announce(visit, overview),
                        AlertPages.rows(visit, visit.site().context().alerts().open()),
                        maySetUp(visit) ? new Start(visit).todos(overview) : List.of(),
                        figures(visit, overview.today(), overview.yesterday()),
                        overview.breakdowns().stream()
                                .map(breakdown -> breakdown(visit, breakdown))
                                .toList(),
                        overview.hours().stream().map(hour -> hour(visit, hour)).toList(),
                        overview.latest().stream()
                                .limit(CONVERSIONS_MAX)
                                .map(item -> Lists.conversion(visit, item))
                                .toList(),
                        refusals(visit, overview.troubles()));
        visit.show(visit.site().templates().overview(page));
    }

    private static boolean maySetUp(Visit visit) {
        return visit.caller().filter(caller -> caller.may(Permission.CATALOG_WRITE)).isPresent();
    }

    private static String announce(Visit visit, Overview overview) {
        return visit.texts()
                .of(
                        "overview.announce",
                        visit.formats().metric(Metric.CONVERSIONS, overview.today()));
    }

    private static List<Figure> figures(Visit visit, Values today, Values yesterday) {
        var figures = new ArrayList<Figure>();
        figures.add(figure(visit, Metric.CLICKS, today, yesterday, ""));
        figures.add(figure(visit, Metric.CONVERSIONS, today, yesterday, "/conversions"));
        for (var metric : List.of(Metric.REVENUE, Metric.COST, Metric.PROFIT)) {
            figures.add(figure(visit, metric, today, yesterday, ""));
        }
        var texts = visit.texts();
        figures.add(
                new Figure(
                        "roi",
                        texts.of("metric.roi"),
                        visit.formats().metric(Metric.ROI, today),
                        "",
                        tone(visit, today, Metric.ROI),
                        texts.of(
                                "overview.coverage",
                                visit.formats().metric(Metric.COST_COVERAGE, today)),
                        ""));
        figures.add(postbacks(visit, Metric.HELD, today, "/postbacks?decision=held"));
        figures.add(postbacks(visit, Metric.REFUSED, today, "/postbacks?decision=refused"));
        return figures;
    }

    private static Figure figure(
            Visit visit, Metric metric, Values today, Values yesterday, String href) {
        boolean money = metric.type() == Metric.Type.MONEY;
        return new Figure(
                metric.word(),
                visit.texts().of("metric." + metric.word()),
                visit.formats().metric(metric, today),
                money && !visit.formats().hides(metric) ? visit.reportCurrency() : "",
                metric == Metric.PROFIT ? tone(visit, today, metric) : "",
                change(visit, metric, today, yesterday),
                href);
    }

    private static Figure postbacks(Visit visit, Metric metric, Values today, String href) {
        return new Figure(
                metric.word(),
                visit.texts().of("metric." + metric.word()),
                visit.formats().metric(metric, today),
                "",
                "",
                visit.texts()
                        .of("overview.of_received", visit.formats().metric(Metric.RECEIVED, today)),
                href);
    }

    private static String tone(Visit visit, Values values, Metric metric) {
        int sign = visit.formats().value(metric, values).map(BigDecimal::signum).orElse(0);
        return sign < 0 ? "neg" : sign > 0 ? "pos" : "";
    }

    private static String change(Visit visit, Metric metric, Values today, Values yesterday) {
        if (visit.formats().hides(metric)) {
            return "";
        }
        var before = yesterday.of(metric).orElse(BigDecimal.ZERO);
        var now = today.of(metric).orElse(BigDecimal.ZERO);
        if (before.signum() <= 0) {
            return visit.texts().of("overview.no_yesterday");
        }
        var percent =
                now.subtract(before)
                        .movePointRight(2)
                        .divide(before, 0, RoundingMode.HALF_UP)
                        .longValue();
        var sign = percent > 0 ? "+" : percent < 0 ? "−" : "±";
        return visit.texts()
                .of("overview.on_yesterday", sign + visit.formats().count(Math.abs(percent)));
    }

    private static Hour hour(Visit visit, HourPoint hour) {
        var formats = visit.formats();
        var values = hour.values();
        return new Hour(
                hour.start().getEpochSecond(),
                HOUR.format(hour.start().atZone(formats.zone())),
                formats.metric(Metric.CLICKS, values),
                formats.metric(Metric.CONVERSIONS, values),
                cash(formats, values, Metric.REVENUE),
                cash(formats, values, Metric.COST),
                cash(formats, values, Metric.PROFIT),
                raw(formats, values, Metric.CLICKS),
                raw(formats, values, Metric.REVENUE),
                raw(formats, values, Metric.COST));
    }

    private static Cash cash(Formats formats, Values values, Metric metric) {
        int sign = formats.value(metric, values).map(BigDecimal::signum).orElse(0);
        return new Cash(formats.metric(metric, values), "", sign);
    }

    private static String raw(Formats formats, Values values, Metric metric) {
        return formats.value(metric, values).map(BigDecimal::toPlainString).orElse("");
    }

    private static OverviewPage.Breakdown breakdown(Visit visit, Overview.Breakdown of) {
        var texts = visit.texts();
        var names = new Names(visit.catalog());
        var most =
                of.rows().stream()
                        .map(line -> line.values().of(Metric.CLICKS).orElse(BigDecimal.ZERO))
                        .reduce(BigDecimal.ONE, BigDecimal::max);
        var today =
                LocalDate.ofInstant(
                                Instant.ofEpochMilli(visit.formats().now()), visit.formats().zone())
                        .toString();
        var period = "&from=" + today + "&to=" + today;
        var word = of.dimension().word();
        return new OverviewPage.Breakdown(
                word,
                texts.of("overview.by." + word),
                texts.of("dimension." + word),
                "/report?group=" + word + period,
                of.rows().stream()
                        .map(line -> {
                            var value = line.dimensions().getFirst();
                            var values = line.values();
                            var clicks = values.of(Metric.CLICKS).orElse(BigDecimal.ZERO);
                            return new OverviewPage.Bar(
                                    ReportTable.shown(names, of.dimension(), value),
                                    "/report?group=hour&"
                                            + word
                                            + "="
                                            + Visit.encode(value)
                                            + period,
                                    visit.formats().metric(Metric.CLICKS, values),
                                    visit.formats().metric(Metric.CONVERSIONS, values),
                                    visit.formats().metric(Metric.REVENUE, values),
                                    clicks.movePointRight(2)
                                            .divide(most, 0, RoundingMode.HALF_UP)
                                            .intValue());
                        })
                        .toList());
    }

    private static List<Refusal> refusals(Visit visit, List<ReasonCount> counts) {
        long most = counts.stream().mapToLong(ReasonCount::postbacks).max().orElse(1);
        return counts.stream()
                .limit(REFUSALS_MAX)
                .map(count -> {
                    var reason = Reason.ofCode(count.reason());
                    return new Refusal(
                            count.reason(),
                            count.decision(),
                            reason.map(Reason::message).orElse(""),
                            reason.map(Reason::advice).orElse(""),
                            visit.formats().count(count.postbacks()),
                            (int) Math.max(1, 100 * count.postbacks() / most),
                            "/postbacks?reason=" + Visit.encode(count.reason()));
                })
                .toList();
    }
}
