package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import matchback.console.templates.OfferTemplate;
import matchback.console.templates.OfferTemplates;
import matchback.model.EventTypes;
import matchback.model.Macros;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.UrlTemplate;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.ConversionCap;
import matchback.model.catalog.Offer;
import matchback.model.catalog.RoutePath;
import matchback.model.catalog.Sender;

/// `/offers`
record OfferKind() implements Kind<Offer> {
    private static final int PARAMETER_CHARS_MAX = 64;
    private static final int WINDOWS_MAX = 50;
    private static final String URL = "url";
    private static final String SENDER = "sender";
    private static final String TEMPLATE = "template";
    private static final String WINDOWS = "windows";
    private static final String CAP = "dailyCap";
    private static final String CAP_EVENT = "dailyCapEvent";
    private static final String CLICKS = "clicksPerDay";
    private static final String EVENT_TYPE_FORM =
            "An event type has 1 to 40 of a-z, 0-9 and underscore";

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
        var fields = new ArrayList<>(ofUrl());
        fields.addAll(ofMoney());
        fields.addAll(caps());
        fields.add(
                FieldSpec.answered(
                        "warnings",
                        Schema.list("Codes of what is worth a look", Schema.text("A reason"))));
        return fields;
    }

    private static List<FieldSpec> ofUrl() {
        return List.of(
                FieldSpec.optional(
                        TEMPLATE,
                        Schema.orNull(
                                Schema.text(
                                        "Key of the template that makes the URL when none is given,"
                                                + " and names the sender made from the template of"
                                                + " the same key when there is one; it is not kept"))),
                TemplateValues.spec("URL"),
                FieldSpec.optional(
                        URL,
                        Schema.text(
                                "Where the visitor is sent; needed without a template; macros: "
                                        + String.join(
                                                " ",
                                                Macros.CLICK.stream()
                                                        .sorted()
                                                        .map(name -> '{' + name + '}')
                                                        .toList()),
                                UrlTemplate.CHARS_MAX)));
    }

    private static List<FieldSpec> ofMoney() {
        return List.of(
                FieldSpec.optional(
                        SENDER,
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
                FieldSpec.optional(
                        WINDOWS,
                        Schema.map(
                                "Window in days by event type, where it is another one",
                                Schema.integer("Days", 1, Offer.WINDOW_DAYS_MAX))));
    }

    private static List<FieldSpec> caps() {
        return List.of(
                FieldSpec.optional(
                        CAP,
                        Schema.orNull(
                                Schema.integer(
                                        "Conversions counted a day; null: any number",
                                        1,
                                        ConversionCap.PER_DAY_MAX))),
                FieldSpec.optional(
                        CAP_EVENT,
                        Schema.orNull(
                                Schema.text("The only event type the cap is for; null: all"))),
                FieldSpec.optional(
                        CLICKS,
                        Schema.orNull(
                                Schema.integer(
                                        "Clicks sent to it a day; null: any number",
                                        1,
                                        RoutePath.CLICKS_PER_DAY_MAX))));
    }

    @Override
    public Optional<Offer> read(Form form, Draft<Offer> draft) {
        var template = template(form);
        if (!form.has(URL) && template.isEmpty()) {
            form.problem(URL, "An offer needs a URL");
        }
        var url =
                form.has(URL)
                        ? Urls.template(form, URL, Macros.CLICK)
                        : template.flatMap(fill -> url(form, fill));
        var sender =
                Kind.reference(form, SENDER, draft.catalog(), Sender.class, SENDER)
                        .or(() ->
                                template.filter(_ -> !form.has(SENDER))
                                        .flatMap(fill -> madeFrom(fill.key(), draft.catalog())));
        var payout = form.micros("payout");
        var currency = form.currency("currency");
        var parameter =
                form.text("clickIdParameter", PARAMETER_CHARS_MAX)
                        .orElse(Offer.CLICK_ID_PARAMETER_DEFAULT);
        int windowDays =
                form.number("windowDays", 1, Offer.WINDOW_DAYS_MAX, Offer.WINDOW_DAYS_DEFAULT);
        var windows = windows(form);
        var cap = cap(form);
        int clicks = form.number(CLICKS, 1, RoutePath.CLICKS_PER_DAY_MAX, 0);
        return url.map(found ->
                new Offer(
                        draft.key(),
                        draft.name(),
                        found.toString(),
                        sender.orElse(null),
                        payout.orElse(null),
                        currency.orElse(null),
                        parameter,
                        windowDays,
                        false,
                        cap.orElse(null),
                        windows,
                        clicks == 0 ? null : clicks));
    }

    private static Optional<OfferTemplate> template(Form form) {
        return form.word(TEMPLATE, new TreeSet<>(OfferTemplates.catalogue().keys()))
                .flatMap(OfferTemplates.catalogue()::find);
    }

    private static Optional<UrlTemplate> url(Form form, OfferTemplate fill) {
        return TemplateValues.url(form, fill.name(), fill.values(), fill::url, Macros.CLICK);
    }

    /// The only sender in use that was made from a template.
    private static Optional<String> madeFrom(String template, Catalog catalog) {
        var senders =
                catalog.all(Sender.class).values().stream()
                        .filter(sender -> !sender.archived())
                        .filter(sender -> template.equals(sender.template()))
                        .map(Sender::key)
                        .toList();
        return senders.size() == 1 ? Optional.of(senders.getFirst()) : Optional.empty();
    }

    private static Map<String, Integer> windows(Form form) {
        var windows = new LinkedHashMap<String, Integer>();
        form.form(WINDOWS)
                .ifPresent(inner -> {
                    for (var type : inner.names(WINDOWS_MAX)) {
                        if (EventTypes.isWellFormed(type)) {
                            windows.put(type, inner.number(type, 1, Offer.WINDOW_DAYS_MAX, 1));
                        } else {
                            inner.problem(type, EVENT_TYPE_FORM);
                        }
                    }
                });
        return windows;
    }

    private static Optional<ConversionCap> cap(Form form) {
        int perDay = form.number(CAP, 1, ConversionCap.PER_DAY_MAX, 0);
        var event = form.text(CAP_EVENT, 40).map(type -> type.toLowerCase(Locale.ROOT));
        event.filter(type -> !EventTypes.isWellFormed(type))
                .ifPresent(_ -> form.problem(CAP_EVENT, EVENT_TYPE_FORM));
        if (event.isPresent() && !form.has(CAP)) {
            form.problem(CAP, "An event type for the cap needs a cap");
        }
        return perDay == 0 || event.filter(type -> !EventTypes.isWellFormed(type)).isPresent()
                ? Optional.empty()
                : Optional.of(new ConversionCap(perDay, event.orElse(null)));
    }

    @Override
    public void write(Offer offer, Catalog catalog, String token, ObjectNode node) {
        node.put(URL, offer.url());
        node.put(SENDER, offer.sender());
        var payout = offer.payoutMicros();
        node.put("payout", payout == null ? null : Money.plain(payout));
        node.put("currency", offer.currency());
        node.put("clickIdParameter", offer.clickIdParameter());
        node.put("windowDays", offer.windowDays());
        var windows = node.putObject(WINDOWS);
        new TreeMap<>(offer.windowsByEvent()).forEach(windows::put);
        var cap = offer.cap();
        if (cap == null) {
            node.putNull(CAP);
            node.putNull(CAP_EVENT);
        } else {
            node.put(CAP, cap.perDay());
            node.put(CAP_EVENT, cap.eventType());
        }
        node.put(CLICKS, offer.clicksPerDay());
        var warnings = node.putArray("warnings");
        var currency = offer.currency();
        if (currency != null && catalog.rateTable().rate(currency, LocalDate.MAX).isEmpty()) {
            warnings.add(Reason.NO_RATE.code());
        }
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return catalog.all(Campaign.class).values().stream()
                .filter(campaign -> !campaign.archived())
                .filter(campaign -> campaign.offerKeys().contains(key))
                .map(campaign -> "campaign \"" + campaign.key() + '"')
                .sorted()
                .toList();
    }

    @Override
    public Offer archived(Offer offer) {
        return offer.with(true);
    }
}
