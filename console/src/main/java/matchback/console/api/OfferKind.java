package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import matchback.model.Macros;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.UrlTemplate;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;

/// `/offers`
record OfferKind() implements Kind<Offer> {
    private static final int PARAMETER_CHARS_MAX = 64;

    @Override
    public String path() {
        return "offers";
    }

    @Override
    public String word() {
        return "offer";
    }

    @Override
    public Class<Offer> type() {
        return Offer.class;
    }

    @Override
    public List<FieldSpec> fields() {
        return List.of(
                FieldSpec.required(
                        "url",
                        Schema.text(
                                "Where the visitor is sent; macros: "
                                        + String.join(
                                                " ",
                                                Macros.CLICK.stream()
                                                        .sorted()
                                                        .map(name -> '{' + name + '}')
                                                        .toList()),
                                UrlTemplate.CHARS_MAX)),
                FieldSpec.optional(
                        "sender",
                        Schema.orNull(
                                Schema.text(
                                        "Key of the sender that will report conversions; none:"
                                                + " any"))),
                FieldSpec.optional("payout", Schema.orNull(Schema.amount("Default payout"))),
                FieldSpec.optional(
                        "currency",
                        Schema.orNull(
                                Schema.text(
                                        "ISO 4217 code of the default payout and of payouts that"
                                                + " name none; none: the report currency"))),
                FieldSpec.optional(
                        "clickIdParameter",
                        Schema.text(
                                "Query parameter added with the click id when the URL has no"
                                        + " {clickid}",
                                PARAMETER_CHARS_MAX)),
                FieldSpec.optional(
                        "windowDays",
                        Schema.integer(
                                "Days from click to first conversion", 1, Offer.WINDOW_DAYS_MAX)),
                FieldSpec.answered(
                        "warnings",
                        Schema.list("Codes of what is worth a look", Schema.text("A reason"))));
    }

    @Override
    public Optional<Offer> read(Form form, Draft<Offer> draft) {
        if (!form.has("url")) {
            form.problem("url", "An offer needs a URL");
        }
        var url = Urls.template(form, "url", Macros.CLICK);
        var sender = Kind.reference(form, "sender", draft.catalog(), Sender.class, "sender");
        var payout = form.micros("payout");
        var currency = form.currency("currency");
        var parameter =
                form.text("clickIdParameter", PARAMETER_CHARS_MAX)
                        .orElse(Offer.CLICK_ID_PARAMETER_DEFAULT);
        int windowDays =
                form.number("windowDays", 1, Offer.WINDOW_DAYS_MAX, Offer.WINDOW_DAYS_DEFAULT);
        return url.map(template ->
                new Offer(
                        draft.key(),
                        draft.name(),
                        template.toString(),
                        sender.orElse(null),
                        payout.orElse(null),
                        currency.orElse(null),
                        parameter,
                        windowDays,
                        false));
    }

    @Override
    public void write(Offer offer, Catalog catalog, String token, ObjectNode node) {
        node.put("url", offer.url());
        node.put("sender", offer.sender());
        var payout = offer.payoutMicros();
        node.put("payout", payout == null ? null : Money.plain(payout));
        node.put("currency", offer.currency());
        node.put("clickIdParameter", offer.clickIdParameter());
        node.put("windowDays", offer.windowDays());
        var warnings = node.putArray("warnings");
        var currency = offer.currency();
        if (currency != null && catalog.inReportCurrency(new Money(0, currency)).isEmpty()) {
            warnings.add(Reason.NO_RATE.code());
        }
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return catalog.all(Campaign.class).values().stream()
                .filter(campaign -> !campaign.archived())
                .filter(campaign -> campaign.offers().stream().anyMatch(o -> o.offer().equals(key)))
                .map(campaign -> "campaign \"" + campaign.key() + '"')
                .sorted()
                .toList();
    }

    @Override
    public Offer archived(Offer offer) {
        return new Offer(
                offer.key(),
                offer.name(),
                offer.url(),
                offer.sender(),
                offer.payoutMicros(),
                offer.currency(),
                offer.clickIdParameter(),
                offer.windowDays(),
                true);
    }
}
