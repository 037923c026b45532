package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offerOf;
import static matchback.ingest.testing.TestingTracker.sender;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import matchback.ingest.IngestConfig;
import matchback.ingest.IngestConfig.AddressHeader;
import matchback.ingest.IngestConfig.Proxies;
import matchback.ingest.testing.RawClient;
import matchback.ingest.testing.RawClient.Reply;
import matchback.ingest.testing.TestingTracker;
import matchback.model.Secrets;
import matchback.model.catalog.Sender;
import matchback.model.catalog.SignatureRule;
import matchback.model.signature.SignatureScheme;
import matchback.model.signature.SignedQuery;
import matchback.model.signature.SignedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Signed postbacks through the real door.
final class SignedPostbacksTest {
    private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SHOP = "https://shop.example/?c={clickid}";
    private static final String JSON = "application/json";

    private final TestingTracker tracker =
            new TestingTracker(
                    offerOf("shop", SHOP, "net"),
                    offerOf("other-shop", SHOP, "other"),
                    campaign("spring", 7, "shop"),
                    campaign("autumn", 8, "other-shop"));
    private int nonces;

    @AfterEach
    void stop() {
        tracker.close();
    }

    private SignatureRule.Key key(
            String sender,
            String kid,
            SignatureScheme scheme,
            String secret,
            @Nullable Long until) {
        var sealed =
                new Secrets(tracker.fingerprints())
                        .seal(secret, sender + '/' + kid, new SplittableRandom(kid.hashCode()));
        return new SignatureRule.Key(kid, scheme, sealed, 0, until);
    }

    private void signing(String sender, SignatureRule.Key... keys) {
        var security =
                new Sender.Security(List.of(), List.of(), new SignatureRule(300, List.of(keys)));
        tracker.put(sender(sender, Map.of(), security, Sender.Answer.PLAIN));
    }

    private void signing(String sender, SignatureScheme scheme, String secret) {
        signing(sender, key(sender, "k-" + sender, scheme, secret, null));
    }

    private long seconds() {
        return tracker.clock().millis() / 1000;
    }

    private String signedUrl(String path, String query, String kid, String secret) {
        return signedUrl(path, query, kid, secret, seconds());
    }

    private String signedUrl(String path, String query, String kid, String secret, long time) {
        var all = query + "&ts=%d&nonce=nonce-number-%06d&kid=%s".formatted(time, nonces++, kid);
        var text =
                SignedQuery.text(
                        new SignedRequest("GET", "t.example", path, all, _ -> "", new byte[0]));
        return path + '?' + all + "&sig=" + SignedQuery.sign(text, secret);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Reply post(String target, String body, String... headers) {
        return RawClient.post(tracker.port(), target, JSON, body, headers);
    }

    private static String line(Reply reply) {
        var body = reply.body().strip();
        int reason = body.indexOf("\"reason\":\"") + 10;
        return reply.status()
                + " "
                + (body.startsWith("{")
                        ? reply.header("Matchback-Decision")
                                + ": "
                                + body.substring(reason, body.indexOf('"', reason))
                        : body);
    }

    @Test
    void a_signed_get_is_taken_and_its_copy_is_not() {
        signing("net", SignatureScheme.QUERY_HMAC, SECRET);
        var id = tracker.clickId("spring");
        var url = signedUrl("/postback/net", "clickid=" + id + "&txid=A+1", "k-net", SECRET);

        var first = tracker.get(url);
        var copy = tracker.get(url);

        assertThat(line(first)).isEqualTo("200 counted: new_conversion");
        assertThat(line(copy)).isEqualTo("409 refused: replayed_signature");
        assertThat(tracker.lastBlock().target()).endsWith("&sig=***");
    }

    @Test
    void below_a_path_the_whole_path_is_signed() {
        try (var below =
                new TestingTracker(
                        TestingTracker.PATIENT.below("/t"),
                        offerOf("shop", SHOP, "net"),
                        campaign("spring", 7, "shop"))) {
            var security =
                    new Sender.Security(
                            List.of(),
                            List.of(),
                            new SignatureRule(
                                    300,
                                    List.of(
                                            key(
                                                    "net",
                                                    "k-net",
                                                    SignatureScheme.QUERY_HMAC,
                                                    SECRET,
                                                    null))));
            below.put(sender("net", Map.of(), security, Sender.Answer.PLAIN));
            var query = "clickid=" + below.clickId("spring");

            var whole = below.get(signedUrl("/t/postback/net", query, "k-net", SECRET));
            var cut =
                    below.get(
                            "/t" + signedUrl("/postback/net", query + "&txid=B", "k-net", SECRET));

            assertThat(line(whole)).isEqualTo("200 counted: new_conversion");
            assertThat(line(cut)).isEqualTo("401 refused: bad_signature");
        }
    }

    @Test
    void the_bare_path_finds_the_sender_by_its_key() {
        signing("net", SignatureScheme.QUERY_HMAC, SECRET);
        signing("other", SignatureScheme.QUERY_HMAC, SECRET + "other");
        var id = tracker.clickId("spring");
        var query = "clickid=" + id;

        var mine = tracker.get(signedUrl("/postback", query, "k-net", SECRET));
        var others = tracker.get(signedUrl("/postback", query, "k-other", SECRET + "other"));

        assertThat(line(mine)).isEqualTo("200 counted: new_conversion");
        assertThat(line(others)).isEqualTo("401 refused: bad_signature");
    }

    @Test
    void forged_unsigned_and_old_requests_have_reasons_of_their_own() {
        signing("net", SignatureScheme.QUERY_HMAC, SECRET);
        var query = "clickid=" + tracker.clickId("spring") + "&payout=1";
        var good = signedUrl("/postback/net", query, "k-net", SECRET);
        var wrongKey = signedUrl("/postback/net", query, "k-net", "another secret");
        var old = signedUrl("/postback/net", query, "k-net", SECRET, seconds() - 301);
        var early = signedUrl("/postback/net", query, "k-net", SECRET, seconds() + 302);

        assertThat(line(tracker.get(good.replace("payout=1", "payout=100"))))
                .isEqualTo("401 refused: bad_signature");
        assertThat(line(tracker.get(wrongKey))).isEqualTo("401 refused: bad_signature");
        assertThat(line(tracker.get("/postback/net?" + query)))
                .isEqualTo("401 refused: bad_signature");
        assertThat(line(tracker.get(old))).isEqualTo("401 refused: stale_signature");
        assertThat(line(tracker.get(early))).isEqualTo("401 refused: stale_signature");
        assertThat(line(tracker.get(good))).isEqualTo("200 counted: new_conversion");
        assertThat(tracker.postbacks()).hasSize(6);
    }

    @Test
    void a_name_that_stands_there_twice_is_refused_and_named() {
        signing("net", SignatureScheme.QUERY_HMAC, SECRET);
        var query = "clickid=" + tracker.clickId("spring") + "&note=a&note=a";

        var reply =
                tracker.get(
                        signedUrl("/postback/net", query, "k-net", SECRET),
                        "Accept: application/json");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).contains("\"bad_signature\"", "The parameter note is there twice");
    }

