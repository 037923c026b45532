package matchback.console.pages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import matchback.console.api.CatalogEditor;
import matchback.console.pages.CampaignPage.Postback;
import matchback.console.pages.CampaignPage.Share;
import matchback.console.templates.SourceTemplates;
import matchback.model.Reason;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Offer;
import matchback.model.catalog.TrafficSource;
import matchback.report.Dimension;
import matchback.report.Report.Values;

/// Builds the page of one campaign.
final class Campaigns {
    private static final List<String> FIELDS =
            List.of(TrafficSource.EXTERNAL_ID, TrafficSource.COST, TrafficSource.CREATIVE);

    private final CatalogEditor editor;

    Campaigns(CatalogEditor editor) {
        this.editor = editor;
    }

    void show(Visit visit) {
        var found = visit.catalog().campaign(visit.pathParam("key"));
        if (found.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        visit.show(visit.site().templates().campaign(page(visit, found.get())));
    }

    private CampaignPage page(Visit visit, Campaign campaign) {
        var source = campaign.sourceKey().flatMap(visit.catalog()::source);
        var span = Span.of(visit);
        var report =
                span.by(
                        visit,
                        Dimension.OFFER,
                        Things.TRAFFIC,
                        Map.of(Dimension.CAMPAIGN, campaign.key()));
        var byOffer = new HashMap<String, Values>();
        report.rows().forEach(row -> byOffer.put(row.dimensions().getFirst(), row.values()));
        return new CampaignPage(
                visit.frame(campaign.name(), Section.CAMPAIGNS),
                campaign.key(),
                campaign.name(),
                campaign.paused(),
                campaign.archived(),
                "/campaigns/" + campaign.key() + "/edit",
                "/report?group=day&campaign=" + campaign.key(),
                span.presets(visit),
                trackingLink(visit, campaign),
                postbacks(visit, campaign),
                source.flatMap(TrafficSource::postback).orElse(""),
                source.map(TrafficSource::name).orElse(""),
                source.map(s -> "/sources/" + s.key()).orElse(""),
                facts(visit, campaign),
                Things.TRAFFIC.stream()
                        .map(metric -> visit.texts().of("metric." + metric.word()))
                        .toList(),
                Things.numbers(visit, Things.TRAFFIC, report.totals()),
                new PathTable(visit, campaign).rows(span),
                offers(visit, campaign, byOffer),
                Advice.click(visit, campaign),
                Waiting.of(visit, campaign));
    }

    /// The tracking link as the source takes it.
    static String trackingLink(Visit visit, Campaign campaign) {
        return visit.site().config().clickUrl(campaign)
                + campaign.sourceKey()
                        .flatMap(visit.catalog()::source)
                        .map(source -> hint(source, visit))
                        .orElse("");
    }

    /// The parameters the source should fill: with its macros where its template names them, else
    /// with a place for them.
    private static String hint(TrafficSource source, Visit visit) {
        var byTemplate =
                source.madeFrom()
                        .flatMap(SourceTemplates.catalogue()::find)
                        .map(template -> template.trackingQuery(source::parameterOf))
                        .orElse("");
        if (!byTemplate.isEmpty()) {
            return '?' + byTemplate;
        }
        var names = new ArrayList<String>();
        for (var field : FIELDS) {
            if (source.parameters().containsKey(field)) {
                names.add(
                        source.parameterOf(field)
                                + "="
                                + visit.texts().of("campaign.macro_of", field));
            }
        }
        source.parameters().keySet().stream()
                .filter(field -> !FIELDS.contains(field))
                .sorted()
                .forEach(field ->
                        names.add(
                                source.parameterOf(field)
                                        + "="
                                        + visit.texts().of("campaign.macro_of", field)));
        return names.isEmpty() ? "" : '?' + String.join("&", names);
    }

    private List<Postback> postbacks(Visit visit, Campaign campaign) {
        var keys = new LinkedHashSet<String>();
        for (var offer : campaign.offerKeys()) {
            visit.catalog().offer(offer).flatMap(Offer::senderKey).ifPresent(keys::add);
        }
        var postbacks = new ArrayList<Postback>();
        for (var key : keys) {
            visit.catalog()
                    .sender(key)
                    .ifPresent(sender ->
                            postbacks.add(
                                    new Postback(
                                            sender.name(),
                                            "/senders/" + key,
                                            template(key),
                                            sender.security().isOpen()
                                                    ? Reason.UNSIGNED_SENDER.message()
                                                    : "")));
        }
        return postbacks;
    }

    private String template(String sender) {
        return editor.find("senders", sender)
                .map(found -> found.document().path("postbackTemplate").asText())
                .orElse("");
    }

    private static List<Detail> facts(Visit visit, Campaign campaign) {
        var texts = visit.texts();
        var facts = new ArrayList<Detail>();
        facts.add(Detail.code(texts.of("form.key"), campaign.key()));
        facts.add(Detail.plain(texts.of("word.cost_model"), Things.costModel(visit, campaign)));
        var fallback = campaign.fallbackUrl();
        facts.add(
                fallback == null
                        ? Detail.plain(
                                texts.of("form.fallbackUrl"), texts.of("campaign.no_fallback"))
                        : Detail.code(texts.of("form.fallbackUrl"), fallback));
        facts.add(
                Detail.plain(
                        texts.of("form.redirectStatus"),
                        Integer.toString(campaign.redirectStatus())));
        facts.add(
                Detail.plain(
                        texts.of("form.passParameters"),
                        texts.of(campaign.passParameters() ? "word.yes" : "word.no")));
        return facts;
    }

    private static List<Share> offers(Visit visit, Campaign campaign, Map<String, Values> byOffer) {
        var names = new Names(visit.catalog());
        var weights = new HashMap<String, Integer>();
        campaign.offers().forEach(weighted -> weights.put(weighted.offer(), weighted.weight()));
        long all = campaign.offers().stream().mapToLong(WeightedOffer::weight).sum();
        return campaign.offerKeys().stream()
                .map(key ->
                        new Share(
                                names.offer(key),
                                "/offers/" + key,
                                weights.containsKey(key)
                                        ? Integer.toString(weights.getOrDefault(key, 0))
                                        : Formats.MISSING,
                                weights.containsKey(key)
                                        ? visit.formats().percent(weights.getOrDefault(key, 0), all)
                                        : Formats.MISSING,
                                Things.numbers(
                                        visit,
                                        Things.TRAFFIC,
                                        byOffer.getOrDefault(key, new Values(Map.of())))))
                .toList();
    }
}
