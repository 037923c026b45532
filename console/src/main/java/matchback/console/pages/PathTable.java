package matchback.console.pages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import matchback.console.pages.CampaignPage.PathShare;
import matchback.console.pages.RoutePage.Part;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Condition;
import matchback.model.catalog.RoutePath;
import matchback.model.catalog.RoutePath.WeightedLander;
import matchback.report.Dimension;
import matchback.report.Report.Values;

/// The paths of a campaign with their numbers.
///
/// @param campaign whose paths
record PathTable(Visit visit, Campaign campaign) {

    List<PathShare> rows(Span span) {
        var paths = campaign.routes().paths();
        if (paths.isEmpty()) {
            return List.of();
        }
        var byPath = new HashMap<String, Values>();
        span.by(visit, Dimension.PATH, Things.TRAFFIC, Map.of(Dimension.CAMPAIGN, campaign.key()))
                .rows()
                .forEach(row -> byPath.put(row.dimensions().getFirst(), row.values()));
        long sum =
                paths.stream()
                        .filter(path -> path.isDefault() && !path.paused())
                        .mapToLong(RoutePath::weight)
                        .sum();
        return paths.stream()
                .map(path -> row(path, sum, byPath.getOrDefault(path.name(), new Values(Map.of()))))
                .toList();
    }

    private PathShare row(RoutePath path, long sum, Values values) {
        return new PathShare(
                path.name(),
                "/report?group=day&campaign="
                        + campaign.key()
                        + "&path="
                        + Visit.encode(path.name()),
                who(path, sum),
                path.paused(),
                landers(path.landers()),
                offers(path.offers()),
                Things.numbers(visit, Things.TRAFFIC, values));
    }

    private String who(RoutePath path, long sum) {
        return path.isDefault()
                ? visit.texts().of("paths.who_rest", visit.formats().percent(path.weight(), sum))
                : path.rules().stream().map(Condition::text).collect(Collectors.joining(" · "));
    }

    private List<Part> landers(List<WeightedLander> landers) {
        var names = new Names(visit.catalog());
        long sum = landers.stream().mapToLong(WeightedLander::weight).sum();
        var parts = new ArrayList<Part>();
        for (var lander : landers) {
            boolean isDirect = lander.lander().isEmpty();
            parts.add(
                    new Part(
                            isDirect
                                    ? visit.texts().of("paths.direct")
                                    : names.lander(lander.lander()),
                            isDirect ? "" : "/landers/" + lander.lander(),
                            share(lander.weight(), sum)));
        }
        return parts;
    }

    private List<Part> offers(List<WeightedOffer> offers) {
        var names = new Names(visit.catalog());
        long sum = offers.stream().mapToLong(WeightedOffer::weight).sum();
        return offers.stream()
                .map(offer ->
                        new Part(
                                names.offer(offer.offer()),
                                "/offers/" + offer.offer(),
                                share(offer.weight(), sum)))
                .toList();
    }

    private String share(int weight, long sum) {
        return weight == sum ? "" : visit.formats().percent(weight, sum);
    }
}
