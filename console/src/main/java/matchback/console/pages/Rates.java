package matchback.console.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import matchback.console.pages.ThingsPage.Thing;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.ExchangeRate;
import matchback.model.catalog.Offer;
import matchback.model.catalog.Sender;

/// Lists the exchange rates, and the currencies in use that have none yet.
final class Rates {

    void show(Visit visit) {
        var texts = visit.texts();
        var rows = new ArrayList<Thing>();
        visit.catalog().all(ExchangeRate.class).values().stream()
                .filter(rate -> !rate.archived())
                .sorted(Comparator.comparing(ExchangeRate::key))
                .forEach(rate ->
                        rows.add(
                                row(
                                        rate.key(),
                                        Section.RATES.path() + '/' + rate.key(),
                                        rate.rate().toPlainString())));
        for (var currency : missing(visit.catalog())) {
            rows.add(row(currency, adding(currency), texts.of("rates.missing")));
        }
        var title = texts.of("nav.rates");
        var add = Section.RATES.path() + "/new";
        visit.show(
                visit.site()
                        .templates()
                        .things(
                                new ThingsPage(
                                        visit.frame(title, Section.RATES),
                                        title,
                                        texts.of("rates.sub", visit.reportCurrency()),
                                        add,
                                        texts.of("rates.add"),
                                        List.of(),
                                        List.of(texts.of("rates.rate")),
                                        List.of(),
                                        rows,
                                        List.of(),
                                        new Nothing(
                                                texts.of("rates.none"),
                                                texts.of("rates.none_text", visit.reportCurrency()),
                                                "",
                                                add,
                                                texts.of("rates.add")))));
    }

    /// The form for the rate of a currency.
    static String adding(String currency) {
        return Section.RATES.path() + "/new?key=" + Visit.encode(currency);
    }

    private static Thing row(String currency, String href, String rate) {
        return new Thing(currency, currency, href, List.of(), "", List.of(rate), List.of());
    }

    /// Currencies that something in use names and that cannot be turned into the report currency.
    private static List<String> missing(Catalog catalog) {
        var named =
                Stream.of(
                                catalog.all(Offer.class).values().stream()
                                        .filter(offer -> !offer.archived())
                                        .map(Offer::currency),
                                catalog.all(Sender.class).values().stream()
                                        .filter(sender -> !sender.archived())
                                        .map(Sender::currency),
                                catalog.all(Campaign.class).values().stream()
                                        .filter(campaign -> !campaign.archived())
                                        .map(Campaign::currency))
                        .flatMap(currencies -> currencies)
                        .filter(Objects::nonNull)
                        .toList();
        var missing = new TreeSet<>(named);
        missing.remove(catalog.reportCurrency());
        catalog.all(ExchangeRate.class).values().stream()
                .filter(rate -> !rate.archived())
                .map(ExchangeRate::key)
                .forEach(missing::remove);
        return List.copyOf(missing);
    }
}
