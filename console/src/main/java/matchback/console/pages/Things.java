package matchback.console.pages;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import matchback.console.pages.ThingsPage.NumberCell;
import matchback.console.pages.ThingsPage.Thing;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Entity;
import matchback.model.catalog.Lander;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;
import matchback.model.catalog.TrafficSource;
import matchback.report.Dimension;
import matchback.report.Metric;
import matchback.report.Report.Values;

/// Builds the lists of campaigns, offers, traffic sources and senders with their numbers.
final class Things {
    static final List<Metric> TRAFFIC =
            List.of(
                    Metric.CLICKS,
                    Metric.UNIQUE_CLICKS,
                    Metric.CONVERSIONS,
                    Metric.CR,
                    Metric.REVENUE,
                    Metric.COST,
                    Metric.PROFIT,
                    Metric.ROI,
                    Metric.COST_COVERAGE,
                    Metric.EPC);
    private static final List<Metric> POSTBACKS =
            List.of(
                    Metric.RECEIVED,
                    Metric.COUNTED,
                    Metric.UPDATED,
                    Metric.DUPLICATE,
                    Metric.HELD,
                    Metric.REFUSED);

    private static final List<Metric> LANDERS =
            List.of(
                    Metric.LANDER_VIEWS,
                    Metric.LANDER_CLICKS,
                    Metric.LANDER_CTR,
                    Metric.CONVERSIONS,
                    Metric.CR,
                    Metric.REVENUE,
                    Metric.COST,
                    Metric.PROFIT,
                    Metric.ROI,
                    Metric.EPC);

    /// What tells the lists apart.
    private record Layout<E extends Entity>(
            Class<E> type,
            Section section,
            Dimension dimension,
            List<Metric> metrics,
            List<String> headerKeys,
            Function<E, List<String>> cells,
            Function<E, List<String>> tags,
            Function<E, String> copy) {}

    void campaigns(Visit visit) {
        var names = new Names(visit.catalog());
        show(
                visit,
                new Layout<>(
                        Campaign.class,
                        Section.CAMPAIGNS,
                        Dimension.CAMPAIGN,
                        TRAFFIC,
                        List.of("word.source", "word.cost_model"),
                        campaign ->
                                List.of(
                                        campaign.sourceKey()
                                                .map(names::source)
                                                .orElse(Formats.MISSING),
                                        costModel(visit, campaign)),
                        campaign -> campaign.paused() ? List.of("paused") : List.of(),
                        _ -> ""));
    }

    static String costModel(Visit visit, Campaign campaign) {
        var word = campaign.costModel().name().toLowerCase(Locale.ROOT);
        var name = visit.texts().of("cost." + word);
        var cost = campaign.costMicros();
        if (cost == null) {
            return name;
        }
        var currency = campaign.currency();
        return name
                + ' '
                + visit.formats().price(BigDecimal.valueOf(cost, 6))
                + ' '
                + (currency == null ? visit.reportCurrency() : currency);
    }

    void landers(Visit visit) {
        show(
                visit,
                new Layout<>(
                        Lander.class,
                        Section.LANDERS,
                        Dimension.LANDER,
                        LANDERS,
                        List.of("form.url"),
                        lander -> List.of(lander.url()),
                        _ -> List.of(),
                        _ -> ""));
    }

    void offers(Visit visit) {
        var names = new Names(visit.catalog());
        show(
                visit,
                new Layout<>(
                        Offer.class,
                        Section.OFFERS,
                        Dimension.OFFER,
                        TRAFFIC,
                        List.of("word.sender", "word.payout"),
                        offer ->
                                List.of(
                                        offer.senderKey()
                                                .map(names::sender)
                                                .orElse(visit.texts().of("offers.any_sender")),
                                        payout(visit, offer)),
                        _ -> List.of(),
                        _ -> ""));
    }

