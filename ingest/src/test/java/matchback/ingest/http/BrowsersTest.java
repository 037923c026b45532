package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import matchback.ingest.IngestConfig;
import matchback.ingest.IngestConfig.Cookie;
import matchback.ingest.testing.RawClient;
import matchback.ingest.testing.RawClient.Reply;
import matchback.ingest.testing.StubbornLedger;
import matchback.ingest.testing.TestingTracker;
import matchback.ledger.Event.BrowserReported;
import matchback.ledger.Sight;
import matchback.model.Feed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What pages send, and what they are answered.
final class BrowsersTest {
    private static final String SHOP = "https://shop.example/p?cid={clickid}";
    private static final String PAGE = "https://shop.example";

    private static TestingTracker tracker() {
        return tracker(TestingTracker.PATIENT);
    }

    private static TestingTracker tracker(IngestConfig config) {
        return new TestingTracker(
                config,
                offer("shop", SHOP),
                campaign("spring", 7, "shop"),
                campaign("autumn", 8, "shop"));
    }

    private static Reply ask(TestingTracker tracker, String what, String json, String... headers) {
        return RawClient.post(
                tracker.port(), "/e?do=" + what, "text/plain;charset=UTF-8", json, headers);
    }

    /// The id with another tag.
    private static String forged(String id) {
        return id.substring(0, 31) + (id.endsWith("0") ? '1' : '0');
    }

    private static List<BrowserReported> seen(TestingTracker tracker) {
        return tracker.ledger().events().stream()
                .filter(BrowserReported.class::isInstance)
                .map(BrowserReported.class::cast)
                .toList();
    }

    @Test
    void the_script_is_served_small_compressed_and_with_a_tag() {
        try (var tracker = tracker()) {
            var plain = tracker.get("/m.js");
            var packed = tracker.get("/m.js", "Accept-Encoding: gzip, br");
            var again = tracker.get("/m.js", "If-None-Match: " + plain.header("ETag"));
            var head = RawClient.send(tracker.port(), "HEAD /m.js HTTP/1.0\r\n\r\n");

            int size = Integer.parseInt(packed.header("Content-Length"));
            System.out.println("m.js: " + plain.body().length() + " B, gzip " + size + " B");
            assertThat(size).isLessThan(4096);
            assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(plain.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
            assertThat(plain.header("Cache-Control")).contains("max-age");
            assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
            assertThat(plain.body()).doesNotContain("//").doesNotContain("eval(");
            assertThat(again.status()).isEqualTo(304);
            assertThat(head.status()).isEqualTo(200);
        }
    }

    @Test
    void a_visit_without_a_redirect_is_a_click_as_through_the_tracking_link() {
        try (var tracker = tracker()) {
            var reply =
                    ask(
                            tracker,
                            "visit",
                            """
                            {"campaign":"spring","ref":"https://news.example/a?b=c",
                            "page_url":"https://shop.example/l?sub1=x&fbclid=AbC","fbp":"fb.1.1.2",
                            "gdpr_consent":"CPtc","ad_user_data":"granted"}\
                            """,
                            "Origin: " + PAGE,
                            "User-Agent: Browser",
                            "Referer: https://shop.example/");

            var click = tracker.clicks().getLast();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body())
                    .isEqualTo("{\"clickId\":\"" + click.subject().text() + "\"}\n");
            assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
            assertThat(reply.header("Access-Control-Allow-Credentials")).isEqualTo("true");
            assertThat(reply.header("Vary")).isEqualTo("Origin");
            assertThat(click.campaign()).isEqualTo("spring");
            assertThat(click.offer()).isEqualTo("shop");
            assertThat(click.subs()).containsExactly(Map.entry("sub1", "x"));
            assertThat(click.traits()).containsEntry("referrer", "news.example");
            assertThat(tracker.lastBlock().target()).isEqualTo("/c/spring?sub1=x&fbclid=AbC");
            assertThat(tracker.lastBlock().userAgent()).isEqualTo("Browser");
            assertThat(tracker.lastBlock().userData())
                    .containsEntry("fbp", "fb.1.1.2")
                    .containsEntry("gdpr_consent", "CPtc")
                    .containsEntry("ad_user_data", "granted");
            assertThat(tracker.server().sightings().last("spring"))
                    .contains(tracker.clock().instant());
            assertThat(tracker.server().sightings().last("autumn")).isEmpty();
        }
    }

