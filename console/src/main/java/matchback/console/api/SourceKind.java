package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import matchback.console.templates.SourceTemplate;
import matchback.console.templates.SourceTemplates;
import matchback.model.Macros;
import matchback.model.UrlTemplate;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.TrafficSource;
import matchback.model.net.AddressGuard;
import matchback.model.net.TargetUrl;

/// `/traffic-sources`
///
/// @param guard refuses postbacks to addresses of this machine and network
record SourceKind(AddressGuard guard) implements Kind<TrafficSource> {
    static final int PARAMETER_CHARS_MAX = 64;
    private static final String TEMPLATE = "template";
    private static final String PARAMETERS = "parameters";
    private static final String POSTBACK_URL = "postbackUrl";
    private static final Set<String> FIELDS = fieldsOfClicks();

    private static Set<String> fieldsOfClicks() {
        var fields = new LinkedHashSet<String>();
        fields.add(TrafficSource.EXTERNAL_ID);
        fields.add(TrafficSource.COST);
        fields.add(TrafficSource.CREATIVE);
        for (int i = 1; i <= Macros.SUBS; i++) {
            fields.add("sub" + i);
        }
        return Set.copyOf(fields);
    }

    @Override
    public String path() {
        return "traffic-sources";
    }

    @Override
    public String word() {
        return "traffic source";
    }

    @Override
    public Class<TrafficSource> type() {
        return TrafficSource.class;
    }

    @Override
    public List<FieldSpec> fields() {
        return List.of(
                FieldSpec.optional(
                        TEMPLATE,
                        Schema.orNull(
                                Schema.text(
                                        "Key of the template that fills what is not given here:"
                                                + " parameters, postbackUrl"))),
                TemplateValues.spec("postback URL"),
                FieldSpec.optional(
                        PARAMETERS,
                        Schema.map(
                                "Our field (externalId, cost, creative, sub1 to sub20) to the name"
                                        + " of the source's query parameter",
                                Schema.text("Name of a query parameter", PARAMETER_CHARS_MAX))),
                FieldSpec.optional(
                        POSTBACK_URL,
                        Schema.orNull(
                                Schema.text(
                                        "Called for counted conversions; macros: "
                                                + String.join(
                                                        " ",
                                                        Macros.CONVERSION.stream()
                                                                .sorted()
                                                                .map(name -> '{' + name + '}')
                                                                .toList()),
                                        UrlTemplate.CHARS_MAX))),
                FieldSpec.answered(
                        "trackingQuery",
                        Schema.orNull(
                                Schema.text(
                                        "What is appended to the tracking link, with the source's"
                                                + " macros; null without a template"))));
    }

    @Override
    public Optional<TrafficSource> read(Form form, Draft<TrafficSource> draft) {
        var template = template(form);
        var before = draft.before();
        var fill =
                template.filter(t -> before == null || !t.key().equals(before.template()))
                        .orElse(null);
        boolean hasPostback = form.has(POSTBACK_URL);
        var parameters =
                fill == null || form.has(PARAMETERS)
                        ? parameters(form, FIELDS)
                        : fill.parameterNames();
        var postback =
                fill == null || hasPostback
                        ? Urls.template(form, POSTBACK_URL, Macros.CONVERSION)
                        : TemplateValues.url(
                                form,
                                fill.name(),
                                fill.values(),
                                fill::postback,
                                Macros.CONVERSION);
        postback.flatMap(url -> TargetUrl.problem(url.toString(), guard))
                .ifPresent(message -> form.problem(POSTBACK_URL, message));
        return Optional.of(
                new TrafficSource(
                        draft.key(),
                        draft.name(),
                        parameters,
                        postback.map(UrlTemplate::toString).orElse(null),
                        false,
                        template.map(SourceTemplate::key).orElse(null)));
    }

    private static Optional<SourceTemplate> template(Form form) {
        return form.word(TEMPLATE, new TreeSet<>(SourceTemplates.catalogue().keys()))
                .flatMap(SourceTemplates.catalogue()::find);
    }

    /// A mapping from our fields to names of parameters.
    static Map<String, String> parameters(Form form, Set<String> fields) {
        var parameters = form.texts(PARAMETERS, fields.size(), PARAMETER_CHARS_MAX);
        form.form(PARAMETERS).ifPresent(inner -> inner.onlyFields(fields));
        parameters.keySet().retainAll(fields);
        return parameters;
    }

    @Override
    public void write(TrafficSource source, Catalog catalog, String token, ObjectNode node) {
        node.put(TEMPLATE, source.template());
        var parameters = node.putObject(PARAMETERS);
        new TreeMap<>(source.parameters()).forEach(parameters::put);
        node.put(POSTBACK_URL, source.postbackUrl());
        node.put(
                "trackingQuery",
                source.madeFrom()
                        .flatMap(SourceTemplates.catalogue()::find)
                        .map(template -> template.trackingQuery(source::parameterOf))
                        .orElse(null));
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return catalog.all(Campaign.class).values().stream()
                .filter(campaign -> !campaign.archived())
                .filter(campaign -> key.equals(campaign.source()))
                .map(campaign -> "campaign \"" + campaign.key() + '"')
                .sorted()
                .toList();
    }

    @Override
    public TrafficSource archived(TrafficSource source) {
        return new TrafficSource(
                source.key(),
                source.name(),
                source.parameters(),
                source.postbackUrl(),
                true,
                source.template());
    }
}
