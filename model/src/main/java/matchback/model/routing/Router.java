package matchback.model.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Condition;
import matchback.model.catalog.Lander;
import matchback.model.catalog.Offer;
import matchback.model.catalog.RoutePath;
import matchback.model.catalog.RoutePath.WeightedLander;
import matchback.model.routing.Choice.Kept;

/// Where a campaign sends its visitors, as one version of the catalog has it. Pure: chance comes
/// in, and the same chance gives the same choice. Safe for use by many threads.
///
/// In this order: the first path whose rules are all met; one of the paths without rules, by
/// weight; the campaign's own offers. A path that is full, or none of whose offers is open, is
/// passed by.
public final class Router {
    private static final String KEPT = "kept";

    private final Campaign campaign;
    private final List<Lane> ruled;
    private final List<Lane> defaults;
    private final Lane own;

    /// A path with what of it can be used.
    ///
    /// @param name empty for the campaign's own offers
    /// @param landers an empty one stands for none, straight to the offer
    private record Lane(
            String name,
            int weight,
            List<Matcher> rules,
            String ruleText,
            Lots<Optional<Lander>> landers,
            Lots<Offer> offers) {

        boolean takes(Visitor visitor) {
            return rules.stream().allMatch(rule -> rule.matches(visitor));
        }
    }

    /// @param offers those of the lane that are open
    private record Opened(Lane lane, Lots<Offer> offers) {}

    /// @param cause why it is these; empty where it is the weight
    /// @param passed paths that were not open, with the reason
    private record Ways(List<Opened> lanes, String cause, List<String> passed) {
        Lots<Opened> lots() {
            return Lots.of(lanes, lanes.stream().map(opened -> opened.lane().weight()).toList());
        }
    }

    /// One way such visitors may be sent.
    ///
    /// @param path name of the path; empty for the campaign's own offers
    /// @param cause why; empty where it is the weight alone
    /// @param weight its share
    /// @param of all of these
    /// @param landers none: straight to the offer; so is an empty one
    /// @param passed paths that were not open, with the reason
    public record Prospect(
            String path,
            String cause,
            long weight,
            long of,
            List<Part<Optional<Lander>>> landers,
            List<Part<Offer>> offers,
            List<String> passed) {}

    /// @param weight its share
    /// @param of all of these
    public record Part<T>(T what, long weight, long of) {}

    private Router(Campaign campaign, List<Lane> ruled, List<Lane> defaults, Lane own) {
        this.campaign = campaign;
        this.ruled = ruled;
        this.defaults = defaults;
        this.own = own;
    }

    /// @param offers whether an offer that is in use can be sent to
    /// @param landers the same of landers
    public static Router of(
            Catalog catalog,
            Campaign campaign,
            Predicate<Offer> offers,
            Predicate<Lander> landers) {
        boolean isOff = campaign.paused() || campaign.archived();
        var ruled = new ArrayList<Lane>();
        var defaults = new ArrayList<Lane>();
        for (var path : campaign.routes().paths()) {
            if (!isOff && !path.paused()) {
                var lane =
                        new Lane(
                                path.name(),
                                path.weight(),
                                path.rules().stream().map(Matcher::new).toList(),
                                path.rules().stream()
                                        .map(Condition::text)
                                        .collect(Collectors.joining(" and ")),
                                landers(catalog, path.landers(), landers),
                                offers(catalog, path.offers(), offers));
                if (!path.isDefault()) {
                    ruled.add(lane);
                } else if (path.weight() > 0) {
                    defaults.add(lane);
                }
            }
        }
        var own =
                new Lane(
                        "",
                        0,
                        List.of(),
                        "",
                        Lots.of(List.of(), List.of()),
                        offers(catalog, isOff ? List.of() : campaign.offers(), offers));
        return new Router(campaign, List.copyOf(ruled), List.copyOf(defaults), own);
    }