    @Test
    void json_is_read_as_such_whatever_it_is_called() {
        try (var tracker = tracker()) {
            var reply =
                    RawClient.post(
                            tracker.port(),
                            "/e?do=visit",
                            "application/x-www-form-urlencoded",
                            "{\"campaign\":\"spring\"}");

            assertThat(reply.body()).contains("clickId");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "visit, '{\"campaign\":\"nowhere\"}', unknown_campaign",
        "visit, '{\"campaign\":', malformed_request",
        "visit, '[1]', malformed_request",
        "seen, '{\"s\":[\"page_view\"]}', missing_click_id",
        "seen, '{\"clickid\":\"00000000000000000000000000000000\",\"s\":[\"a\"]}', foreign_click_id",
        "dance, '{}', malformed_request",
    })
    void what_cannot_be_taken_is_said_without_an_error(String what, String json, String reason) {
        try (var tracker = tracker()) {
            var reply = ask(tracker, what, json);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).contains("\"reason\":\"" + reason + "\"");
            assertThat(tracker.ledger().events()).isEmpty();
        }
    }

    @Test
    void what_a_browser_saw_is_recorded_for_its_click() {
        try (var tracker = tracker()) {
            var id = tracker.clickId("spring");

            var reply =
                    ask(
                            tracker,
                            "seen",
                            "{\"clickid\":\"%s\",\"page_url\":\"%s/a\",\"s\":[\"page_view\",\"scroll:80\",\"Add to-cart:3:e-1\",\"<b>\"]}"
                                    .formatted(id, PAGE));

            assertThat(reply.body()).isEqualTo("{\"recorded\":\"3\"}\n");
            assertThat(seen(tracker).getLast().subject().text()).isEqualTo(id);
            assertThat(seen(tracker).getLast().sights())
                    .containsExactly(
                            new Sight("page_view", -1, ""),
                            new Sight("scroll", 80, ""),
                            new Sight("add_to_cart", 3, "e-1"));
            assertThat(tracker.lastBlock().userData()).containsEntry("page_url", PAGE + "/a");
        }
    }

    @Test
    void one_click_cannot_flood_the_ledger_with_what_it_saw() {
        try (var tracker = tracker()) {
            var id = tracker.clickId("spring");
            var other = tracker.clickId("spring");
            var body = "{\"clickid\":\"%s\",\"s\":[\"a\"]}";
            for (int i = 0; i < 60; i++) {
                ask(tracker, "seen", body.formatted(id));
            }

            var beyond = ask(tracker, "seen", body.formatted(id));

            assertThat(beyond.body()).contains("rate_limited");
            assertThat(ask(tracker, "seen", body.formatted(other)).body()).contains("recorded");
        }
    }

    @Test
    void a_script_reports_conversions_and_reads_what_was_decided() {
        try (var tracker = tracker()) {
            var id = tracker.clickId("spring");

            var reply =
                    ask(
                            tracker,
                            "convert",
                            "{\"clickid\":\"%s\",\"event\":\"lead\",\"payout\":99,\"event_id\":\"b-1\"}"
                                    .formatted(id),
                            "Origin: " + PAGE);
            var forged = ask(tracker, "convert", "{\"clickid\":\"%s\"}".formatted(forged(id)));

            var postback = tracker.postbacks().getFirst();
            assertThat(reply.body()).contains("\"decision\":\"counted\"", "\"amount\":\"10.00\"");
            assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
            assertThat(reply.header("Matchback-Reason")).isEqualTo("new_conversion");
            assertThat(postback.feed()).isEqualTo(Feed.BROWSER);
            assertThat(forged.status()).isEqualTo(200);
            assertThat(forged.body()).contains("forged_click_id");
        }
    }

    @Test
    void other_methods_and_preflights_are_answered_as_browsers_expect() {
        try (var tracker = tracker()) {
            var preflight =
                    RawClient.send(
                            tracker.port(),
                            "OPTIONS /e?do=convert HTTP/1.1\r\nHost: t\r\nOrigin: "
                                    + PAGE
                                    + "\r\nAccess-Control-Request-Method: POST\r\n\r\n");

            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
            assertThat(preflight.header("Access-Control-Allow-Methods")).isEqualTo("POST");
            assertThat(tracker.get("/e").status()).isEqualTo(405);
            assertThat(tracker.get("/e", "Origin: x\"y").headers())
                    .doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void a_pixel_counts_and_is_an_image_whatever_is_decided() {
        try (var tracker = tracker()) {
            var id = tracker.clickId("spring");

            var counted = tracker.get("/pixel.gif?clickid=" + id + "&txid=A1&value=20");
            var forged = tracker.get("/pixel.gif?clickid=" + forged(id));
            var missing = tracker.get("/pixel.gif");
            var framed = tracker.get("/pixel.html?clickid=" + id + "&txid=A2");

            assertThat(counted.status()).isEqualTo(200);
            assertThat(counted.header("Content-Type")).isEqualTo("image/gif");
            assertThat(counted.body()).startsWith("GIF89a");
            assertThat(counted.header("Cache-Control")).isEqualTo("no-store");
            assertThat(counted.header("Matchback-Decision")).isEqualTo("counted");
            assertThat(counted.header("Matchback-Receipt")).isNotEmpty();
            assertThat(forged.status()).isEqualTo(200);
            assertThat(forged.header("Matchback-Reason")).isEqualTo("forged_click_id");
            assertThat(forged.body()).isEqualTo(counted.body());
            assertThat(missing.header("Matchback-Reason")).isEqualTo("missing_click_id");
            assertThat(framed.header("Content-Type")).startsWith("text/html");
            assertThat(framed.header("Matchback-Reason")).isEqualTo("additional_conversion");
            assertThat(tracker.postbacks()).extracting(p -> p.feed()).containsOnly(Feed.PIXEL);
        }
    }

    @Test
    void a_browser_that_remembers_the_click_converts_without_naming_it() {
        try (var tracker = tracker()) {
            var first = tracker.get("/c/spring");
            var cookie = first.header("Set-Cookie").split(";", 2)[0];
            var second = tracker.get("/c/autumn", "Cookie: a=b; " + cookie);
            var both = second.header("Set-Cookie").split(";", 2)[0];
            var spring = tracker.clicks().getFirst().subject().text();
            var autumn = tracker.clicks().getLast().subject().text();

            var newest = tracker.get("/pixel.gif?clickid={clickid}", "Cookie: " + both);
            var named = tracker.get("/pixel.gif?campaign=spring", "Cookie: " + both);
            var other = tracker.get("/pixel.gif?campaign=winter", "Cookie: " + both);

            assertThat(first.header("Set-Cookie"))
                    .isEqualTo(
                            "mb_clicks="
                                    + spring
                                    + "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
            assertThat(both).isEqualTo("mb_clicks=" + autumn + "." + spring);
            assertThat(newest.header("Matchback-Decision")).isEqualTo("counted");
            assertThat(named.header("Matchback-Decision")).isEqualTo("counted");
            assertThat(other.header("Matchback-Reason")).isEqualTo("missing_click_id");
            assertThat(tracker.postbacks())
                    .extracting(p -> p.clickId() + " " + p.feed().word())
                    .containsExactly(autumn + " cookie", spring + " cookie", " pixel");
            assertThat(tracker.postbacks().getFirst().clickParameter()).isEqualTo("cookie");
            assertThat(tracker.lastBlock().headers()).contains("Cookie: ***");
        }
    }

    @Test
    void over_https_other_sites_may_send_the_cookie_back() {
        var config = TestingTracker.PATIENT.with(new Cookie("c", Duration.ofDays(1), true));
        try (var tracker = tracker(config)) {
            var click = tracker.get("/c/spring").header("Set-Cookie");
            var visit = ask(tracker, "visit", "{\"campaign\":\"spring\"}").header("Set-Cookie");

            assertThat(click).endsWith("; Max-Age=86400; HttpOnly; Secure; SameSite=None");
            assertThat(visit).endsWith("; HttpOnly; Secure; SameSite=None; Partitioned");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-GPC: 1", "Cookie: mb_clicks=nonsense.0.0"})
    void who_asks_not_to_be_tracked_gets_no_cookie_and_nonsense_is_not_kept(String header) {
        try (var tracker = tracker()) {
            var cookie = tracker.get("/c/spring", header).header("Set-Cookie");

            assertThat(cookie.isEmpty()).isEqualTo(header.startsWith("Sec-GPC"));
            assertThat(cookie).doesNotContain("nonsense");
        }
    }

    @Test
    void without_a_name_there_is_no_cookie_at_all() {
        var config = TestingTracker.PATIENT.with(new Cookie("", Duration.ofDays(1), false));
        try (var tracker = tracker(config)) {
            assertThat(tracker.get("/c/spring").headers()).doesNotContainKey("set-cookie");
        }
    }

    @Test
    void what_cannot_be_stored_may_be_sent_again() {
        try (var tracker = tracker()) {
            var id = tracker.clickId("spring");
            tracker.ledger().be(StubbornLedger.Mood.FULL);

            var visit = ask(tracker, "visit", "{\"campaign\":\"spring\"}");
            var pixel = tracker.get("/pixel.gif?clickid=" + id);

            assertThat(visit.status()).isEqualTo(503);
            assertThat(pixel.status()).isEqualTo(503);
            assertThat(pixel.body()).startsWith("GIF89a");
        }
    }
}
