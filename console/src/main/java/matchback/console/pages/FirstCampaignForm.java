package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import matchback.console.api.CatalogEditor;
import matchback.console.api.CatalogEditor.Wanted;
import matchback.console.api.FieldProblem;
import matchback.console.api.Json;
import matchback.console.pages.EntityForm.Filling;
import matchback.console.templates.SourceTemplate;
import matchback.console.templates.SourceTemplates;
import matchback.console.templates.Template;
import matchback.console.templates.Templates;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Sender;
import matchback.model.catalog.TrafficSource;

/// A campaign with all it needs, on one form: where the visitors come from, who reports their
/// conversions, the offer and what a click costs. The rules are those of the API.
final class FirstCampaignForm {
    private static final String SOURCES = "traffic-sources";
    private static final String SENDERS = "senders";
    private static final String OFFERS = "offers";
    private static final String CAMPAIGNS = "campaigns";
    private static final String KEY = "key";
    private static final String NAME = "name";
    private static final String TEMPLATE = "template";

    private static final String SOURCE = "source";
    private static final String SOURCE_NAME = "sourceName";
    private static final String SENDER = "sender";
    private static final String SENDER_NAME = "senderName";
    private static final String OFFER_NAME = "offerName";
    private static final String OFFER_URL = "url";
    private static final String PAYOUT = "payout";
    private static final String COST_MODEL = "costModel";
    private static final String COST = "cost";
    private static final String CURRENCY = "currency";

    /// How a choice says that it is a template, or one that is there already.
    private static final String NEW = "new:";

    private static final String OWN = "own:";
    private static final String OTHER = "other";

    private static final List<String> TEXTS =
            List.of(
                    SOURCE,
                    SOURCE_NAME,
                    SENDER,
                    SENDER_NAME,
                    OFFER_NAME,
                    OFFER_URL,
                    PAYOUT,
                    NAME,
                    COST_MODEL,
                    COST,
                    CURRENCY);

    private final Visit visit;
    private final CatalogEditor editor;
    private final ObjectNode filled = Json.object();

    /// @param isSent whether the request brings a filled form
    FirstCampaignForm(Visit visit, CatalogEditor editor, boolean isSent) {
        this.visit = visit;
        this.editor = editor;
        if (isSent) {
            TEXTS.forEach(name -> filled.put(name, visit.form(name)));
            sourceTemplate()
                    .ifPresent(
                            template -> TemplateValueFields.read(visit, filled, template.values()));
        } else {
            filled.put(COST_MODEL, CostModel.CPC.name().toLowerCase(Locale.ROOT));
            filled.put(CURRENCY, visit.reportCurrency());
        }
    }

    /// What the form asks for, in the order in which one thing names the next.
    List<Wanted> wanted() {
        var wanted = new ArrayList<Wanted>();
        var source = chosen(SOURCE);
        var sender = chosen(SENDER);
        var sourceKey = source.isOwn() ? source.key() : add(wanted, SOURCES, source());
        var senderKey = sender.isOwn() ? sender.key() : add(wanted, SENDERS, sender());
        var offer = offer();
        if (!senderKey.isEmpty()) {
            offer.put(SENDER, senderKey);
        }
        var offerKey = add(wanted, OFFERS, offer);
        var campaign = texts(NAME, COST_MODEL, COST, CURRENCY);
        campaign.put(SOURCE, sourceKey);
        campaign.putArray(OFFERS).addObject().put("offer", offerKey).put("weight", 100);
        add(wanted, CAMPAIGNS, campaign);
        return wanted;
    }

    private String add(List<Wanted> wanted, String path, ObjectNode body) {
        var key = editor.freeKey(path, Documents.text(body, NAME));
        wanted.add(new Wanted(path, body.put(KEY, key)));
        return key;
    }

    private ObjectNode source() {
        var source = Json.object();
        sourceTemplate()
                .ifPresent(template -> {
                    source.put(TEMPLATE, template.key());
                    source.set(TemplateValueFields.NAME, filled.path(TemplateValueFields.NAME));
                });
        source.put(NAME, named(SOURCE_NAME, sourceTemplate().map(SourceTemplate::name).orElse("")));
        return source;
    }

    private ObjectNode sender() {
        var template = senderTemplate();
        var sender = Json.object();
        template.ifPresent(found -> sender.put(TEMPLATE, found.key()));
        sender.put(NAME, named(SENDER_NAME, template.map(Template::name).orElse("")));
        if (template.filter(Template::isTracker).isEmpty()) {
            // The address of another tracker is known to its networks already.
            sender.putObject("security").putObject("path").put("secret", true);
        }
        return sender;
    }

    private ObjectNode offer() {
        var offer = texts(PAYOUT, CURRENCY);
        offer.put(NAME, named(OFFER_NAME, text(NAME)));
        offer.put(OFFER_URL, text(OFFER_URL));
        senderTemplate()
                .map(Template::offerParameter)
                .filter(parameter -> !parameter.isEmpty())
                .ifPresent(parameter -> offer.put("clickIdParameter", parameter));
        return offer;
    }

    private ObjectNode texts(String... names) {
        var node = Json.object();
        for (var name : names) {
            if (!text(name).isEmpty()) {
                node.put(name, text(name));
            }
        }
        return node;
    }

    private String named(String field, String otherwise) {
        return text(field).isEmpty() ? otherwise : text(field);
    }

    private String text(String name) {
        return Documents.text(filled, name);
    }

    private record Chosen(String template, String key) {
        boolean isOwn() {
            return !key.isEmpty();
        }
    }

