package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import matchback.console.pages.FormField.Weight;
import matchback.console.pages.FormField.Weights;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Offer;
import matchback.model.catalog.TrafficSource;

/// The form of a campaign.
record CampaignForm() implements EntityForm {
    private static final String OFFERS = "offers";
    private static final String LINKS = "oldLinks";
    private static final int ROWS_SPARE = 2;

    @Override
    public Section section() {
        return Section.CAMPAIGNS;
    }

    @Override
    public String path() {
        return "campaigns";
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var texts = filling.visit().texts();
        var sources = new ArrayList<Option>();
        sources.add(Option.of("", texts.of("campaigns.no_source")));
        sources.addAll(Options.inUse(filling.visit(), TrafficSource.class));
        var naming = new ArrayList<FormField>(filling.naming());
        naming.add(filling.choice("source", sources));
        return List.of(
                new FormPage.Group(texts.of("campaigns.group"), "", naming),
                new FormPage.Group(texts.of("nav.offers"), "", List.of(offers(filling))),
                new FormPage.Group(texts.of("campaigns.cost_group"), "", cost(filling)),
                new FormPage.Group(texts.of("campaigns.way_group"), "", way(filling)));
    }

    private static List<FormField> cost(Filling filling) {
        var models =
                Arrays.stream(CostModel.values())
                        .map(model -> model.name().toLowerCase(Locale.ROOT))
                        .map(word -> Option.of(word, filling.visit().texts().of("cost." + word)))
                        .toList();
        return List.of(
                filling.choice("costModel", models),
                filling.text("cost", false, false),
                filling.text("currency", false, false));
    }

    private static List<FormField> way(Filling filling) {
        var statuses = Stream.of("302", "303", "307").map(code -> Option.of(code, code)).toList();
        return List.of(
                filling.text("fallbackUrl", true, false),
                filling.choice("redirectStatus", statuses),
                new FormField.Area(
                        LINKS,
                        filling.label(LINKS),
                        links(filling),
                        filling.hint(LINKS),
                        filling.errorWithin(LINKS),
                        "https://old.example/click.php?key=abc"),
                filling.check("passParameters"),
                filling.check("paused"));
    }

    private static String links(Filling filling) {
        var lines = new StringBuilder();
        filling.document().path(LINKS).forEach(link -> lines.append(link.asText()).append('\n'));
        return lines.toString();
    }

    private static Weights offers(Filling filling) {
        var rows = new ArrayList<Weight>();
        var offers = filling.document().path(OFFERS);
        for (int i = 0; i < offers.size(); i++) {
            rows.add(
                    new Weight(
                            offers.path(i).path("offer").asText(""),
                            offers.path(i).path("weight").asText(""),
                            filling.errorWithin(OFFERS + '[' + i + ']')));
        }
        for (int i = 0; i < ROWS_SPARE; i++) {
            rows.add(new Weight("", "", ""));
        }
        return new Weights(
                filling.label(OFFERS),
                filling.hint(OFFERS),
                Options.inUse(filling.visit(), Offer.class),
                rows);
    }

    @Override
    public void read(Visit visit, ObjectNode document) {
        Documents.putText(
                visit, document, "name", "source", "costModel", "cost", "currency", "fallbackUrl");
        Documents.putNumber(document, "redirectStatus", visit.form("redirectStatus"));
        Documents.putFlag(visit, document, "paused");
        Documents.putFlag(visit, document, "passParameters");
        var links = document.putArray(LINKS);
        visit.form(LINKS).lines().map(String::strip).filter(l -> !l.isEmpty()).forEach(links::add);
        var chosen = visit.forms("offer");
        var weights = visit.forms("weight");
        var offers = document.putArray(OFFERS);
        for (int i = 0; i < chosen.size(); i++) {
            if (!chosen.get(i).isEmpty()) {
                var offer = offers.addObject().put("offer", chosen.get(i));
                Documents.putNumber(offer, "weight", i < weights.size() ? weights.get(i) : "");
            }
        }
    }
}
