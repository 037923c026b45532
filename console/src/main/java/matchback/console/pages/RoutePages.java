package matchback.console.pages;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import matchback.console.pages.RoutePage.Part;
import matchback.console.pages.RoutePage.Way;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Condition;
import matchback.model.routing.Openness;
import matchback.model.routing.Router;
import matchback.model.routing.Router.Prospect;
import matchback.model.routing.Visitor;

/// Tells for a made-up visitor which way a campaign would send them. Caps are left aside: they
/// change with every click.
final class RoutePages {
    private static final List<String> USUAL =
            List.of("country", "device", "os", "browser", "language", "referrer");
    private static final Set<String> CHOSEN =
            Set.of(Condition.VISITOR, Condition.BOT, Condition.TIME);

    void show(Visit visit) {
        var found = visit.catalog().campaign(visit.pathParam("key"));
        if (found.isEmpty()) {
            new Errors(visit.site()).notFound(visit);
            return;
        }
        var campaign = found.get();
        var at = time(visit);
        var prospects =
                Router.of(visit.catalog(), campaign, _ -> true, _ -> true)
                        .prospects(visitor(visit, at.orElse(visit.formats().now())), Openness.ALL);
        var fallback = campaign.fallbackUrl();
        visit.show(
                at.isPresent() ? 200 : 422,
                visit.site()
                        .templates()
                        .route(
                                new RoutePage(
                                        visit.frame(
                                                visit.texts().of("route.title"), Section.CAMPAIGNS),
                                        campaign.name(),
                                        "/campaigns/" + campaign.key(),
                                        fields(visit, campaign, at.isEmpty()),
                                        at.isPresent() ? "" : visit.texts().of("route.bad_time"),
                                        prospects.stream().map(p -> way(visit, p)).toList(),
                                        prospects.stream()
                                                .findFirst()
                                                .map(Prospect::passed)
                                                .orElse(List.of()),
                                        fallback == null ? "" : fallback)));
    }

    /// In the reader's zone; now when none is given, empty when it is no time.
    private static Optional<Long> time(Visit visit) {
        var text = visit.param(Condition.TIME);
        if (text.isEmpty()) {
            return Optional.of(visit.formats().now());
        }
        try {
            var local = LocalDateTime.parse(text);
            return Optional.of(local.atZone(visit.formats().zone()).toInstant().toEpochMilli());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Visitor visitor(Visit visit, long at) {
        var traits = new HashMap<String, String>();
        for (var trait : Condition.TRAITS) {
            var value = visit.param(trait);
            if (!value.isEmpty()) {
                traits.put(trait, value);
            }
        }
        return new Visitor(
                traits,
                traits,
                visit.param(Condition.VISITOR).equals(Condition.RETURNING),
                visit.param(Condition.BOT).equals(Condition.YES),
                at);
    }

    private static List<FormField> fields(Visit visit, Campaign campaign, boolean isTimeWrong) {
        var traits = new LinkedHashSet<>(USUAL);
        campaign.routes().paths().stream()
                .flatMap(path -> path.rules().stream())
                .map(Condition::trait)
                .filter(trait -> !CHOSEN.contains(trait))
                .forEach(traits::add);
        var texts = visit.texts();
        var fields = new ArrayList<FormField>();
        for (var trait : traits) {
            fields.add(text(visit, trait, PathRows.label(texts, trait), "text", ""));
        }
        fields.add(
                choice(
                        visit,
                        Condition.VISITOR,
                        Map.of(
                                Condition.NEW, texts.of("route.new"),
                                Condition.RETURNING, texts.of("route.returning")),
                        Condition.NEW));
        fields.add(
                choice(
                        visit,
                        Condition.BOT,
                        Map.of(
                                Condition.NO, texts.of("word.no"),
                                Condition.YES, texts.of("word.yes")),
                        Condition.NO));
        fields.add(
                text(
                        visit,
                        Condition.TIME,
                        texts.of("route.time", visit.formats().zone().getId()),
                        "datetime-local",
                        isTimeWrong ? texts.of("route.bad_time") : ""));
        return fields;
    }

    private static FormField text(
            Visit visit, String name, String label, String type, String error) {
        return new FormField.Text(
                name, label, visit.param(name), "", error, "", type, false, false);
    }

    private static FormField choice(
            Visit visit, String name, Map<String, String> labels, String first) {
        var options =
                labels.entrySet().stream()
                        .sorted((a, b) ->
                                Boolean.compare(b.getKey().equals(first), a.getKey().equals(first)))
                        .map(entry -> Option.of(entry.getKey(), entry.getValue()))
                        .toList();
        return new FormField.Choice(
                name, PathRows.label(visit.texts(), name), visit.param(name), options, "", "");
    }

    private static Way way(Visit visit, Prospect prospect) {
        var texts = visit.texts();
        var formats = visit.formats();
        var landers = new ArrayList<Part>();
        for (var part : prospect.landers()) {
            var lander = part.what();
            landers.add(
                    new Part(
                            lander.map(page -> page.name()).orElse(texts.of("paths.direct")),
                            lander.map(page -> "/landers/" + page.key()).orElse(""),
                            share(formats, part)));
        }
        var offers = new ArrayList<Part>();
        for (var part : prospect.offers()) {
            var offer = part.what();
            offers.add(new Part(offer.name(), "/offers/" + offer.key(), share(formats, part)));
        }
        return new Way(
                prospect.path().isEmpty() ? texts.of("route.own") : prospect.path(),
                prospect.cause(),
                formats.percent(prospect.weight(), prospect.of()),
                landers,
                offers);
    }

    private static String share(Formats formats, Router.Part<?> part) {
        return part.weight() == part.of() ? "" : formats.percent(part.weight(), part.of());
    }
}
