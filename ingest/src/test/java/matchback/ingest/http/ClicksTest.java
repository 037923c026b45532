package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offer;
import static matchback.ingest.testing.TestingTracker.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import matchback.ingest.IngestConfig;
import matchback.ingest.testing.RawClient;
import matchback.ingest.testing.TestingTracker;
import matchback.model.ClickIds;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Campaign.CostModel;
import matchback.model.catalog.Campaign.WeightedOffer;
import matchback.model.catalog.ExchangeRate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClicksTest {
    private static final String SHOP = "https://shop.example/p?cid={clickid}&s={sub1}";

    @Test
    void a_click_is_redirected_with_its_id_and_headers_that_keep_it_out_of_caches() {
        try (var tracker = new TestingTracker(offer("shop", SHOP), campaign("spring", 7, "shop"))) {
            var reply = tracker.get("/c/spring?sub1=news");

            var click = tracker.clicks().getLast();
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.header("Location"))
                    .isEqualTo("https://shop.example/p?cid=" + click.subject().text() + "&s=news");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.header("Referrer-Policy")).isNotEmpty();
            assertThat(reply.header("X-Robots-Tag")).isEqualTo("noindex");
            assertThat(reply.header("Content-Length")).isEqualTo("0");
            assertThat(click.campaign()).isEqualTo("spring");
            assertThat(click.offer()).isEqualTo("shop");
            assertThat(click.subs()).containsExactly(Map.entry("sub1", "news"));
            assertThat(click.costMicros()).isEqualTo(-1);
            assertThat(tracker.ids().read(click.subject().text(), tracker.clock().millis()))
                    .isInstanceOfSatisfying(
                            ClickIds.Reading.Authentic.class,
                            read -> {
                                assertThat(read.id().campaign()).isEqualTo(7);
                                assertThat(read.id().isUnrecorded()).isFalse();
                            });
        }
    }

    @Test
    void values_are_encoded_for_their_place_whatever_they_hold() {
        try (var tracker = new TestingTracker(offer("shop", SHOP), campaign("spring", 7, "shop"))) {
            var crlf = tracker.get("/c/spring?sub1=a%0d%0aSet-Cookie:%20x%3d1%26cid%3Dfake%23%2e");
            var unicode = tracker.get("/c/spring?sub1=%D1%81%D0%BB%D0%BE%D0%BD+%F0%9F%90%98");
            var raw = tracker.get("/c/spring?sub1=caf\u00C3\u00A9");
            var broken = tracker.get("/c/spring?sub1=%ff%00x");

            assertThat(crlf.header("Set-Cookie")).startsWith("mb_clicks=").doesNotContain("x=1");
            assertThat(crlf.header("Location"))
                    .endsWith("&s=a%0D%0ASet-Cookie%3A%20x%3D1%26cid%3Dfake%23.");
            assertThat(unicode.header("Location"))
                    .endsWith("&s=%D1%81%D0%BB%D0%BE%D0%BD%20%F0%9F%90%98");
            assertThat(raw.header("Location")).endsWith("&s=caf%C3%A9");
            assertThat(broken.status()).isEqualTo(302);
            assertThat(tracker.clicks().getLast().subs().get("sub1")).doesNotContain("\0");
        }
    }

    @Test
    void an_offer_without_the_macro_gets_the_id_as_a_parameter() {
        try (var tracker =
                new TestingTracker(
                        offer("shop", "https://shop.example/p?a=1#top"),
                        campaign("spring", 7, "shop"))) {
            var reply = tracker.get("/c/spring");

            assertThat(reply.header("Location"))
                    .isEqualTo(
                            "https://shop.example/p?a=1&clickid="
                                    + tracker.clicks().getLast().subject().text()
                                    + "#top");
        }
    }

    @Test
    void a_template_beyond_ascii_becomes_a_url_that_a_header_can_hold() {
        try (var tracker =
                new TestingTracker(
                        offer("shop", "https://b\u00FCcher.example/\u00FCber?c={clickid}"),
                        campaign("spring", 7, "shop"))) {
            var reply = tracker.get("/c/spring");

            assertThat(reply.header("Location"))
                    .startsWith("https://xn--bcher-kva.example/%C3%BCber?c=");
        }
    }

    @Test
    void the_source_names_the_parameters_and_unfilled_macros_count_as_empty() {
        var source =
                source(
                        "push",
                        Map.of(
                                "externalId", "visitor",
                                "cost", "bid",
                                "creative", "banner",
                                "sub1", "zone"));
        try (var tracker =
                new TestingTracker(
                        source,
                        offer(
                                "shop",
                                "https://shop.example/?c={clickid}&e={externalid}&b={creative}"
                                        + "&k={campaign}&q={source}&o={offer}&p={cost}"),
                        campaign("spring", 7, "push", CostModel.CPC, 5_000L, "shop"))) {
            var reply =
                    tracker.get(
                            "/c/spring?visitor=v-1&bid=0,012&banner={bannerid}&zone=z9&sub1=own"
                                    + "&sub2=two");

            // 0,012 may be twelve thousandths or twelve: no amount, so the campaign's cost counts.
            var click = tracker.clicks().getLast();
            assertThat(click.source()).isEqualTo("push");
            assertThat(click.externalId()).isEqualTo("v-1");
            assertThat(click.creative()).isEmpty();
            assertThat(click.subs())
                    .containsOnly(Map.entry("sub1", "z9"), Map.entry("sub2", "two"));
            assertThat(click.costMicros()).isEqualTo(5_000);
            assertThat(reply.header("Location"))
                    .endsWith("&e=v-1&b=&k=spring&q=push&o=shop&p=0.005");
        }
    }

    @Test
    void a_long_value_is_cut_and_the_click_taken() {
        try (var tracker = new TestingTracker(offer("shop", SHOP), campaign("spring", 7, "shop"))) {
            var reply = tracker.get("/c/spring?sub1=" + "x".repeat(9000) + "&sub2=y");

            var click = tracker.clicks().getLast();
            assertThat(reply.status()).isEqualTo(302);
            assertThat(click.subs().get("sub1")).hasSize(512);
            assertThat(click.subs().get("sub2")).isEqualTo("y");
            assertThat(tracker.lastBlock().target()).hasSize(8 * 1024);
        }
    }

    @Test
    void head_shows_the_way_and_records_nothing() {
        try (var tracker =
                new TestingTracker(
                        offer("shop", "https://shop.example/"), campaign("spring", 7, "shop"))) {
            var reply =
                    RawClient.send(
                            tracker.port(), "HEAD /c/spring HTTP/1.1\r\nHost: t.example\r\n\r\n");

            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.header("Location")).isEqualTo("https://shop.example/");
            assertThat(tracker.ledger().events()).isEmpty();
        }
    }

    @Test
    void other_methods_are_not_allowed() {
        try (var tracker = new TestingTracker(offer("shop", SHOP), campaign("spring", 7, "shop"))) {
            var reply = RawClient.post(tracker.port(), "/c/spring", "text/plain", "x");

            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 303, 307, 301, 200})
    void the_campaign_names_the_status_but_never_a_permanent_one(int status) {
        var campaign =
                new Campaign(
                        "spring",
                        7,
                        "spring",
                        null,
                        List.of(new WeightedOffer("shop", 1)),
                        CostModel.NONE,
                        null,
                        null,
                        null,
                        false,
                        false,
                        status,
                        false);
        try (var tracker = new TestingTracker(offer("shop", SHOP), campaign)) {
            var reply = tracker.get("/c/spring");

            assertThat(reply.status()).isEqualTo(status == 303 || status == 307 ? status : 302);
        }
    }

    @Test
    void offers_get_visitors_by_their_weights() {
        var campaign =
                new Campaign(
                        "split",
                        7,
                        "split",
                        null,
                        List.of(
                                new WeightedOffer("a", 70),
                                new WeightedOffer("b", 30),
                                new WeightedOffer("off", 0),
                                new WeightedOffer("gone", 500)),
                        CostModel.NONE,
                        null,
                        null,
                        null,
                        false,
                        false,
                        302,
                        false);
        var gone =
                new matchback.model.catalog.Offer(
                        "gone",
                        "gone",
                        "https://gone.example/",
                        null,
                        null,
                        null,
                        "clickid",
                        30,
                        true);
        try (var tracker =
                        new TestingTracker(
                                offer("a", "https://a.example/"),
                                offer("b", "https://b.example/"),
                                offer("off", "https://off.example/"),
                                gone,
                                campaign);
                var client = new RawClient(tracker.port())) {
            int clicks = 2000;
            for (int i = 0; i < clicks; i++) {
                client.write("GET /c/split HTTP/1.1\r\nHost: t.example\r\n\r\n");
                assertThat(client.read().status()).isEqualTo(302);
            }

            long a = tracker.clicks().stream().filter(c -> c.offer().equals("a")).count();
            long b = tracker.clicks().stream().filter(c -> c.offer().equals("b")).count();
            // Five standard deviations of 2000 draws with p = 0.7.
            assertThat(a).isBetween(1400L - 103, 1400L + 103);
            assertThat(a + b).isEqualTo(clicks);
        }
    }

    @Test
    void parameters_go_on_only_when_the_campaign_says_so_and_never_in_our_name() {
        var passing =
                new Campaign(
                        "spring",
                        7,
                        "spring",
                        null,
                        List.of(new WeightedOffer("shop", 1)),
                        CostModel.NONE,
                        null,
                        null,
                        null,
                        false,
                        true,
                        302,
                        false);
        try (var tracker =
                new TestingTracker(offer("shop", SHOP), passing, campaign("quiet", 8, "shop"))) {
            var passed = tracker.get("/c/spring?utm=a%20b&sub1=x&cid=fake&clickid=fake&utm=c");
            var quiet = tracker.get("/c/quiet?utm=a");

            assertThat(passed.header("Location")).endsWith("&s=x&utm=a%20b&utm=c");
            assertThat(passed.header("Location")).doesNotContain("fake");
            assertThat(quiet.header("Location")).doesNotContain("utm");
            assertThat(tracker.lastBlock().target()).isEqualTo("/c/quiet?utm=a");
        }
    }

    @Test
    void the_cost_is_the_sources_word_or_the_campaigns_in_the_report_currency_too() {
        var cpc =
                new Campaign(
                        "cpc",
                        1,
                        "cpc",
                        null,
                        List.of(new WeightedOffer("shop", 1)),
                        CostModel.CPC,
                        20_000L,
                        "EUR",
                        null,
                        false,
                        false,
                        302,
                        false);
        try (var tracker =
                new TestingTracker(
                        offer("shop", SHOP),
                        cpc,
                        campaign("cpm", 2, null, CostModel.CPM, 1_500_000L, "shop"),
                        campaign("free", 3, null, CostModel.CPC, null, "shop"),
                        new ExchangeRate("EUR", new java.math.BigDecimal("1.5"), false))) {
            tracker.get("/c/cpc?cost=0.04");
            tracker.get("/c/cpc?cost=abc");
            tracker.get("/c/cpm");
            tracker.get("/c/free");
            tracker.get("/c/free?cost=0");

            assertThat(tracker.clicks())
                    .extracting(c -> c.costMicros() + c.costCurrency() + c.reportCostMicros())
                    .containsExactly(
                            "40000EUR60000", "20000EUR30000", "1500USD1500", "-1-1", "0USD0");
        }
    }

    @Test
    void a_visitor_is_unique_once_in_24_hours_for_each_campaign() {
        try (var tracker =
                new TestingTracker(
                        offer("shop", SHOP),
                        campaign("one", 1, "shop"),
                        campaign("two", 2, "shop"))) {
            tracker.get("/c/one", "User-Agent: A");
            tracker.get("/c/one", "User-Agent: A");
            tracker.get("/c/one", "User-Agent: B");
            tracker.get("/c/two", "User-Agent: A");
            tracker.clock().advance(Duration.ofHours(24).plusSeconds(1));
            tracker.get("/c/one", "User-Agent: A");

            assertThat(tracker.clicks())
                    .extracting(c -> c.unique())
                    .containsExactly(true, false, true, true, true);
        }
    }

    @Test
    void what_is_known_of_the_visitor_is_apart_from_the_durable_part() {
        try (var tracker = new TestingTracker(offer("shop", SHOP), campaign("spring", 7, "shop"))) {
            tracker.get(
                    "/c/spring?x=1",
                    "User-Agent: Mozilla/5.0",
                    "Referer: https://News.Example:8443/page?q=1",
                    "Accept-Language: en-us,de;q=0.5",
                    "Cookie: session=secret",
                    "Authorization: Bearer secret");

            var click = tracker.clicks().getLast();
            var block = tracker.lastBlock();
            assertThat(click.traits())
                    .containsOnly(
                            Map.entry("referrer", "news.example"), Map.entry("language", "en-US"));
            assertThat(click.bot()).isEmpty();
            assertThat(click.prefetch()).isFalse();
            assertThat(block.address()).isEqualTo("127.0.0.1");
            assertThat(block.userAgent()).isEqualTo("Mozilla/5.0");
            assertThat(block.target()).isEqualTo("/c/spring?x=1");
            assertThat(block.salt()).hasSize(16);
            assertThat(block.headers()).noneMatch(line -> line.contains("secret"));
            assertThat(click.toString()).doesNotContain("Mozilla").doesNotContain("127.0.0.1");
            assertThat(click.personalHash()).isEqualTo(matchback.ledger.PersonalCodec.hash(block));
        }
    }

    @Test
    void bots_that_say_so_and_prefetches_are_flagged_and_redirected() {
        try (var tracker = new TestingTracker(offer("shop", SHOP), campaign("spring", 7, "shop"))) {
            var bot = tracker.get("/c/spring", "User-Agent: Googlebot/2.1");
            var prefetch = tracker.get("/c/spring", "Sec-Purpose: prefetch;prerender");
            var plain = tracker.get("/c/spring");

            assertThat(List.of(bot.status(), prefetch.status(), plain.status())).containsOnly(302);
            assertThat(tracker.clicks())
                    .extracting(c -> c.bot().isEmpty() + " " + c.prefetch())
                    .containsExactly("false false", "true true", "true false");
        }
    }

    @Test
    void who_cannot_be_served_goes_to_the_fallback() {
        var config = TestingTracker.PATIENT;
        var withFallback =
                new IngestConfig(
                        config.bind(),
                        config.port(),
                        config.loops(),
                        "https://fallback.example/all",
                        config.onLedgerFailure(),
                        config.clickWait(),
                        config.postbackWait(),
                        config.limits(),
                        config.proxies(),
                        null,
                        50,
                        500);
        var paused =
                new Campaign(
                        "paused",
                        1,
                        "paused",
                        null,
                        List.of(new WeightedOffer("shop", 1)),
                        CostModel.NONE,
                        null,
                        null,
                        "https://fallback.example/own?k={campaign}",
                        true,
                        false,
                        302,
                        false);
        try (var tracker =
                new TestingTracker(
                        withFallback, offer("shop", SHOP), paused, campaign("empty", 2))) {
            var replies =
                    List.of(
                            tracker.get("/c/unknown"),
                            tracker.get("/c/paused"),
                            tracker.get("/c/empty"),
                            tracker.get("/c/"));

            assertThat(replies).extracting(r -> r.status()).containsOnly(302);
            assertThat(replies)
                    .extracting(r -> r.header("Location"))
                    .containsExactly(
                            "https://fallback.example/all",
                            "https://fallback.example/own?k=paused",
                            "https://fallback.example/all",
                            "https://fallback.example/all");
            assertThat(tracker.ledger().events()).isEmpty();
            assertThat(tracker.metrics().fallbacks()).isEqualTo(4);
        }
    }

    @Test
    void without_any_fallback_there_is_a_small_page() {
        try (var tracker = new TestingTracker(campaign("empty", 2))) {
            var replies =
                    List.of(
                            tracker.get("/c/unknown"),
                            tracker.get("/c/empty"),
                            tracker.get("/"),
                            tracker.get("/x/../y"));

            assertThat(replies).extracting(r -> r.status()).containsOnly(404);
            assertThat(replies).extracting(r -> r.body()).containsOnly("not found\n");
            assertThat(tracker.get("/robots.txt").body()).contains("Disallow: /");
        }
    }

    @Test
    void a_changed_catalog_counts_from_the_next_click() {
        try (var tracker = new TestingTracker(offer("shop", SHOP), campaign("spring", 7, "shop"))) {
            var hosts = new ArrayList<String>();

            hosts.add(tracker.get("/c/spring").header("Location").substring(0, 20));
            tracker.put(offer("shop", "https://next.example/?c={clickid}"));
            hosts.add(tracker.get("/c/spring").header("Location").substring(0, 20));

            assertThat(hosts).containsExactly("https://shop.example", "https://next.example");
            assertThat(tracker.clicks().getLast().catalogVersion()).isEqualTo(3);
        }
    }
}
