package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import matchback.console.templates.OfferTemplates;
import matchback.model.catalog.Sender;

/// The form of an offer.
record OfferForm() implements EntityForm {
    private static final String WINDOWS = "windows";
    private static final String TEMPLATE = "template";

    @Override
    public Section section() {
        return Section.OFFERS;
    }

    @Override
    public String path() {
        return "offers";
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var texts = filling.visit().texts();
        var senders = new ArrayList<Option>();
        senders.add(Option.of("", texts.of("offers.any_sender")));
        senders.addAll(Options.inUse(filling.visit(), Sender.class));
        return List.of(
                new FormPage.Group(texts.of("offers.group"), "", naming(filling)),
                new FormPage.Group(
                        texts.of("offers.money_group"),
                        "",
                        List.of(
                                filling.choice("sender", senders),
                                filling.text("payout", false, false),
                                filling.text("currency", false, false),
                                filling.text("windowDays", false, false))),
                new FormPage.Group(
                        texts.of("offers.limits_group"),
                        "",
                        List.of(
                                filling.text("dailyCap", false, false),
                                filling.text("dailyCapEvent", false, false),
                                filling.text("clicksPerDay", false, false),
                                new FormField.Area(
                                        WINDOWS,
                                        filling.label(WINDOWS),
                                        Documents.lines(filling.document(), WINDOWS),
                                        filling.hint(WINDOWS),
                                        filling.errorWithin(WINDOWS),
                                        "rebill = 365"))));
    }

    private static List<FormField> naming(Filling filling) {
        var texts = filling.visit().texts();
        var options = new ArrayList<Option>();
        options.add(Option.of("", texts.of("offers.no_template")));
        OfferTemplates.catalogue()
                .all()
                .forEach(template -> options.add(Option.of(template.key(), template.name())));
        var fields = new ArrayList<>(filling.naming());
        fields.add(
                new FormField.Choice(
                        TEMPLATE,
                        filling.label(TEMPLATE),
                        filling.text(TEMPLATE),
                        options,
                        texts.of("offers.template_hint"),
                        filling.error(TEMPLATE)));
        if (TemplateValueFields.areAskedFor(filling)) {
            OfferTemplates.catalogue()
                    .find(filling.text(TEMPLATE))
                    .ifPresent(template ->
                            fields.add(
                                    TemplateValueFields.of(
                                            filling, template.name(), template.values())));
        }
        fields.add(filling.text("url", true, false));
        fields.add(filling.text("clickIdParameter", false, false));
        return fields;
    }

    @Override
    public void read(Visit visit, ObjectNode document) {
        Documents.putText(
                visit, document, "name", "url", "sender", "payout", "currency", "clickIdParameter");
        Documents.putText(visit, document, TEMPLATE);
        document.remove(TemplateValueFields.NAME);
        OfferTemplates.catalogue()
                .find(visit.form(TEMPLATE))
                .ifPresent(
                        template -> TemplateValueFields.read(visit, document, template.values()));
        Documents.putNumber(document, "windowDays", visit.form("windowDays"));
        Documents.putNumber(document, "dailyCap", visit.form("dailyCap"));
        Documents.putNumber(document, "clicksPerDay", visit.form("clicksPerDay"));
        Documents.putText(visit, document, "dailyCapEvent");
        Documents.putLines(document, WINDOWS, visit.form(WINDOWS));
        var windows = document.withObject(WINDOWS);
        for (var entry : List.copyOf(windows.properties())) {
            Documents.putNumber(windows, entry.getKey(), entry.getValue().asText());
        }
    }
}
