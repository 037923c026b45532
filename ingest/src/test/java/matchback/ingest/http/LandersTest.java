package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.offer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import matchback.ingest.testing.RawClient;
import matchback.ingest.testing.RawClient.Reply;
import matchback.ingest.testing.StubbornLedger.Mood;
import matchback.ingest.testing.TestingTracker;
import matchback.ledger.Event.LanderClicked;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.Condition;
import matchback.model.catalog.Lander;
import matchback.model.catalog.RoutePath;
import matchback.model.catalog.RoutePath.WeightedLander;
import matchback.model.catalog.Routing;
import matchback.model.catalog.Routing.Referrer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LandersTest {
    private static final String FALLBACK = "https://fallback.example/";
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]+)\"");

    private final TestingTracker tracker =
            new TestingTracker(
                    offer("a", "https://a.example/?c={clickid}&s={sub1}"),
                    offer("b", "https://b.example/"),
                    new Lander("quiz", "Quiz", "https://quiz.example/{sub1}", "cid", false));

    @AfterEach
    void close() {
        tracker.close();
    }

    private static RoutePath path(String name, List<Condition> rules, String lander) {
        return new RoutePath(
                name,
                1,
                false,
                rules,
                List.of(new WeightedLander(lander, 1)),
                List.of(new WeightedOffer("a", 1), new WeightedOffer("b", 0)),
                null);
    }

    private static Routing routing(int stickyDays, Referrer referrer, RoutePath... paths) {
        return new Routing(List.of(paths), stickyDays, referrer, null);
    }

    private void campaign(Routing routing, boolean isPaused) {
        tracker.put(
                new Campaign(
                                "way",
                                7,
                                "Way",
                                null,
                                List.of(),
                                CostModel.NONE,
                                null,
                                null,
                                FALLBACK,
                                isPaused,
                                false,
                                302,
                                false)
                        .withRouting(routing));
    }

    private void landing() {
        campaign(routing(0, Referrer.ORIGIN, path("all", List.of(), "quiz")), false);
    }

    private String lastId() {
        return tracker.clicks().getLast().subject().text();
    }

    private List<LanderClicked> steps() {
        return tracker.ledger().events().stream()
                .filter(LanderClicked.class::isInstance)
                .map(LanderClicked.class::cast)
                .toList();
    }

    private static String cookie(Reply reply) {
        return reply.header("Set-Cookie").split(";", 2)[0];
    }

    @Test
    void a_visitor_sees_the_lander_and_goes_on_to_the_offer_that_was_chosen() {
        landing();

        var landed = tracker.get("/c/way?sub1=x");

        var id = lastId();
        assertThat(landed.header("Location")).isEqualTo("https://quiz.example/x?cid=" + id);
        assertThat(landed.header("Set-Cookie"))
                .startsWith("mb_clicks=" + id + "; Path=/; Max-Age=");
        assertThat(tracker.clicks().getLast().offer()).isEqualTo("a");
        assertThat(tracker.clicks().getLast().traits())
                .containsEntry("path", "all")
                .containsEntry("lander", "quiz")
                .containsEntry("path_by", "only default path");

        var on = tracker.get("/o?clickid=" + id);

        assertThat(on.status()).isEqualTo(302);
        assertThat(on.header("Location")).isEqualTo("https://a.example/?c=" + id + "&s=x");
        assertThat(on.header("Cache-Control")).isEqualTo("no-store");
        assertThat(steps()).hasSize(1);
        assertThat(steps().getFirst().subject().text()).isEqualTo(id);
        assertThat(steps().getFirst().offer()).isEqualTo("a");
    }

    @Test
    void the_click_is_found_by_any_parameter_then_by_the_page_then_by_the_cookie() {
        landing();
        var first = cookie(tracker.get("/c/way?sub1=1"));
        var other = lastId();
        tracker.get("/c/way?sub1=2");
        var last = lastId();

        var byCookie = tracker.get("/o", "Cookie: x=1; " + first + "; y=2");
        var byPage =
                tracker.get(
                        "/o", "Referer: https://quiz.example/2?cid=" + last, "Cookie: " + first);
        var byParameter =
                tracker.get(
                        "/o?q=1&anything=" + other.toLowerCase(java.util.Locale.ROOT),
                        "Referer: https://quiz.example/?cid=" + last);

        assertThat(byCookie.header("Location")).contains(other).endsWith("s=1");
        assertThat(byPage.header("Location")).contains(last).endsWith("s=2");
        assertThat(byParameter.header("Location")).contains(other);
    }

    @Test
    void who_asks_not_to_be_tracked_finds_the_way_from_the_lander_to_the_offer_all_the_same() {
        landing();

        var landed = tracker.get("/c/way", "Sec-GPC: 1").header("Set-Cookie");

        assertThat(landed).isEqualTo("mb_clicks=" + lastId() + "; Path=/; HttpOnly; SameSite=Lax");
        assertThat(tracker.get("/o", "Sec-GPC: 1", "Cookie: " + landed).header("Location"))
                .contains(lastId());
    }

    @Test
    void the_newest_of_the_tracker_s_and_the_script_s_cookies_counts() {
        landing();
        tracker.get("/c/way");
        var older = lastId();
        tracker.clock().advance(Duration.ofSeconds(1));
        tracker.get("/c/way");

        var on = tracker.get("/o", "Cookie: mb_clicks=" + older + "; mb_click=" + lastId());

        assertThat(on.header("Location")).contains(lastId());
    }

    @Test
    void several_buttons_are_the_offers_of_the_path() {
        landing();
        tracker.get("/c/way");
        var id = lastId();
        campaign(
                routing(
                        0,
                        Referrer.ORIGIN,
                        new RoutePath(
                                "all",
                                1,
                                false,
                                List.of(),
                                List.of(new WeightedLander("quiz", 1)),
                                List.of(new WeightedOffer("a", 1), new WeightedOffer("b", 1)),
                                null)),
                false);

        assertThat(tracker.get("/o/9/?clickid=" + id).header("Location"))
                .startsWith("https://a.example/");
        assertThat(tracker.get("/o/2?clickid=" + id).header("Location"))
                .isEqualTo("https://b.example/?clickid=" + id);
        assertThat(steps().stream().map(LanderClicked::button)).containsExactly(9, 2);
        assertThat(steps().stream().map(LanderClicked::offer)).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/o",
                "/o/",
                "/o/1",
                "/o?clickid=",
                "/o?clickid=00000000000000000000000000000000",
                "/o?url=https://evil.example/",
                "/o?clickid=https://evil.example/",
                "/o/https://evil.example/",
                "/o/1/2",
                "/r?u=https%3A%2F%2Fevil.example%2F&t=99999999999&s=00000000000000000000000000000000",
                "/r?u=https://evil.example/",
                "/r"
            })
    void nobody_is_sent_where_only_the_request_says(String target) {
        landing();

        var reply = tracker.get(target);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Location")).isEmpty();
        assertThat(reply.body()).doesNotContain("evil");
    }

    @Test
    void a_click_that_is_not_there_goes_to_the_fallback_of_its_campaign() {
        landing();
        var id = tracker.ids().signed(tracker.clock().millis(), 7, 0, 1, 5);

        assertThat(tracker.get("/o?clickid=" + id.text()).header("Location")).isEqualTo(FALLBACK);
        assertThat(steps()).isEmpty();
    }

    @Test
    void a_visitor_of_a_paused_campaign_goes_to_its_fallback() {
        landing();
        tracker.get("/c/way");
        campaign(routing(0, Referrer.ORIGIN, path("all", List.of(), "quiz")), true);

        assertThat(tracker.get("/o?clickid=" + lastId()).header("Location")).isEqualTo(FALLBACK);
    }

    @Test
    void who_only_looks_or_fetches_ahead_is_led_on_but_not_counted() {
        landing();
        tracker.get("/c/way");
        var id = lastId();

        var ahead = tracker.get("/o?clickid=" + id, "Sec-Purpose: prefetch;prerender");

        assertThat(ahead.header("Location")).startsWith("https://a.example/");
        assertThat(steps()).isEmpty();
    }

    @Test
    void a_click_that_could_not_be_recorded_still_gets_its_visitor_to_an_offer() {
        landing();
        tracker.ledger().be(Mood.FULL);
        var landed = tracker.get("/c/way").header("Location");

        var on = tracker.get("/o?" + landed.substring(landed.indexOf('?') + 1));

        assertThat(on.status()).isEqualTo(302);
        assertThat(on.header("Location"))
                .startsWith("https://a.example/?c=" + landed.substring(landed.indexOf('=') + 1));
    }

    @Test
    void rules_see_what_the_door_knows() {
        campaign(
                routing(
                        0,
                        Referrer.ORIGIN,
                        path("bots", List.of(rule("bot", "yes")), ""),
                        path("again", List.of(rule("visitor", "returning")), ""),
                        path("german", List.of(rule("language", "de")), ""),
                        path("rest", List.of(), "")),
                false);

        tracker.get("/c/way", "User-Agent: Googlebot/2.1");
        tracker.get("/c/way", "User-Agent: one", "Accept-Language: de-AT,en");
        tracker.get("/c/way", "User-Agent: one", "Accept-Language: de-AT,en");
        tracker.get("/c/way", "User-Agent: two");

        assertThat(tracker.clicks().stream().map(click -> click.traits().get("path")))
                .containsExactly("bots", "german", "again", "rest");
        assertThat(tracker.clicks().get(1).traits()).containsEntry("path_by", "rule language=de");
    }

    private static Condition rule(String trait, String... values) {
        return new Condition(trait, false, List.of(values));
    }

    @Test
    void a_visitor_who_comes_again_is_sent_the_same_way_and_cannot_choose_another() {
        var one = path("one", List.of(), "quiz");
        var two = path("two", List.of(), "");
        campaign(routing(7, Referrer.ORIGIN, one), false);
        var cookies = tracker.get("/c/way").header("Set-Cookie");
        var kept = Pattern.compile("mb_way_7=[^;]+").matcher(cookies);
        assertThat(kept.find()).isTrue();
        campaign(
                routing(7, Referrer.ORIGIN, two, path("one", List.of(rule("bot", "yes")), "quiz")),
                false);

        tracker.get("/c/way", "Cookie: " + kept.group());
        var same = tracker.clicks().getLast().traits();
        tracker.get("/c/way", "Cookie: " + kept.group().replaceFirst("\\.quiz\\.", ".quiZ."));
        var forged = tracker.clicks().getLast().traits();
        tracker.clock().advance(Duration.ofDays(8));
        tracker.get("/c/way", "Cookie: " + kept.group());
        var late = tracker.clicks().getLast().traits();

        assertThat(same).containsEntry("path", "one").containsEntry("path_by", "kept");
        assertThat(forged).containsEntry("path", "two");
        assertThat(late).containsEntry("path", "two");
    }

    @Test
    void a_hidden_referrer_is_hidden_by_a_header() {
        campaign(routing(0, Referrer.HIDDEN, path("all", List.of(), "quiz")), false);

        assertThat(tracker.get("/c/way").header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(tracker.get("/o?c=" + lastId()).header("Referrer-Policy"))
                .isEqualTo("no-referrer");
    }

    @Test
    void two_pages_in_between_lead_on_for_a_few_minutes() {
        campaign(routing(0, Referrer.DOUBLE, path("all", List.of(), "")), false);

        var first = tracker.get("/c/way?sub1=%22%3E%3Cscript%3E");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(first.body()).contains("http-equiv=\"refresh\"").doesNotContain("<script");
        var next = link(first).orElseThrow();
        assertThat(next).startsWith("../r?");
        var second = tracker.get(next.substring(2));
        assertThat(second.status()).isEqualTo(200);
        assertThat(link(second).orElseThrow()).startsWith("https://a.example/?c=" + lastId());
        tracker.clock().advance(Duration.ofMinutes(11));
        assertThat(tracker.get(next.substring(2)).status()).isEqualTo(404);
    }

    private static Optional<String> link(Reply page) {
        var found = LINK.matcher(page.body());
        return found.find() ? Optional.of(found.group(1).replace("&amp;", "&")) : Optional.empty();
    }

    @Test
    void a_host_of_its_own_leads_to_the_campaign() {
        var own =
                new Routing(
                        List.of(path("all", List.of(), "")), 0, Referrer.ORIGIN, "go.example.com");
        campaign(own, false);

        assertThat(at("Go.example.com:8080", "/?sub1=x").header("Location"))
                .startsWith("https://a.example/?c=" + lastId())
                .endsWith("s=x");
        assertThat(at("other.example.com", "/").status()).isEqualTo(404);
        assertThat(at("other.example.com", "/c/way").status()).isEqualTo(302);
    }

    private Reply at(String host, String target) {
        return RawClient.send(
                tracker.port(), "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @Test
    void a_path_takes_its_clicks_of_the_day_and_no_more() {
        var capped =
                new RoutePath(
                        "few",
                        1,
                        false,
                        List.of(rule("bot", "no")),
                        List.of(),
                        List.of(new WeightedOffer("a", 1)),
                        3);
        campaign(routing(0, Referrer.ORIGIN, capped, path("rest", List.of(), "")), false);

        for (int i = 0; i < 5; i++) {
            tracker.get("/c/way");
        }
        tracker.clock().advance(Duration.ofDays(1));
        tracker.get("/c/way");

        assertThat(tracker.clicks().stream().map(click -> click.traits().get("path")))
                .containsExactly("few", "few", "few", "rest", "rest", "few");
        assertThat(tracker.clicks().get(3).traits())
                .containsEntry("passed_by", "few: its clicks of today are reached");
    }

    @Test
    void an_offer_takes_its_clicks_of_the_day_and_then_the_fallback_does() {
        tracker.put(offer("a", "https://a.example/").withClicksPerDay(2));
        landing();

        assertThat(tracker.get("/c/way").header("Location")).startsWith("https://quiz");
        assertThat(tracker.get("/c/way").header("Location")).startsWith("https://quiz");
        assertThat(tracker.get("/c/way").header("Location")).isEqualTo(FALLBACK);
    }
}
