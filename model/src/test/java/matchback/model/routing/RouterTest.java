package matchback.model.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Condition;
import matchback.model.catalog.Lander;
import matchback.model.catalog.Offer;
import matchback.model.catalog.RoutePath;
import matchback.model.catalog.RoutePath.WeightedLander;
import matchback.model.catalog.Routing;
import matchback.model.catalog.Routing.Referrer;
import matchback.model.routing.Choice.Kept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouterTest {
    private static final long MONDAY_NOON = 1_772_452_800_000L;
    private static final List<String> OFFERS = List.of("a", "b", "c", "d");
    private static final List<String> LANDERS = List.of("quiz", "video");

    private final RandomGenerator random = new SplittableRandom(20261123);

    private static Catalog catalog() {
        var catalog = Catalog.empty("USD");
        for (var key : OFFERS) {
            catalog = catalog.with(offer(key, false));
        }
        for (var key : LANDERS) {
            catalog = catalog.with(new Lander(key, key, "https://l.example/", "clickid", false));
        }
        return catalog;
    }

    private static Offer offer(String key, boolean isArchived) {
        return new Offer(
                key, key, "https://o.example/", null, null, null, "clickid", 30, isArchived);
    }

    private static Campaign campaign(Routing routing, WeightedOffer... offers) {
        return new Campaign(
                        "summer",
                        1,
                        "Summer",
                        null,
                        List.of(offers),
                        CostModel.NONE,
                        null,
                        null,
                        null,
                        false,
                        false,
                        302,
                        false)
                .withRouting(routing);
    }

    private static Routing paths(RoutePath... paths) {
        return new Routing(List.of(paths), 0, Referrer.ORIGIN, null);
    }

    private static RoutePath path(
            String name, int weight, List<Condition> rules, String... offers) {
        var weighted = new ArrayList<WeightedOffer>();
        for (var offer : offers) {
            weighted.add(new WeightedOffer(offer, 1));
        }
        return new RoutePath(name, weight, false, rules, List.of(), weighted, null);
    }

    private static Condition is(String trait, String... values) {
        return new Condition(trait, false, List.of(values));
    }

    private static Condition not(String trait, String... values) {
        return new Condition(trait, true, List.of(values));
    }

    private static Router router(Catalog catalog, Campaign campaign) {
        return Router.of(catalog, campaign, _ -> true, _ -> true);
    }

    private static Router router(RoutePath... paths) {
        return router(catalog(), campaign(paths(paths)));
    }

    private static Visitor visitor(Map<String, String> traits) {
        return new Visitor(traits, Map.of(), false, false, MONDAY_NOON);
    }

    private Choice choose(Router router, Visitor visitor) {
        return router.choose(visitor, Openness.ALL, Optional.empty(), random).orElseThrow();
    }

    @Test
    void the_first_path_whose_rules_are_all_met_takes_the_visitor() {
        var router =
                router(
                        path("rest", 1, List.of(), "d"),
                        path(
                                "phones",
                                0,
                                List.of(is("country", "de"), is("device", "mobile")),
                                "a"),
                        path("germany", 0, List.of(is("country", "DE", "AT")), "b"),
                        path("also germany", 0, List.of(is("country", "DE")), "c"));

        assertThat(choose(router, visitor(Map.of("country", "DE", "device", "mobile"))).path())
                .isEqualTo("phones");
        var desktop = choose(router, visitor(Map.of("country", "DE", "device", "desktop")));
        assertThat(desktop.path()).isEqualTo("germany");
        assertThat(desktop.causes()).isEqualTo(Map.of("path_by", "rule country=DE,AT"));
        assertThat(desktop.traits())
                .isEqualTo(Map.of("path", "germany", "path_by", "rule country=DE,AT"));
        assertThat(choose(router, visitor(Map.of())).path()).isEqualTo("rest");
        assertThat(choose(router, visitor(Map.of())).causes())
                .isEqualTo(Map.of("path_by", "only default path"));
    }

    @ParameterizedTest
    @CsvSource({
        "country,  DE,          de,            true",
        "country,  '',          DE,            false",
        "country,  '',          unknown,       true",
        "language, de-AT,       de,            true",
        "language, de,          de-AT,         false",
        "language, den,         de,            false",
        "referrer, www.ex.test, ex.test,       true",
        "referrer, ex.test,     ex.test,       true",
        "referrer, notex.test,  ex.test,       false",
        "isp,      Deutsche Telekom AG, deutsche*, true",
        "isp,      Telekom Deutschland, deutsche*, false",
        "isp,      Telekom Deutschland, *deutsch*, true",
        "browser,  Chrome Mobile, *,           true",
        "browser,  '',          *,             false",
        "sub3,     zone-77,     zone-*7,       true",
        "sub3,     zone-78,     zone-*7,       false"
    })
    void a_rule_compares_without_regard_to_case_and_with_stars(
            String trait, String value, String ruled, boolean isMet) {
        var traits = value.isEmpty() ? Map.<String, String>of() : Map.of(trait, value);
        var visitor = new Visitor(traits, traits, false, false, MONDAY_NOON);

        assertThat(new Matcher(is(trait, ruled)).matches(visitor)).isEqualTo(isMet);
        assertThat(new Matcher(not(trait, ruled)).matches(visitor)).isEqualTo(!isMet);
    }

    @Test
    void rules_ask_for_time_return_and_bots() {
        var bot = new Visitor(Map.of(), Map.of(), true, true, MONDAY_NOON);
        var person = visitor(Map.of());

        assertThat(new Matcher(is("bot", "yes")).matches(bot)).isTrue();
        assertThat(new Matcher(is("bot", "no")).matches(person)).isTrue();
        assertThat(new Matcher(is("visitor", "returning")).matches(bot)).isTrue();
        assertThat(new Matcher(is("visitor", "new")).matches(bot)).isFalse();
        assertThat(new Matcher(is("time", "mon 11:00-13:00")).matches(person)).isTrue();
        assertThat(new Matcher(is("time", "mon 11:00-13:00 Asia/Tokyo")).matches(person)).isFalse();
    }

    @Test
    void a_million_visitors_are_shared_out_by_rules_and_weights() {
        var landers = List.of(new WeightedLander("quiz", 2), new WeightedLander("video", 3));
        var router =
                router(
                        new RoutePath(
                                "tier 1",
                                9,
                                false,
                                List.of(is("country", "US", "GB")),
                                landers,
                                List.of(new WeightedOffer("a", 30), new WeightedOffer("b", 70)),
                                null),
                        path("phones", 0, List.of(is("device", "mobile")), "c"),
                        path("left", 60, List.of(), "a", "b", "c"),
                        path("right", 40, List.of(), "d"),
                        path("off", 0, List.of(), "d"));
        var countries = List.of("US", "GB", "DE", "FR");
        var seen = new HashMap<String, Integer>();
        int all = 1_000_000;
        for (int i = 0; i < all; i++) {
            var traits =
                    Map.of(
                            "country",
                            countries.get(i % 4),
                            "device",
                            i / 4 % 2 == 0 ? "mobile" : "desktop");
            var choice = choose(router, visitor(traits));
            var lander = choice.lander().map(Lander::key).orElse("-");
            seen.merge(choice.path() + '/' + lander + '/' + choice.offer().key(), 1, Integer::sum);
        }

        var expected = new HashMap<String, Double>();
        for (var lander : Map.of("quiz", 0.4, "video", 0.6).entrySet()) {
            expected.put("tier 1/" + lander.getKey() + "/a", 500_000 * lander.getValue() * 0.3);
            expected.put("tier 1/" + lander.getKey() + "/b", 500_000 * lander.getValue() * 0.7);
        }
        for (var offer : List.of("a", "b", "c")) {
            expected.put("left/-/" + offer, 250_000 * 0.6 / 3);
        }
        expected.put("right/-/d", 250_000 * 0.4);
        // Rules leave nothing to chance: all other phones, and no one else.
        assertThat(seen.remove("phones/-/c")).isEqualTo(250_000);
        assertThat(seen.keySet()).isEqualTo(expected.keySet());
        double chi = 0;
        for (var cell : expected.entrySet()) {
            chi +=
                    Math.pow(seen.getOrDefault(cell.getKey(), 0) - cell.getValue(), 2)
                            / cell.getValue();
        }
        // 8 cells in 2 fixed totals: 6 degrees of freedom, and 22.46 in one case of a thousand.
        assertThat(chi).isLessThan(22.46);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void every_visitor_goes_somewhere_while_anything_is_open(long seed) {
        var chance = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            var full = new HashSet<String>();
            OFFERS.stream().filter(_ -> chance.nextInt(3) == 0).forEach(full::add);
            var openness = openness(full, chance.nextBoolean() ? Set.of("p1") : Set.of());
            var routing = anyRouting(chance);
            var catalog = catalog().with(offer("c", chance.nextBoolean()));
            var campaign = campaign(routing, new WeightedOffer("d", chance.nextInt(2)));
            var router = router(catalog, campaign);
            var visitor =
                    new Visitor(
                            chance.nextBoolean() ? Map.of("country", "DE") : Map.of(),
                            Map.of(),
                            chance.nextBoolean(),
                            chance.nextBoolean(),
                            chance.nextLong(2_000_000_000_000L));
            var before = Optional.of(new Kept("p" + chance.nextInt(4), "quiz", "a"));

            var choice =
                    router.choose(
                            visitor,
                            openness,
                            chance.nextBoolean() ? before : Optional.empty(),
                            chance);

            choice.ifPresent(found -> {
                assertThat(found.offer().archived()).isFalse();
                assertThat(full).doesNotContain(found.offer().key());
                assertThat(openness.isOpen("summer", found.path())).isTrue();
            });
            boolean isOwnOpen = campaign.offers().getFirst().weight() > 0 && !full.contains("d");
            assertThat(choice.isPresent() || !isOwnOpen).isTrue();
        }
    }

    private static Routing anyRouting(SplittableRandom chance) {
        var paths = new ArrayList<RoutePath>();
        int count = chance.nextInt(4);
        for (int i = 0; i < count; i++) {
            var rules =
                    chance.nextBoolean()
                            ? List.<Condition>of()
                            : List.of(
                                    chance.nextBoolean() ? is("country", "DE") : not("bot", "yes"));
            paths.add(
                    new RoutePath(
                            "p" + i,
                            chance.nextInt(3),
                            chance.nextInt(4) == 0,
                            rules,
                            List.of(
                                    new WeightedLander("quiz", chance.nextInt(2)),
                                    new WeightedLander("gone", 5),
                                    new WeightedLander("", chance.nextInt(2))),
                            List.of(
                                    new WeightedOffer("a", chance.nextInt(3)),
                                    new WeightedOffer("c", 1)),
                            null));
        }
        return new Routing(paths, 0, Referrer.ORIGIN, null);
    }

    private static Openness openness(Set<String> fullOffers, Set<String> fullPaths) {
        return new Openness() {
            @Override
            public boolean isOpen(String offer) {
                return !fullOffers.contains(offer);
            }

            @Override
            public boolean isOpen(String campaign, String path) {
                return !fullPaths.contains(path);
            }
        };
    }

    @Test
    void a_full_path_and_one_without_an_open_offer_are_passed_by() {
        var router =
                router(
                        path("full", 0, List.of(is("country", "DE")), "a"),
                        path("capped", 0, List.of(is("country", "DE")), "b"),
                        path("third", 0, List.of(is("country", "DE")), "b", "c"));
        var openness = openness(Set.of("b"), Set.of("full"));

        var choice =
                router.choose(visitor(Map.of("country", "DE")), openness, Optional.empty(), random)
                        .orElseThrow();

        assertThat(choice.path()).isEqualTo("third");
        assertThat(choice.offer().key()).isEqualTo("c");
        assertThat(choice.causes())
                .containsEntry(
                        "passed_by",
                        "full: its clicks of today are reached; capped: the caps of its offers are"
                                + " reached");
    }

    @Test
    void whom_no_path_takes_the_campaigns_own_offers_take() {
        var routing = paths(path("germany", 0, List.of(is("country", "DE")), "a"));
        var router = router(catalog(), campaign(routing, new WeightedOffer("b", 1)));

        var choice = choose(router, visitor(Map.of("country", "FR")));

        assertThat(choice.offer().key()).isEqualTo("b");
        assertThat(choice.traits()).isEqualTo(Map.of("path_by", "no path matches"));
        assertThat(router.isOpen()).isTrue();
    }

    @Test
    void a_campaign_of_offers_alone_notes_nothing_and_takes_no_chance_for_one() {
        var router = router(catalog(), campaign(Routing.PLAIN, new WeightedOffer("b", 5)));

        var choice =
                router.choose(
                        visitor(Map.of()),
                        Openness.ALL,
                        Optional.empty(),
                        () -> {
                            throw new AssertionError("chance");
                        });

        assertThat(choice.orElseThrow().traits()).isEmpty();
    }

    @Test
    void a_visitor_who_comes_again_is_sent_the_same_way_and_what_is_gone_is_drawn_anew() {
        var two = List.of(new WeightedLander("quiz", 1), new WeightedLander("video", 1));
        var offers = List.of(new WeightedOffer("a", 1), new WeightedOffer("b", 1));
        var router =
                router(
                        new RoutePath("one", 1, false, List.of(), two, offers, null),
                        new RoutePath("two", 1, false, List.of(), two, offers, null));
        var before = new Kept("two", "video", "b");

        for (int i = 0; i < 50; i++) {
            var again =
                    router.choose(visitor(Map.of()), Openness.ALL, Optional.of(before), random)
                            .orElseThrow();
            assertThat(again.kept()).isEqualTo(before);
            assertThat(again.causes())
                    .isEqualTo(Map.of("path_by", "kept", "lander_by", "kept", "offer_by", "kept"));
        }
        var full =
                router.choose(
                                visitor(Map.of()),
                                openness(Set.of("b"), Set.of()),
                                Optional.of(before),
                                random)
                        .orElseThrow();
        assertThat(full.kept()).isEqualTo(new Kept("two", "video", "a"));
        var gone =
                router.choose(
                                visitor(Map.of()),
                                Openness.ALL,
                                Optional.of(new Kept("three", "quiz", "a")),
                                random)
                        .orElseThrow();
        assertThat(gone.path()).isIn("one", "two");
    }

    @Test
    void the_buttons_of_a_lander_are_the_offers_of_its_path_in_their_order() {
        var router = router(path("one", 1, List.of(), "c", "a"));

        assertThat(router.button("one", 2)).map(Offer::key).contains("a");
        assertThat(router.button("one", 3)).isEmpty();
        assertThat(router.button("two", 1)).isEmpty();
        assertThat(router.button("", 1)).isEmpty();
    }

    @Test
    void a_paused_campaign_sends_nobody_anywhere() {
        var campaign =
                new Campaign(
                                "off",
                                1,
                                "Off",
                                null,
                                List.of(new WeightedOffer("a", 1)),
                                CostModel.NONE,
                                null,
                                null,
                                null,
                                true,
                                false,
                                302,
                                false)
                        .withRouting(paths(path("one", 1, List.of(), "a")));
        var router = router(catalog(), campaign);

        assertThat(router.isOpen()).isFalse();
        assertThat(router.choose(visitor(Map.of()), Openness.ALL, Optional.empty(), random))
                .isEmpty();
    }
}
