package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
                        "parameters",
                        Schema.map(
                                "Our field (externalId, cost, creative, sub1 to sub20) to the name"
                                        + " of the source's query parameter",
                                Schema.text("Name of a query parameter", PARAMETER_CHARS_MAX))),
                FieldSpec.optional(
                        "postbackUrl",
                        Schema.orNull(
                                Schema.text(
                                        "Called for counted conversions; macros: "
                                                + String.join(
                                                        " ",
                                                        Macros.CONVERSION.stream()
                                                                .sorted()
                                                                .map(name -> '{' + name + '}')
                                                                .toList()),
                                        UrlTemplate.CHARS_MAX))));
    }

    @Override
    public Optional<TrafficSource> read(Form form, Draft<TrafficSource> draft) {
        var parameters = parameters(form, FIELDS);
        var postback = Urls.template(form, "postbackUrl", Macros.CONVERSION);
        postback.flatMap(url -> TargetUrl.problem(url.toString(), guard))
                .ifPresent(message -> form.problem("postbackUrl", message));
        return Optional.of(
                new TrafficSource(
                        draft.key(),
                        draft.name(),
                        parameters,
                        postback.map(UrlTemplate::toString).orElse(null),
                        false));
    }

    /// A mapping from our fields to names of parameters.
    static Map<String, String> parameters(Form form, Set<String> fields) {
        var parameters = form.texts("parameters", fields.size(), PARAMETER_CHARS_MAX);
        form.form("parameters").ifPresent(inner -> inner.onlyFields(fields));
        parameters.keySet().retainAll(fields);
        return parameters;
    }

    @Override
    public void write(TrafficSource source, Catalog catalog, String token, ObjectNode node) {
        var parameters = node.putObject("parameters");
        new TreeMap<>(source.parameters()).forEach(parameters::put);
        node.put("postbackUrl", source.postbackUrl());
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
                source.key(), source.name(), source.parameters(), source.postbackUrl(), true);
    }
}