    @Test
    void while_keys_change_both_are_taken_and_then_the_new_one_alone() {
        long until = tracker.clock().millis() + Duration.ofDays(3).toMillis();
        signing(
                "net",
                key("net", "old", SignatureScheme.QUERY_HMAC, SECRET, until),
                key("net", "new", SignatureScheme.QUERY_HMAC, SECRET + "2", null));
        var query = "clickid=" + tracker.clickId("spring") + "&txid=";
        var path = "/postback/net";

        var byOld = tracker.get(signedUrl(path, query + 1, "old", SECRET));
        var byNew = tracker.get(signedUrl(path, query + 2, "new", SECRET + "2"));
        tracker.clock().advance(Duration.ofDays(3));
        var late = tracker.get(signedUrl(path, query + 3, "old", SECRET));
        var on = tracker.get(signedUrl(path, query + 4, "new", SECRET + "2"));

        assertThat(line(byOld)).isEqualTo("200 counted: new_conversion");
        assertThat(line(byNew)).isEqualTo("200 counted: additional_conversion");
        assertThat(line(late)).isEqualTo("401 refused: bad_signature");
        assertThat(line(on)).isEqualTo("200 counted: additional_conversion");
    }

    @Test
    void a_sender_with_a_good_key_cannot_report_anothers_click() {
        signing("net", SignatureScheme.QUERY_HMAC, SECRET);
        signing("other", SignatureScheme.QUERY_HMAC, SECRET + "other");
        var query = "clickid=" + tracker.clickId("spring");

        var reply = tracker.get(signedUrl("/postback/other", query, "k-other", SECRET + "other"));

        assertThat(line(reply)).isEqualTo("403 refused: wrong_sender");
    }

    @Test
    void standard_webhooks_are_taken_once_by_either_name_of_the_headers() {
        signing("net", SignatureScheme.STANDARD_WEBHOOKS, WEBHOOK_SECRET);
        var body = "{\"clickid\": \"" + tracker.clickId("spring") + "\"}";
        var first = webhook("webhook-", "msg_1", body);
        var second = webhook("svix-", "msg_2", body);

        assertThat(line(post("/postback/net", body, first)))
                .isEqualTo("200 counted: new_conversion");
        assertThat(line(post("/postback/net", body, first)))
                .isEqualTo("409 refused: replayed_signature");
        assertThat(line(post("/postback/net", body, second)))
                .isEqualTo("200 duplicate: duplicate_report");
        assertThat(line(post("/postback/net", body + " ", webhook("svix-", "msg_3", body))))
                .isEqualTo("401 refused: bad_signature");
        assertThat(tracker.lastBlock().headers()).contains("svix-signature: ***");
    }

    private String[] webhook(String prefix, String id, String body) {
        var key = Base64.getDecoder().decode(WEBHOOK_SECRET.substring(6));
        var mac = hmac(key, id + '.' + seconds() + '.' + body);
        return new String[] {
            prefix + "id: " + id,
            prefix + "timestamp: " + seconds(),
            prefix + "signature: v1,AAAA v1," + Base64.getEncoder().encodeToString(mac)
        };
    }

