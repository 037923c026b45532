package matchback.console.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import matchback.ledger.state.ClickState;
import matchback.model.routing.Choice;

/// Says in one line which way a visitor was sent, and why, as it stands in the click.
final class RouteStory {
    /// Words of a click that this line tells.
    static final Set<String> CAUSES =
            Set.of(
                    Choice.PATH_BY,
                    Choice.LANDER_BY,
                    Choice.OFFER_BY,
                    Choice.PASSED_BY,
                    Choice.FIRST_OFFER);

    private RouteStory() {}

    /// Nothing for a click of a campaign without paths.
    ///
    /// @param offer name of the offer it was sent to
    static List<String> lines(Visit visit, ClickState click, String offer) {
        var traits = click.traits();
        if (!traits.containsKey(Choice.PATH_BY)) {
            return List.of();
        }
        var texts = visit.texts();
        var parts = new ArrayList<String>();
        var path = traits.getOrDefault(Choice.PATH, "");
        parts.add(
                path.isEmpty()
                        ? texts.of("route.own_offers", traits.get(Choice.PATH_BY))
                        : texts.of("route.path", path, traits.get(Choice.PATH_BY)));
        Optional.ofNullable(traits.get(Choice.LANDER))
                .map(key -> new Names(visit.catalog()).lander(key))
                .map(name -> part(visit, "lander", name, traits, Choice.LANDER_BY))
                .ifPresent(parts::add);
        parts.add(part(visit, "offer", offer, traits, Choice.OFFER_BY));
        var lines = new ArrayList<String>();
        lines.add(String.join(", ", parts));
        Optional.ofNullable(traits.get(Choice.PASSED_BY))
                .map(passed -> texts.of("route.passed", passed))
                .ifPresent(lines::add);
        return lines;
    }

    private static String part(
            Visit visit, String word, String name, Map<String, String> traits, String cause) {
        var by = traits.get(cause);
        var key = "route." + word;
        return by == null ? visit.texts().of(key, name) : visit.texts().of(key + "_by", name, by);
    }
}
