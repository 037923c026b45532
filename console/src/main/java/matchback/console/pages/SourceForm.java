package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import matchback.console.pages.FormField.Pair;
import matchback.console.pages.FormField.Pairs;
import matchback.console.templates.SourceTemplates;
import matchback.model.catalog.TrafficSource;

/// The form of a traffic source.
record SourceForm() implements EntityForm {
    private static final String TEMPLATE = "template";
    private static final String PARAMETERS = "parameters";
    private static final String POSTBACK_URL = "postbackUrl";
    private static final int SUBS_SHOWN = 10;
    private static final List<String> FIELDS = fields();

    private static List<String> fields() {
        var fields =
                new ArrayList<>(
                        List.of(
                                TrafficSource.EXTERNAL_ID,
                                TrafficSource.COST,
                                TrafficSource.CREATIVE));
        for (int i = 1; i <= SUBS_SHOWN; i++) {
            fields.add("sub" + i);
        }
        return List.copyOf(fields);
    }

    @Override
    public Section section() {
        return Section.SOURCES;
    }

    @Override
    public String path() {
        return "traffic-sources";
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var texts = filling.visit().texts();
        var parameters = filling.document().path(PARAMETERS);
        var pairs =
                FIELDS.stream()
                        .map(name ->
                                new Pair(
                                        name,
                                        name,
                                        parameters.path(name).asText(""),
                                        filling.error(PARAMETERS + '.' + name)))
                        .toList();
        return List.of(
                new FormPage.Group(texts.of("sources.group"), "", naming(filling)),
                new FormPage.Group(texts.of("sources.tell_group"), "", telling(filling)),
                new FormPage.Group(
                        texts.of("sources.parameters_group"),
                        "",
                        List.of(
                                new Pairs(
                                        PARAMETERS,
                                        texts.of("sources.parameters"),
                                        texts.of("sources.parameters_hint"),
                                        pairs))));
    }

    private static List<FormField> naming(Filling filling) {
        var options = new ArrayList<Option>();
        options.add(Option.of("", filling.visit().texts().of("sources.no_template")));
        SourceTemplates.catalogue()
                .all()
                .forEach(template -> options.add(Option.of(template.key(), template.name())));
        var fields = new ArrayList<>(filling.naming());
        fields.add(
                new FormField.Choice(
                        TEMPLATE,
                        filling.label(TEMPLATE),
                        filling.text(TEMPLATE),
                        options,
                        filling.visit().texts().of("sources.template_hint"),
                        filling.error(TEMPLATE)));
        return fields;
    }

    /// The postback's URL, or what a chosen template needs to know to make it.
    private static List<FormField> telling(Filling filling) {
        var fields = new ArrayList<FormField>();
        if (TemplateValueFields.areAskedFor(filling)) {
            SourceTemplates.catalogue()
                    .find(filling.text(TEMPLATE))
                    .ifPresent(template ->
                            fields.add(
                                    TemplateValueFields.of(
                                            filling, template.name(), template.values())));
        }
        fields.add(filling.text(POSTBACK_URL, true, false));
        return fields;
    }

    @Override
    public void read(Visit visit, ObjectNode document) {
        var before = Documents.text(document, TEMPLATE);
        Documents.putText(visit, document, "name", POSTBACK_URL, TEMPLATE);
        Documents.putPairs(visit, document, PARAMETERS, FIELDS);
        var template = Documents.text(document, TEMPLATE);
        document.remove(TemplateValueFields.NAME);
        if (!template.isEmpty() && !template.equals(before)) {
            leaveToTemplate(template, visit, document);
        }
    }

    /// What was left empty is the template's to fill.
    private static void leaveToTemplate(String key, Visit visit, ObjectNode document) {
        if (document.path(PARAMETERS).isEmpty()) {
            document.remove(PARAMETERS);
        }
        SourceTemplates.catalogue()
                .find(key)
                .ifPresent(
                        template -> TemplateValueFields.read(visit, document, template.values()));
    }
}