    private static String payout(Visit visit, Offer offer) {
        return offer.payout(visit.reportCurrency())
                .map(visit.formats()::cash)
                .map(cash -> cash.text() + ' ' + cash.currency())
                .orElse(Formats.MISSING);
    }

    void sources(Visit visit) {
        show(
                visit,
                new Layout<>(
                        TrafficSource.class,
                        Section.SOURCES,
                        Dimension.SOURCE,
                        TRAFFIC,
                        List.of("sources.told"),
                        source ->
                                List.of(
                                        visit.texts()
                                                .of(
                                                        source.postback().isPresent()
                                                                ? "word.yes"
                                                                : "word.no")),
                        _ -> List.of(),
                        _ -> ""));
    }

    void senders(Visit visit) {
        show(
                visit,
                new Layout<>(
                        Sender.class,
                        Section.SENDERS,
                        Dimension.SENDER,
                        POSTBACKS,
                        List.of("senders.security"),
                        sender ->
                                List.of(
                                        visit.texts()
                                                .of(
                                                        sender.security().isOpen()
                                                                ? "senders.open"
                                                                : "senders.closed")),
                        _ -> List.of(),
                        sender -> visit.site().config().postbackUrl(sender)));
    }

    private static <E extends Entity> void show(Visit visit, Layout<E> layout) {
        var texts = visit.texts();
        var word = layout.section().word();
        var span = Span.of(visit);
        var report = span.by(visit, layout.dimension(), layout.metrics(), Map.of());
        var byKey = new HashMap<String, Values>();
        report.rows().forEach(row -> byKey.put(row.dimensions().getFirst(), row.values()));
        var none = new Values(Map.of());
        var rows =
                visit.catalog().all(layout.type()).values().stream()
                        .filter(entity -> !entity.archived())
                        .sorted(
                                Comparator.<E, BigDecimal>comparing(entity ->
                                                byKey.getOrDefault(entity.key(), none)
                                                        .of(layout.metrics().getFirst())
                                                        .orElse(BigDecimal.ZERO))
                                        .reversed()
                                        .thenComparing(Entity::name, String.CASE_INSENSITIVE_ORDER))
                        .map(entity ->
                                new Thing(
                                        entity.key(),
                                        entity.name(),
                                        layout.section().path() + '/' + entity.key(),
                                        layout.tags().apply(entity),
                                        layout.copy().apply(entity),
                                        layout.cells().apply(entity),
                                        numbers(
                                                visit,
                                                layout.metrics(),
                                                byKey.getOrDefault(entity.key(), none))))
                        .toList();
        var page =
                new ThingsPage(
                        visit.frame(texts.of("nav." + word), layout.section()),
                        texts.of("nav." + word),
                        texts.of(word + ".sub"),
                        layout.section().path() + "/new",
                        texts.of(word + ".add"),
                        span.presets(visit),
                        layout.headerKeys().stream().map(key -> texts.of(key)).toList(),
                        layout.metrics().stream()
                                .map(metric -> texts.of("metric." + metric.word()))
                                .toList(),
                        rows,
                        numbers(visit, layout.metrics(), report.totals()),
                        new Nothing(
                                texts.of(word + ".none"),
                                texts.of(word + ".none_text"),
                                "",
                                layout.section().path() + "/new",
                                texts.of(word + ".add")));
        visit.show(visit.site().templates().things(page));
    }

    static List<NumberCell> numbers(Visit visit, List<Metric> metrics, Values values) {
        var numbers = new ArrayList<NumberCell>();
        for (var metric : metrics) {
            boolean counted = metric.type() == Metric.Type.COUNT && values.of(metric).isEmpty();
            int sign = visit.formats().value(metric, values).map(BigDecimal::signum).orElse(0);
            boolean toned = metric == Metric.PROFIT || metric == Metric.ROI;
            numbers.add(
                    new NumberCell(
                            counted ? "0" : visit.formats().metric(metric, values),
                            !toned || sign == 0 ? "" : sign < 0 ? "neg" : "pos"));
        }
        return numbers;
    }
}
