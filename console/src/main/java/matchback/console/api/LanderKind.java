package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import matchback.console.ConsoleConfig;
import matchback.model.Macros;
import matchback.model.UrlTemplate;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Lander;
import matchback.model.catalog.Offer;

/// `/landers`
record LanderKind(ConsoleConfig config) implements Kind<Lander> {
    private static final int PARAMETER_CHARS_MAX = 64;

    @Override
    public String path() {
        return "landers";
    }

    @Override
    public String word() {
        return "lander";
    }

    @Override
    public Class<Lander> type() {
        return Lander.class;
    }

    @Override
    public List<FieldSpec> fields() {
        return List.of(
                FieldSpec.required(
                        "url",
                        Schema.text(
                                "The page between click and offer; macros as in an offer's URL",
                                UrlTemplate.CHARS_MAX)),
                FieldSpec.optional(
                        "clickIdParameter",
                        Schema.text(
                                "Query parameter added with the click id when the URL has no"
                                        + " {clickid}",
                                PARAMETER_CHARS_MAX)),
                FieldSpec.answered(
                        "buttonUrl",
                        Schema.text(
                                "Where the page's button leads; with several, add /1, /2 ... for"
                                        + " the offers of the path in their order")));
    }

    @Override
    public Optional<Lander> read(Form form, Draft<Lander> draft) {
        if (!form.has("url")) {
            form.problem("url", "A lander needs a URL");
        }
        var url = Urls.template(form, "url", Macros.CLICK);
        var parameter =
                form.text("clickIdParameter", PARAMETER_CHARS_MAX)
                        .orElse(Offer.CLICK_ID_PARAMETER_DEFAULT);
        return url.map(template ->
                new Lander(draft.key(), draft.name(), template.toString(), parameter, false));
    }

    @Override
    public void write(Lander lander, Catalog catalog, String token, ObjectNode node) {
        node.put("url", lander.url());
        node.put("clickIdParameter", lander.clickIdParameter());
        node.put("buttonUrl", config.buttonUrl());
    }

    @Override
    public List<String> references(String key, Catalog catalog) {
        return catalog.all(Campaign.class).values().stream()
                .filter(campaign -> !campaign.archived())
                .filter(campaign ->
                        campaign.routes().paths().stream()
                                .flatMap(path -> path.landers().stream())
                                .anyMatch(weighted -> weighted.lander().equals(key)))
                .map(campaign -> "campaign \"" + campaign.key() + '"')
                .sorted()
                .toList();
    }

    @Override
    public Lander archived(Lander lander) {
        return lander.with(true);
    }
}
