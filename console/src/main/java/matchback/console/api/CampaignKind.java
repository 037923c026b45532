package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import matchback.console.ConsoleConfig;
import matchback.model.ClickId;
import matchback.model.Money;
import matchback.model.UrlTemplate;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.OldLink;
import matchback.model.catalog.TrafficSource;

/// `/campaigns`
record CampaignKind(ConsoleConfig config) implements Kind<Campaign> {
    static final String LINKS = "oldLinks";
    private static final Set<String> COST_MODELS =
            Arrays.stream(CostModel.values())
                    .map(CampaignKind::word)
                    .collect(Collectors.toUnmodifiableSet());
    private static final Set<Integer> REDIRECTS = Set.of(302, 303, 307);
    private static final int REDIRECT_DEFAULT = 302;
    private static final long PERCENT_MICROS_MAX = 100_000_000;

    @Override
    public String path() {
        return "campaigns";
    }

    @Override
    public String word() {
        return "campaign";
    }

    @Override
    public Class<Campaign> type() {
        return Campaign.class;
    }

    @Override
    public List<FieldSpec> fields() {
        var fields =
                new ArrayList<FieldSpec>(
                        List.of(
                                FieldSpec.optional(
                                        "source",
                                        Schema.orNull(Schema.text("Key of the traffic source"))),
                                FieldSpec.optional(
                                        "offers",
                                        Schema.list(
                                                "Where visitors go whom no path takes; without paths, all",
                                                RoutingFields.offer())),
                                FieldSpec.optional(
                                        "costModel",
                                        Schema.words("What a click costs", COST_MODELS)),
                                FieldSpec.optional(
                                        "cost",
                                        Schema.orNull(
                                                Schema.amount(
                                                        "Cost as the model means it; revshare: percent"))),
                                FieldSpec.optional(
                                        "currency",
                                        Schema.orNull(
                                                Schema.text(
                                                        "ISO 4217 code of the cost; none: the report currency"))),
                                FieldSpec.optional(
                                        "fallbackUrl",
                                        Schema.orNull(
                                                Schema.text(
                                                        "For visitors of a campaign that is paused or has no"
                                                                + " offer",
                                                        UrlTemplate.CHARS_MAX))),
                                FieldSpec.optional(
                                        "paused",
                                        Schema.flag("Sends visitors to the fallback URL")),
                                FieldSpec.optional(
                                        "passParameters",
                                        Schema.flag(
                                                "Passes unknown query parameters on to the offer")),
                                FieldSpec.optional(
                                        "redirectStatus",
                                        Schema.integer("302, 303 or 307", 302, 307)),
                                FieldSpec.optional(
                                        LINKS,
                                        Schema.list(
                                                        "Links of other trackers that lead here: URLs or paths",
                                                        Schema.text(
                                                                "A link", UrlTemplate.CHARS_MAX))
                                                .put("maxItems", OldLink.COUNT_MAX)),
                                FieldSpec.answered(
                                        "number",
                                        Schema.integer(
                                                "Stands in click ids", 1, ClickId.CAMPAIGN_MAX)),
                                FieldSpec.answered("clickUrl", Schema.text("The tracking link"))));
        fields.addAll(RoutingFields.specs());
        return fields;
    }

    @Override
    public Optional<Campaign> read(Form form, Draft<Campaign> draft) {
        var catalog = draft.catalog();
        var before = draft.before();
        var source = Kind.reference(form, "source", catalog, TrafficSource.class, "traffic source");
        var offers = RoutingFields.offers(form, "offers", catalog);
        var routing = RoutingFields.read(form, catalog);
        var model = form.word("costModel", COST_MODELS).orElse(word(CostModel.NONE));
        var cost = cost(form, CostModel.valueOf(model.toUpperCase(Locale.ROOT)));
        var currency = form.currency("currency");
        var fallback = Urls.template(form, "fallbackUrl", Set.of());
        int status = redirectStatus(form);
        int number = before == null ? catalog.nextCampaignNumber() : before.number();
        if (number > ClickId.CAMPAIGN_MAX) {
            form.problem("number", "There are no numbers left for campaigns");
        }
        return Optional.of(
                new Campaign(
                        draft.key(),
                        number,
                        draft.name(),
                        source.orElse(null),
                        offers,
                        CostModel.valueOf(model.toUpperCase(Locale.ROOT)),
                        cost.orElse(null),
                        currency.orElse(null),
                        fallback.map(UrlTemplate::toString).orElse(null),
                        form.flag("paused", false),
                        form.flag("passParameters", false),
                        status,
                        false,
                        links(form, draft),
                        routing));
    }

    /// The links in the form in which they are looked up. One that leads to another campaign is
    /// named.
    private static List<String> links(Form form, Draft<Campaign> draft) {
        var written = form.list(LINKS, OldLink.COUNT_MAX, UrlTemplate.CHARS_MAX);
        var links = new LinkedHashSet<String>();
        for (int i = 0; i < written.size(); i++) {
            var field = LINKS + '[' + i + ']';
            switch (OldLink.parse(written.get(i))) {
                case OldLink.Parsed.Problem(var message) -> form.problem(field, message);
                case OldLink.Parsed.Link(var link) -> {
                    draft.catalog()
                            .campaign(link)
                            .filter(owner -> !owner.key().equals(draft.key()))
                            .ifPresent(owner ->
                                    form.problem(
                                            field,
                                            link.text()
                                                    + " leads to the campaign \""
                                                    + owner.key()
                                                    + "\" already"));
                    links.add(link.text());
                }
            }
        }
        return List.copyOf(links);
    }

    private static Optional<Long> cost(Form form, CostModel model) {
        var cost = form.micros("cost");
        if (model == CostModel.NONE && cost.isPresent() && cost.get() > 0) {
            form.problem("costModel", "A cost needs a cost model other than none");
        }
        if (model == CostModel.REVSHARE && cost.isPresent() && cost.get() > PERCENT_MICROS_MAX) {
            form.problem("cost", "A share of the revenue is at most 100 percent");
        }
        return cost;
    }

    private static int redirectStatus(Form form) {
        int status = form.number("redirectStatus", 302, 307, REDIRECT_DEFAULT);
        if (!REDIRECTS.contains(status)) {
            form.problem("redirectStatus", status + "; expected is 302, 303 or 307");
        }
        return status;
    }

    @Override
    public void write(Campaign campaign, Catalog catalog, String token, ObjectNode node) {
        node.put("source", campaign.source());
        RoutingFields.write(campaign.offers(), node.putArray("offers"));
        RoutingFields.write(campaign.routes(), node);
        node.put("costModel", word(campaign.costModel()));
        var cost = campaign.costMicros();
        node.put("cost", cost == null ? null : Money.plain(cost));
        node.put("currency", campaign.currency());
        node.put("fallbackUrl", campaign.fallbackUrl());
        node.put("paused", campaign.paused());
        node.put("passParameters", campaign.passParameters());
        node.put("redirectStatus", campaign.redirectStatus());
        var links = node.putArray(LINKS);
        campaign.links().forEach(links::add);
        node.put("number", campaign.number());
        node.put("clickUrl", config.clickUrl(campaign));
    }

    private static String word(CostModel model) {
        return model.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return AppleAppKind.namingCampaign(key, catalog);
    }

    @Override
    public Campaign archived(Campaign campaign) {
        return campaign.with(true);
    }
}
