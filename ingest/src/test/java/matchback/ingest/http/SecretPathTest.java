package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offerOf;
import static matchback.ingest.testing.TestingTracker.sender;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import matchback.ingest.testing.TestingTracker;
import matchback.model.catalog.SecretPath;
import matchback.model.catalog.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Postback URLs with a secret in the path.
final class SecretPathTest {
    private static final String SECRET = "s3cret-of-the-net";

    private final TestingTracker tracker =
            new TestingTracker(
                    offerOf("shop", "https://shop.example/?c={clickid}", "net"),
                    campaign("spring", 7, "shop"),
                    sender("plain", Map.of()),
                    offerOf("other", "https://shop.example/?c={clickid}", "plain"),
                    campaign("autumn", 8, "other"));

    @BeforeEach
    void putSender() {
        var path =
                new SecretPath(
                        List.of(
                                new SecretPath.Key(
                                        tracker.fingerprints().ofPath(SECRET), 1, null)));
        tracker.put(
                sender(
                        "net",
                        Map.of(),
                        new Sender.Security(List.of(), List.of(), null, path),
                        Sender.Answer.PLAIN));
    }

    @AfterEach
    void stop() {
        tracker.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /postback/net.s3cret-of-the-net      | 200 | counted: new_conversion
                    /postback/net.s3cret-of-the-net/     | 200 | counted: new_conversion
                    /postback/net%2Es3cret-of-the-net    | 200 | counted: new_conversion
                    /net.s3cret-of-the-net/postback      | 200 | counted: new_conversion
                    /postback/net.s3cret-of-the-ne       | 401 | refused: bad_token
                    /postback/net.S3CRET-of-the-net      | 401 | refused: bad_token
                    /postback/net.                       | 401 | refused: bad_token
                    /postback/net                        | 401 | refused: bad_token
                    /postback                            | 401 | refused: bad_token
                    /postback/s3cret-of-the-net          | 404 | refused: unknown_sender
                    /postback/nett.s3cret-of-the-net     | 404 | refused: unknown_sender
                    """)
    void the_secret_and_nothing_else_lets_a_report_in(String path, int status, String answer) {
        var id = tracker.clickId("spring");

        var reply = tracker.get(path + "?clickid=" + id);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo(answer + '\n');
        assertThat(tracker.postbacks()).hasSize(1);
    }

    @Test
    void shown_as_a_token_it_is_worth_nothing() {
        var id = tracker.clickId("spring");

        var reply = tracker.get("/postback/net?clickid=" + id + "&token=" + SECRET);

        assertThat(reply.body()).isEqualTo("refused: bad_token\n");
    }

    @Test
    void a_sender_without_a_secret_is_reached_by_its_key_and_a_secret_hurts_nothing() {
        var one = tracker.clickId("autumn");
        var two = tracker.clickId("autumn");

        var plain = tracker.get("/postback/plain?clickid=" + one);
        var more = tracker.get("/postback/plain.whatever?clickid=" + two);

        assertThat(plain.body()).isEqualTo("counted: new_conversion\n");
        assertThat(more.body()).isEqualTo("counted: new_conversion\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/postback/net.s3cret-of-the-net",
                "/postback/net.s3cret%2Dof-the-net",
                "/net.s3cret-of-the-net/postback",
                "/postback/plain.s3cret-of-the-net",
                "/postback/nobody.s3cret-of-the-net"
            })
    void a_secret_is_kept_nowhere(String path) {
        var id = tracker.clickId("spring");

        tracker.get(
                path + "?clickid=" + id + "&payout=2",
                "X-Original-URI: " + path + "?clickid=" + id);

        var block = tracker.lastBlock();
        assertThat(block.target()).contains("***").endsWith("?clickid=" + id + "&payout=2");
        assertThat(block.target() + block.headers())
                .doesNotContain("cret-of")
                .doesNotContain("cret%2D");
        assertThat(tracker.postbacks().getLast().toString()).doesNotContain("cret-of");
    }
}