    /// Whether it sends anybody anywhere on some day.
    public boolean isOpen() {
        return !own.offers().isEmpty()
                || Stream.concat(ruled.stream(), defaults.stream())
                        .anyMatch(lane -> !lane.offers().isEmpty());
    }

    private static Lots<Offer> offers(
            Catalog catalog, List<WeightedOffer> weighted, Predicate<Offer> isUsable) {
        var offers = new ArrayList<Offer>();
        var weights = new ArrayList<Integer>();
        for (var entry : weighted) {
            catalog.offer(entry.offer())
                    .filter(offer -> !offer.archived() && entry.weight() > 0)
                    .filter(isUsable)
                    .ifPresent(offer -> {
                        offers.add(offer);
                        weights.add(entry.weight());
                    });
        }
        return Lots.of(offers, weights);
    }

    private static Lots<Optional<Lander>> landers(
            Catalog catalog, List<WeightedLander> weighted, Predicate<Lander> isUsable) {
        var landers = new ArrayList<Optional<Lander>>();
        var weights = new ArrayList<Integer>();
        for (var entry : weighted) {
            var lander =
                    catalog.lander(entry.lander())
                            .filter(page -> !page.archived())
                            .filter(isUsable);
            if (entry.weight() > 0 && (entry.lander().isEmpty() || lander.isPresent())) {
                landers.add(lander);
                weights.add(entry.weight());
            }
        }
        return Lots.of(landers, weights);
    }

    /// Chooses for a visitor; empty when nothing is open.
    ///
    /// @param before what was chosen for the visitor before, who is to be sent the same way
    public Optional<Choice> choose(
            Visitor visitor, Openness openness, Optional<Kept> before, RandomGenerator random) {
        if (before.isPresent()) {
            var again = again(before.get(), openness, random);
            if (again.isPresent()) {
                return again;
            }
        }
        var ways = ways(visitor, openness);
        if (ways.lanes().isEmpty()) {
            return Optional.empty();
        }
        var drawn = ways.lots().draw(random);
        var cause = drawn.cause().isEmpty() ? ways.cause() : drawn.cause();
        return Optional.of(choice(drawn.what(), cause, ways.passed(), random));
    }

    /// Where such visitors go, with the share of each way; nothing when nothing is open.
    public List<Prospect> prospects(Visitor visitor, Openness openness) {
        var ways = ways(visitor, openness);
        var sum = ways.lots().sum();
        return ways.lanes().stream()
                .map(opened ->
                        new Prospect(
                                opened.lane().name(),
                                ways.cause(),
                                ways.lanes().size() == 1 ? 1 : opened.lane().weight(),
                                ways.lanes().size() == 1 ? 1 : sum,
                                opened.lane().landers().parts(),
                                opened.offers().parts(),
                                ways.passed()))
                .toList();
    }

    /// The lanes that such a visitor may be sent along: one whose rules are met, or those without
    /// rules, or the campaign's own.
    private Ways ways(Visitor visitor, Openness openness) {
        var passed = new ArrayList<String>();
        for (var lane : ruled) {
            if (lane.takes(visitor)) {
                var open = open(lane, openness, passed);
                if (open.isPresent()) {
                    return new Ways(List.of(open.get()), "rule " + lane.ruleText(), passed);
                }
            }
        }
        var lanes = new ArrayList<Opened>();
        for (var lane : defaults) {
            open(lane, openness, passed).ifPresent(lanes::add);
        }
        if (!lanes.isEmpty()) {
            return new Ways(lanes, lanes.size() == 1 ? "only default path" : "", passed);
        }
        var open = own.offers().only(offer -> openness.isOpen(offer.key()));
        var cause = campaign.routes().paths().isEmpty() ? "" : "no path matches";
        return new Ways(open.isEmpty() ? List.of() : List.of(new Opened(own, open)), cause, passed);
    }

