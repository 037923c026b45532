package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import matchback.ingest.IngestConfig;
import matchback.ingest.testing.RawClient;
import matchback.ingest.testing.TestingTracker;
import matchback.model.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BadRequestsTest {
    private static final String HOST = "Host: t.example\r\n";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    private TestingTracker tracker = tracker(TestingTracker.PATIENT);

    private static TestingTracker tracker(IngestConfig config) {
        return new TestingTracker(
                config,
                offer("shop", "https://shop.example/?c={clickid}"),
                campaign("spring", 7, "shop"));
    }

    private void beImpatient() {
        tracker.close();
        tracker = tracker(impatient());
    }

    /// With times short enough to wait for; a slow machine exceeds them without any reason.
    private static IngestConfig impatient() {
        var config = TestingTracker.PATIENT;
        var limits = config.limits();
        return new IngestConfig(
                config.bind(),
                config.port(),
                2,
                null,
                config.onLedgerFailure(),
                config.clickWait(),
                config.postbackWait(),
                new IngestConfig.Limits(
                        limits.bodyBytesMax(),
                        limits.urlCharsMax(),
                        limits.headerBytesMax(),
                        limits.parametersMax(),
                        Duration.ofMillis(800),
                        Duration.ofSeconds(2),
                        limits.stopTime()),
                config.proxies(),
                null,
                0,
                1);
    }

    @AfterEach
    void stop() {
        tracker.close();
    }

    private RawClient.Reply send(String request) {
        return RawClient.send(tracker.port(), request);
    }

    private RawClient.Reply post(String headers, String body) {
        return send(
                "POST /postback HTTP/1.1\r\n"
                        + HOST
                        + headers
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
    }

    @Test
    void a_url_over_the_limit_is_recorded_as_too_large() {
        var id = tracker.clickId("spring");

        var reply = tracker.get("/postback?clickid=" + id + "&x=" + "y".repeat(9000));

        var event = tracker.postbacks().getLast();
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo("refused: too_large\n");
        assertThat(event.params().list()).isEmpty();
        assertThat(event.subject().text()).isEqualTo(id);
        assertThat(tracker.lastBlock().target()).hasSize(8 * 1024);
    }

    @Test
    void a_url_far_over_the_limit_is_not_read() {
        var reply = tracker.get("/postback?x=" + "y".repeat(100_000));

        assertThat(reply.status()).isEqualTo(414);
        assertThat(tracker.metrics().malformedHttpRequests()).isEqualTo(1);
    }

    @Test
    void headers_over_the_limit_are_not_read() {
        var reply = tracker.get("/postback", "X-Long: " + "y".repeat(100_000));

        assertThat(reply.status()).isEqualTo(431);
    }

    @Test
    void a_body_over_the_limit_is_recorded_as_too_large() {
        var reply = post(FORM, "clickid=" + "x".repeat(70_000));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(tracker.postbacks().getLast().refusal()).isEqualTo(Reason.TOO_LARGE);
        assertThat(tracker.lastBlock().body()).hasSize(64 * 1024);
    }

    @Test
    void a_body_far_over_the_limit_is_answered_before_its_end() {
        try (var client = new RawClient(tracker.port())) {
            client.write(
                    "POST /postback HTTP/1.1\r\n"
                            + HOST
                            + FORM
                            + "Content-Length: 100000000\r\n\r\n");
            try {
                for (int i = 0; i < 20; i++) {
                    client.write("x".repeat(64 * 1024));
                }
            } catch (UncheckedIOException _) {
                // It does not wait for ever for a client to read its answer.
            }

            assertThat(client.read().status()).isEqualTo(413);
            assertThat(client.read().status()).isZero();
        }
    }

    @Test
    void a_value_too_long_for_any_use_is_too_large() {
        var id = tracker.clickId("spring");

        var reply = post(FORM, "clickid=" + id + "&txid=" + "x".repeat(3000));
        var unread = post(FORM, "clickid=" + id + "&note=" + "x".repeat(3000));

        assertThat(reply.body()).isEqualTo("refused: too_large\n");
        assertThat(unread.body()).isEqualTo("counted: new_conversion\n");
    }

    @Test
    void a_body_that_stops_short_is_answered_and_recorded() {
        beImpatient();
        try (var client = new RawClient(tracker.port())) {
            client.write(
                    "POST /postback HTTP/1.1\r\n" + HOST + FORM + "Content-Length: 100\r\n\r\nabc");

            var reply = client.read();

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("refused: malformed_request\n");
            assertThat(client.read().status()).isZero();
        }
    }

    @Test
    void a_client_that_goes_away_in_the_middle_leaves_its_record() {
        try (var client = new RawClient(tracker.port())) {
            client.write(
                    "POST /postback HTTP/1.1\r\n" + HOST + FORM + "Content-Length: 100\r\n\r\nabc");
        }

        TestingTracker.until(() -> !tracker.postbacks().isEmpty());
        assertThat(tracker.postbacks().getLast().refusal()).isEqualTo(Reason.MALFORMED_REQUEST);
    }

    @Test
    void a_chunked_body_is_read() {
        var id = tracker.clickId("spring");

        var reply =
                send(
                        "POST /postback HTTP/1.1\r\n"
                                + HOST
                                + FORM
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + "8\r\nclickid=\r\n20\r\n"
                                + id
                                + "\r\n0\r\n\r\n");

        assertThat(reply.body()).isEqualTo("counted: new_conversion\n");
    }

    @Test
    void a_broken_chunk_ends_the_connection_and_leaves_its_record() {
        var reply =
                send(
                        "POST /postback HTTP/1.1\r\n"
                                + HOST
                                + FORM
                                + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\nabc\r\n0\r\n\r\n");

        // Nobody knows where the next request would begin, so the HTTP layer hangs up at once.
        assertThat(reply.status()).isZero();
        TestingTracker.until(() -> !tracker.postbacks().isEmpty());
        assertThat(tracker.postbacks().getLast().refusal()).isEqualTo(Reason.MALFORMED_REQUEST);
    }

    @Test
    void http_1_0_is_served() {
        var id = tracker.clickId("spring");

        var reply = send("GET /postback?clickid=" + id + " HTTP/1.0\r\n\r\n");
        var click = send("GET /c/spring HTTP/1.0\r\n\r\n");

        assertThat(reply.body()).isEqualTo("counted: new_conversion\n");
        assertThat(click.status()).isEqualTo(302);
    }

    @Test
    void pipelined_requests_are_answered_in_order() {
        var id = tracker.clickId("spring");
        try (var client = new RawClient(tracker.port())) {
            client.write(
                    "GET /postback?clickid="
                            + id
                            + "&txid=1 HTTP/1.1\r\n"
                            + HOST
                            + "\r\nGET /c/spring HTTP/1.1\r\n"
                            + HOST
                            + "\r\nPOST /postback HTTP/1.1\r\n"
                            + HOST
                            + FORM
                            + "Content-Length: 9\r\n\r\nclickid=xGET /robots.txt HTTP/1.1\r\n"
                            + HOST
                            + "\r\n");

            assertThat(List.of(client.read(), client.read(), client.read(), client.read()))
                    .extracting(RawClient.Reply::status)
                    .containsExactly(200, 302, 400, 200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/octet-stream",
                "text/html; charset=windows-1251",
                "x"
            })
    void a_wrong_content_type_does_not_hide_a_form_or_json(String type) {
        var id = tracker.clickId("spring");

        var form = post("Content-Type: " + type + "\r\n", "clickid=" + id + "&txid=1");
        var json = post("Content-Type: " + type + "\r\n", " {\"clickid\":\"" + id + "\"}");

        assertThat(form.body()).isEqualTo("counted: new_conversion\n");
        assertThat(json.header("Matchback-Decision")).isEqualTo("duplicate");
    }

    @Test
    void what_cannot_be_read_is_a_malformed_request() {
        var id = tracker.clickId("spring");
        var good = "\"clickid\":\"" + id + "\"";

        for (var body :
                List.of(
                        "{" + good,
                        "[{" + good + "}]",
                        "{" + good + "}{}",
                        "{" + good + ",\"a\":}",
                        "{" + good + ",\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
                        "{" + good + ",\"a\":" + "9".repeat(5000) + "}",
                        "{" + good + ",\"txid\":\"\u00FF\"}",
                        "nonsense",
                        "\0\0\0")) {
            var reply = post(JSON, body);

            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.body()).contains("\"malformed_request\"");
        }
        var multipart = post("Content-Type: multipart/form-data; boundary=b\r\n", "--b--");
        assertThat(multipart.body()).isEqualTo("refused: malformed_request\n");
        var zipped = post(FORM + "Content-Encoding: gzip\r\n", "\u001F\u008B");
        assertThat(zipped.body()).isEqualTo("refused: malformed_request\n");
        assertThat(tracker.postbacks()).hasSize(11);
    }

    @Test
    void text_that_is_none_in_a_field_we_read_is_a_malformed_request() {
        var id = tracker.clickId("spring");

        for (var query :
                List.of(
                        "&txid=%ff%fe",
                        "&txid=a%00b", "&txid=%zz", "&txid=a&txid=b", "&payout=1&payout=2")) {
            var reply = tracker.get("/postback?clickid=" + id + query);

            assertThat(reply.body()).as(query).isEqualTo("refused: malformed_request\n");
        }
        var unread = tracker.get("/postback?clickid=" + id + "&note=%ff&note=%00&txid=1&txid=1");
        assertThat(unread.body()).isEqualTo("counted: new_conversion\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET /c/spring HTTP/1.1\r\nno colon\r\n\r\n",
                "GET /postback?a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /postback HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST /postback HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003\r\n\r\n"
            })
    void what_is_no_http_gets_a_clean_answer_or_none(String request) {
        var reply = send(request);

        assertThat(reply.status()).isIn(0, 400, 404, 405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / NOSUCH/1.1\r\n\r\n",
                "GET /c/spring HTTP/9.9\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void other_versions_of_http_are_not_spoken(String request) {
        // The one 5xx that is not ours: the HTTP layer gives it before any request is made of it.
        assertThat(send(request).status()).isEqualTo(501);
        assertThat(tracker.ledger().events()).isEmpty();
    }

    @Test
    void a_client_that_never_ends_its_headers_is_cut_off() {
        beImpatient();
        try (var client = new RawClient(tracker.port())) {
            client.write("GET /c/spring HTTP/1.1\r\nHost: t.example\r\nX");

            assertThat(client.read().status()).isZero();
        }
    }

    @Test
    void a_connection_that_is_not_used_is_closed() {
        beImpatient();
        try (var client = new RawClient(tracker.port())) {
            client.write("GET /robots.txt HTTP/1.1\r\nHost: t.example\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().status()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void no_garbage_makes_a_5xx_or_hangs(long seed) {
        var random = new SplittableRandom(seed);
        var id = tracker.clickId("spring");
        var alphabet = "{}[]()<>#%&=?/\\;:,.+-_ \"'\0\t\u00FF\u00C3\u00A9aZ09";
        for (int i = 0; i < 150; i++) {
            var garbage = new StringBuilder();
            int length = random.nextInt(60);
            for (int j = 0; j < length; j++) {
                garbage.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var text = garbage.toString();
            var inUrl = text.replace(" ", "").replace("\t", "").replace("\0", "");

            var statuses =
                    List.of(
                            tracker.get("/postback?clickid=" + id + "&txid=" + inUrl).status(),
                            tracker.get("/c/" + inUrl).status(),
                            tracker.get("/c/spring?" + inUrl).status(),
                            tracker.get("/postback/" + inUrl).status(),
                            post(FORM, text).status(),
                            post(JSON, "{\"clickid\":\"" + text + "\"}").status());

            assertThat(statuses).as(text).allMatch(status -> status >= 200 && status < 500);
        }
    }

    @Test
    void our_own_mistake_is_answered_and_leaves_the_listener_alive() {
        tracker.ledger().be(matchback.ingest.testing.StubbornLedger.Mood.BROKEN);

        var click = tracker.get("/c/spring");
        var postback = tracker.get("/postback?clickid=x");
        tracker.ledger().be(matchback.ingest.testing.StubbornLedger.Mood.WILLING);

        assertThat(click.status()).isEqualTo(503);
        assertThat(postback.status()).isEqualTo(503);
        assertThat(tracker.get("/c/spring").status()).isEqualTo(302);
    }
}