    @Test
    void githubs_way_takes_a_body_once() {
        signing("net", SignatureScheme.GITHUB, SECRET);
        var body = "{\"clickid\":\"" + tracker.clickId("spring") + "\"}";
        var mac = hmac(SECRET.getBytes(StandardCharsets.UTF_8), body);
        var header = "X-Hub-Signature-256: sha256=" + HexFormat.of().formatHex(mac);

        var first = post("/postback/net", body, header);
        tracker.clock().advance(Duration.ofDays(2));
        var copy = post("/postback/net", body, header);

        assertThat(line(first)).isEqualTo("200 counted: new_conversion");
        assertThat(line(copy)).isEqualTo("409 refused: replayed_signature");
    }

    @Test
    void stripes_way_takes_a_body_near_its_time() {
        signing("net", SignatureScheme.STRIPE, SECRET);
        var body = "{\"clickid\":\"" + tracker.clickId("spring") + "\"}";
        var mac = hmac(SECRET.getBytes(StandardCharsets.UTF_8), seconds() + "." + body);
        var header = "Stripe-Signature: t=" + seconds() + ",v1=" + HexFormat.of().formatHex(mac);

        var first = post("/postback/net", body, header);
        tracker.clock().advance(Duration.ofSeconds(301));
        var late = post("/postback/net", body, header);

        assertThat(line(first)).isEqualTo("200 counted: new_conversion");
        assertThat(line(late)).isEqualTo("401 refused: stale_signature");
    }

    @Test
    void what_stands_in_the_url_beside_a_signed_body_is_not_believed() {
        signing("net", SignatureScheme.GITHUB, SECRET);
        var body = "{\"clickid\":\"" + tracker.clickId("spring") + "\"}";
        var mac = hmac(SECRET.getBytes(StandardCharsets.UTF_8), body);
        var header = "X-Hub-Signature-256: sha256=" + HexFormat.of().formatHex(mac);
        var another = tracker.clickId("spring");

        var moved = post("/postback/net?clickid=" + another, body, header);
        var dearer = post("/postback/net?payout=1000", body, header);
        var plain = post("/postback/net?explain=1", body, header);

        assertThat(line(moved)).startsWith("400 ");
        assertThat(line(dearer)).isEqualTo("401 refused: bad_signature");
        assertThat(plain.status()).isEqualTo(200);
    }

    @Test
    void the_example_of_the_guide_is_counted() throws Exception {
        signing("net", SignatureScheme.QUERY_HMAC, SECRET);
        var guide = Files.readString(Path.of("../docs/security.md"));
        int from = guide.indexOf("```bash") + 8;
        var script =
                guide.substring(from, guide.indexOf("```", from))
                        .replace("$(date +%s)", Long.toString(seconds()));
        var shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script);
        shell.environment()
                .putAll(
                        Map.of(
                                "url",
                                "http://127.0.0.1:" + tracker.port(),
                                "sender",
                                "net",
                                "secret",
                                SECRET,
                                "kid",
                                "k-net",
                                "clickid",
                                tracker.clickId("spring")));

        var process = shell.redirectErrorStream(true).start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(out).isEqualTo("counted: new_conversion\n");
        assertThat(process.waitFor()).isZero();
    }

    private static IngestConfig behind(Proxies proxies) {
        var usual = TestingTracker.PATIENT;
        return new IngestConfig(
                usual.bind(),
                usual.port(),
                1,
                usual.fallbackUrl(),
                usual.onLedgerFailure(),
                usual.clickWait(),
                usual.postbackWait(),
                usual.limits(),
                proxies,
                usual.tls(),
                usual.doubtfulPerSecond(),
                usual.doubtfulBurst());
    }

    @Test
    void an_address_in_x_forwarded_for_counts_only_from_a_trusted_proxy() {
        var security = new Sender.Security(List.of(), List.of("192.0.2.0/24"));
        tracker.put(sender("net", Map.of(), security, Sender.Answer.PLAIN));
        var target = "/postback/net?clickid=" + tracker.clickId("spring");
        var trusting = new Proxies(List.of("127.0.0.0/8"), AddressHeader.X_FORWARDED_FOR);

        var forged = tracker.get(target, "X-Forwarded-For: 192.0.2.7");

        assertThat(line(forged)).isEqualTo("403 refused: address_not_allowed");
        try (var behind =
                new TestingTracker(
                        behind(trusting),
                        offerOf("shop", SHOP, "net"),
                        campaign("spring", 7, "shop"),
                        sender("net", Map.of(), security, Sender.Answer.PLAIN))) {
            var path = "/postback/net?clickid=" + behind.clickId("spring");
            var leftmost = behind.get(path, "X-Forwarded-For: 192.0.2.7, 198.51.100.9");
            var real = behind.get(path, "X-Forwarded-For: 198.51.100.9, 192.0.2.7");

            assertThat(line(leftmost)).isEqualTo("403 refused: address_not_allowed");
            assertThat(line(real)).isEqualTo("200 counted: new_conversion");
        }
    }
}