    /// The offers of a path that takes visitors; empty when it does not, noted.
    private Optional<Opened> open(Lane lane, Openness openness, List<String> passed) {
        if (!openness.isOpen(campaign.key(), lane.name())) {
            passed.add(lane.name() + ": its clicks of today are reached");
            return Optional.empty();
        }
        var open = lane.offers().only(offer -> openness.isOpen(offer.key()));
        if (open.isEmpty()) {
            passed.add(
                    lane.name()
                            + (lane.offers().isEmpty()
                                    ? ": it has no offer in use"
                                    : ": the caps of its offers are reached"));
            return Optional.empty();
        }
        return Optional.of(new Opened(lane, open));
    }

    /// The same way once more, whatever the rules say now; what of it is gone is drawn anew.
    private Optional<Choice> again(Kept before, Openness openness, RandomGenerator random) {
        return lane(before.path())
                .filter(lane ->
                        lane.name().isEmpty() || openness.isOpen(campaign.key(), lane.name()))
                .flatMap(lane -> {
                    var open = lane.offers().only(offer -> openness.isOpen(offer.key()));
                    return open.isEmpty()
                            ? Optional.empty()
                            : Optional.of(again(lane, before, open, random));
                });
    }

    private Choice again(Lane lane, Kept before, Lots<Offer> open, RandomGenerator random) {
        var causes = new LinkedHashMap<String, String>();
        causes.put(Choice.PATH_BY, KEPT);
        var landers = lane.landers();
        var lander =
                landers.isEmpty()
                        ? Optional.<Lander>empty()
                        : noted(
                                landers.find(page ->
                                                page.map(Lander::key)
                                                        .orElse("")
                                                        .equals(before.lander()))
                                        .map(page -> new Lots.Drawn<>(page, KEPT))
                                        .orElseGet(() -> landers.draw(random)),
                                Choice.LANDER_BY,
                                causes);
        var offer =
                noted(
                        open.find(o -> o.key().equals(before.offer()))
                                .map(o -> new Lots.Drawn<>(o, KEPT))
                                .orElseGet(() -> open.draw(random)),
                        Choice.OFFER_BY,
                        causes);
        return new Choice(lane.name(), lander, offer, causes);
    }

    private Optional<Lane> lane(String name) {
        if (name.isEmpty()) {
            return Optional.of(own);
        }
        return Stream.concat(ruled.stream(), defaults.stream())
                .filter(lane -> lane.name().equals(name))
                .findFirst();
    }

    private Choice choice(
            Opened opened, String cause, List<String> passed, RandomGenerator random) {
        var causes = new LinkedHashMap<String, String>();
        if (!cause.isEmpty()) {
            causes.put(Choice.PATH_BY, cause);
        }
        if (!passed.isEmpty()) {
            causes.put(Choice.PASSED_BY, String.join("; ", passed));
        }
        var landers = opened.lane().landers();
        var lander =
                landers.isEmpty()
                        ? Optional.<Lander>empty()
                        : noted(landers.draw(random), Choice.LANDER_BY, causes);
        var offer = opened.offers().draw(random);
        if (!cause.isEmpty()) {
            noted(offer, Choice.OFFER_BY, causes);
        }
        return new Choice(opened.lane().name(), lander, offer.what(), causes);
    }

    private static <T> T noted(Lots.Drawn<T> drawn, String word, Map<String, String> causes) {
        if (!drawn.cause().isEmpty()) {
            causes.put(word, drawn.cause());
        }
        return drawn.what();
    }

    /// The offer of a path's button, counted from 1 as the path lists them now; empty when there is
    /// no such offer in use.
    ///
    /// @param path name of the path; empty for the campaign's own offers
    public Optional<Offer> button(String path, int number) {
        var listed =
                path.isEmpty()
                        ? campaign.offers()
                        : campaign.routes().path(path).map(RoutePath::offers).orElse(List.of());
        if (number < 1 || number > listed.size()) {
            return Optional.empty();
        }
        var key = listed.get(number - 1).offer();
        return lane(path).flatMap(lane -> lane.offers().find(offer -> offer.key().equals(key)));
    }
}
