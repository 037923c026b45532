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
import matchback.model.catalog.Routing.Referrer;
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
                new FormPage.Group(
                        texts.of("paths.group"),
                        texts.of("paths.group_hint"),
                        List.of(PathRows.paths(filling))),
                new FormPage.Group(texts.of("campaigns.cost_group"), "", cost(filling)),
                new FormPage.Group(texts.of("campaigns.way_group"), "", way(filling)),
                new FormPage.Group(texts.of("campaigns.sending_group"), "", sending(filling)));
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
        long sum = 0;
        for (var offer : offers) {
            sum += offer.path("weight").asLong(1);
        }
        for (int i = 0; i < offers.size(); i++) {
            var offer = offers.path(i);
            rows.add(
                    new Weight(
                            offer.path("offer").asText(""),
                            offer.path("weight").asText(""),
                            sum <= 0
                                    ? ""
                                    : filling.visit()
                                            .formats()
                                            .percent(offer.path("weight").asLong(1), sum),
                            filling.errorWithin(OFFERS + '[' + i + ']')));
        }
        for (int i = 0; i < ROWS_SPARE; i++) {
            rows.add(new Weight("", "", "", ""));
        }
        return new Weights(
                filling.label(OFFERS),
                filling.hint(OFFERS),
                Options.inUse(filling.visit(), Offer.class),
                rows);
    }

    private static List<FormField> sending(Filling filling) {
        var texts = filling.visit().texts();
        var referrers =
                Arrays.stream(Referrer.values())
                        .map(referrer -> referrer.name().toLowerCase(Locale.ROOT))
                        .map(word -> Option.of(word, texts.of("referrer." + word)))
                        .toList();
        return List.of(
                filling.text("stickyDays", false, false),
                filling.choice("referrer", referrers),
                filling.text("domain", false, false));
    }

    @Override
    public boolean isArranging(Visit visit) {
        return !visit.form(PathRows.ARRANGE).isEmpty();
    }

    @Override
    public void arrange(Visit visit, ObjectNode document) {
        PathRows.arrange(visit, document);
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
        PathRows.weights(
                visit.forms("offer"),
                visit.forms("offerWeight"),
                "offer",
                document.putArray(OFFERS));
        PathRows.read(visit, document);
        Documents.putNumber(document, "stickyDays", visit.form("stickyDays"));
        Documents.putText(visit, document, "referrer", "domain");
    }
}
