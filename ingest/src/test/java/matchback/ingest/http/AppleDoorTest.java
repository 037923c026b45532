package matchback.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import matchback.ingest.IngestConfig;
import matchback.ingest.KeptRequests;
import matchback.ingest.apple.AppleKeys;
import matchback.ingest.testing.RawClient;
import matchback.ingest.testing.RawClient.Reply;
import matchback.ingest.testing.StubbornLedger.Mood;
import matchback.ingest.testing.TestingTracker;
import matchback.model.Feed;
import matchback.model.Reason;
import matchback.model.apple.AppleReport;
import matchback.model.apple.Proof;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Apple's postbacks at the listener.
final class AppleDoorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SKAN = "/.well-known/skadnetwork/report-attribution";
    private static final String AAK = "/.well-known/appattribution/report-attribution";

    private final TestingTracker tracker = new TestingTracker();

    @AfterEach
    void stop() {
        tracker.close();
    }

    private static JsonNode vector(String name) {
        try (var in = AppleDoorTest.class.getResourceAsStream("/vectors/" + name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode genuine() {
        return vector("skan/apple-v3.0-winning.json").path("postback");
    }

    private Reply post(String path, String body) {
        return RawClient.post(tracker.port(), path, "application/json", body);
    }

    @ParameterizedTest
    @ValueSource(strings = {SKAN, SKAN + "/"})
    void a_genuine_postback_is_kept_with_its_body_as_it_came(String path) {
        // given
        var body = " " + genuine() + "\n";

        // when
        var reply = post(path, body);

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Matchback-Decision")).isEqualTo("held");
        var event = tracker.postbacks().getLast();
        assertThat(event.feed()).isEqualTo(Feed.APPLE);
        assertThat(event.sender()).isEqualTo("example123.skadnetwork");
        assertThat(event.refusal()).isNull();
        assertThat(AppleReport.of(event.params()).orElseThrow().proof()).isEqualTo(Proof.APPLE);
        assertThat(tracker.lastBlock().body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void one_of_developer_mode_is_known_as_such() {
        // when
        var reply =
                post(
                        AAK + "/",
                        vector("aak/apple-dev1-reengagement.json").path("requestBody").toString());

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("\"test_postback\"");
    }

    @Test
    void one_with_a_changed_field_is_answered_200_and_refused() {
        // given
        var forged = ((ObjectNode) genuine().deepCopy()).put("app-id", 525_463_030);

        // when
        var reply = post(SKAN, forged.toString());

        // then
        assertThat(reply.status()).isEqualTo(200);
        var event = tracker.postbacks().getLast();
        assertThat(event.refusal()).isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(event.sender()).isEqualTo("apple");
        assertThat(reply.body()).contains("\"bad_signature\"").contains("SKAdNetwork 3.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{\"version\":\"4.0\"}"})
    void what_is_no_postback_is_answered_200_and_refused(String body) {
        for (var path : List.of(SKAN, AAK)) {
            // when
            var reply = post(path, body);

            // then
            assertThat(reply.status()).isEqualTo(200);
            assertThat(tracker.postbacks().getLast().refusal()).isEqualTo(Reason.MALFORMED_REQUEST);
            assertThat(tracker.postbacks().getLast().detail()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {17_000, 70_000})
    void one_that_is_too_large_is_answered_200_and_refused(int size) {
        // when
        var reply = post(SKAN, "x".repeat(size));

        // then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(tracker.postbacks().getLast().refusal()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void one_that_was_not_stored_is_asked_for_again() {
        // given
        tracker.ledger().be(Mood.FULL);

        // when
        var reply = post(SKAN, genuine().toString());

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void half_of_one_is_asked_for_again() {
        // when
        Reply reply;
        try (var client = new RawClient(tracker.port())) {
            client.write(
                    "POST "
                            + SKAN
                            + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "5\r\n{\"ver\r\nZZ\r\n");
            reply = client.read();
        }

        // then
        assertThat(reply.status()).isNotEqualTo(200);
        TestingTracker.until(() -> tracker.metrics().postbacksNotStored() == 1);
        assertThat(tracker.postbacks()).isEmpty();
    }

    @Test
    void other_methods_and_paths_are_none() {
        // when, then
        assertThat(tracker.get(SKAN).status()).isEqualTo(405);
        assertThat(tracker.get(SKAN).header("Allow")).isEqualTo("POST");
        assertThat(post("/.well-known/skadnetwork/", "{}").status()).isEqualTo(404);
        assertThat(post(SKAN + "/more", "{}").status()).isEqualTo(404);
        assertThat(tracker.postbacks()).isEmpty();
    }

    @Test
    void what_was_refused_for_a_wrong_key_is_read_again_with_the_right_one() {
        // given
        post(SKAN, genuine().toString());
        var kept = tracker.postbacks().getLast();
        var block = tracker.lastBlock();
        var published = AppleKeys.PUBLISHED;
        var wrong =
                new AppleKeys(
                        published.skanOld(),
                        vector("aak/ownkey-install-first-fine.json")
                                .path("publicKeyBase64")
                                .asText(),
                        Map.of(),
                        Map.of());
        var catalog = tracker.ledger().catalog();

        // when
        var forged =
                new KeptRequests(tracker.ids(), IngestConfig.DEFAULT.withAppleKeys(wrong), catalog)
                        .reread(kept, Optional.of(block), catalog);
        var right =
                new KeptRequests(tracker.ids(), IngestConfig.DEFAULT, catalog)
                        .reread(forged, Optional.of(block), catalog);

        // then
        assertThat(forged.refusal()).isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(right.refusal()).isNull();
        assertThat(right.params()).isEqualTo(kept.params());
        assertThat(right.sender()).isEqualTo(kept.sender());
    }
}