    private Chosen chosen(String field) {
        var word = text(field);
        return new Chosen(
                word.startsWith(NEW) ? word.substring(NEW.length()) : "",
                word.startsWith(OWN) ? word.substring(OWN.length()) : "");
    }

    private Optional<SourceTemplate> sourceTemplate() {
        return SourceTemplates.catalogue().find(chosen(SOURCE).template());
    }

    private Optional<Template> senderTemplate() {
        var chosen = chosen(SENDER);
        var key =
                chosen.isOwn()
                        ? visit.catalog().sender(chosen.key()).map(Sender::template).orElse("")
                        : chosen.template();
        return Templates.catalogue().find(key == null ? "" : key);
    }

    /// What is missing before the rules are asked: a choice says more than their complaint about
    /// the name it stands for.
    Map<String, String> missing() {
        var errors = new LinkedHashMap<String, String>();
        need(errors, SOURCE, SOURCE_NAME);
        need(errors, SENDER, SENDER_NAME);
        if (text(NAME).isEmpty()) {
            errors.put(NAME, visit.texts().of("first.need_name"));
        }
        if (text(OFFER_URL).isEmpty()) {
            errors.put(OFFER_URL, visit.texts().of("first.need_url"));
        }
        return errors;
    }

    private void need(Map<String, String> errors, String field, String nameField) {
        if (text(field).isEmpty()) {
            errors.put(field, visit.texts().of("first.need_choice"));
        } else if (text(field).equals(OTHER) && text(nameField).isEmpty()) {
            errors.put(nameField, visit.texts().of("first.need_other_name"));
        }
    }

    /// Puts the rules' complaints beside the fields they are about.
    ///
    /// @param path of the kind they complain about
    static Map<String, String> errors(String path, List<FieldProblem> problems) {
        var errors = new LinkedHashMap<String, String>();
        for (var problem : problems) {
            errors.putIfAbsent(field(path, problem.field()), problem.message());
        }
        return errors;
    }

    private static String field(String path, String field) {
        return switch (path) {
            case SOURCES -> field.equals(NAME) || field.equals(KEY) ? SOURCE_NAME : field;
            case SENDERS -> field.equals(NAME) || field.equals(KEY) ? SENDER_NAME : SENDER;
            case OFFERS -> field.equals(NAME) || field.equals(KEY) ? OFFER_NAME : field;
            default -> field.equals(KEY) ? NAME : field;
        };
    }

    List<FormPage.Group> groups(Map<String, String> errors) {
        var texts = visit.texts();
        var filling = new Filling(visit, filled, true, errors);
        var source =
                new ArrayList<FormField>(
                        List.of(
                                choice(filling, SOURCE, sources()),
                                filling.text(SOURCE_NAME, false, false)));
        if (TemplateValueFields.areAskedFor(filling)) {
            sourceTemplate()
                    .ifPresent(template ->
                            source.add(
                                    TemplateValueFields.of(
                                            filling, template.name(), template.values())));
        }
        var models =
                Arrays.stream(CostModel.values())
                        .map(model -> model.name().toLowerCase(Locale.ROOT))
                        .map(word -> Option.of(word, texts.of("cost." + word)))
                        .toList();
        return List.of(
                new FormPage.Group(texts.of("first.source_group"), "", source),
                new FormPage.Group(
                        texts.of("first.sender_group"),
                        "",
                        List.of(
                                choice(filling, SENDER, senders()),
                                filling.text(SENDER_NAME, false, false))),
                new FormPage.Group(
                        texts.of("first.offer_group"),
                        "",
                        List.of(
                                first(filling, OFFER_URL, true),
                                filling.text(OFFER_NAME, false, false),
                                filling.text(PAYOUT, false, false))),
                new FormPage.Group(
                        texts.of("first.campaign_group"),
                        "",
                        List.of(
                                first(filling, NAME, false),
                                filling.choice(COST_MODEL, models),
                                first(filling, COST, false),
                                first(filling, CURRENCY, false))));
    }

    /// A field that this form explains in its own words.
    private static FormField first(Filling filling, String field, boolean isWide) {
        var texts = filling.visit().texts();
        return new FormField.Text(
                field,
                texts.of("first." + field),
                filling.text(field),
                texts.of("first." + field + ".hint"),
                filling.error(field),
                texts.orElse("form." + field + ".example", ""),
                "text",
                isWide,
                field.equals(NAME) || field.equals(OFFER_URL));
    }

    private static FormField choice(Filling filling, String field, List<Option> options) {
        var texts = filling.visit().texts();
        return new FormField.Choice(
                field,
                texts.of("first." + field),
                filling.text(field),
                options,
                texts.of("first." + field + ".hint"),
                filling.error(field));
    }

    private List<Option> sources() {
        return options(
                Options.inUse(visit, TrafficSource.class),
                SourceTemplates.catalogue().all().stream()
                        .map(template -> Option.of(template.key(), template.name())));
    }

    private List<Option> senders() {
        return options(
                Options.inUse(visit, Sender.class),
                Templates.catalogue().all().stream()
                        .map(template -> Option.of(template.key(), template.name())));
    }

    private List<Option> options(List<Option> own, Stream<Option> templates) {
        var texts = visit.texts();
        var options = new ArrayList<Option>();
        options.add(Option.of("", texts.of("first.choose")));
        own.forEach(option ->
                options.add(
                        Option.of(OWN + option.value(), texts.of("first.own", option.label()))));
        options.add(Option.of(OTHER, texts.of("first.other")));
        templates.forEach(option -> options.add(Option.of(NEW + option.value(), option.label())));
        return options;
    }
}
