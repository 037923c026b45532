package matchback.ingest.http;

import static matchback.ingest.testing.TestingTracker.campaign;
import static matchback.ingest.testing.TestingTracker.offer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import matchback.ingest.IngestConfig;
import matchback.ingest.IngestConfig.OnLedgerFailure;
import matchback.ingest.testing.RawClient;
import matchback.ingest.testing.StubbornLedger.Mood;
import matchback.ingest.testing.TestingTracker;
import matchback.model.ClickId;
import org.junit.jupiter.api.Test;

final class StubbornLedgerTest {
    private static final String SHOP = "https://shop.example/?c=";

    private static TestingTracker tracker(OnLedgerFailure onFailure) {
        return tracker(onFailure, IngestConfig.DEFAULT.postbackWait());
    }

    /// Visitors wait as long as they do everywhere.
    private static TestingTracker tracker(OnLedgerFailure onFailure, Duration postbackWait) {
        var config = IngestConfig.DEFAULT;
        return new TestingTracker(
                new IngestConfig(
                        config.bind(),
                        config.port(),
                        2,
                        null,
                        onFailure,
                        config.clickWait(),
                        postbackWait,
                        config.limits(),
                        config.proxies(),
                        null,
                        0,
                        1),
                offer("shop", SHOP + "{clickid}"),
                campaign("spring", 7, "shop"));
    }

    private static ClickId idIn(RawClient.Reply reply) {
        return ClickId.ofAuthentic(reply.header("Location").substring(SHOP.length()));
    }

    @Test
    void a_visitor_is_sent_on_in_time_with_an_id_marked_unrecorded() {
        try (var tracker = tracker(OnLedgerFailure.REDIRECT)) {
            tracker.ledger().be(Mood.SLOW);
            long start = System.nanoTime();

            // The ledger would keep it for ever.
            var reply = tracker.get("/c/spring");

            long millis = (System.nanoTime() - start) / 1_000_000;
            assertThat(reply.status()).isEqualTo(302);
            assertThat(idIn(reply).isUnrecorded()).isTrue();
            assertThat(idIn(reply).campaign()).isEqualTo(7);
            assertThat(millis).isGreaterThanOrEqualTo(240);
            assertThat(tracker.metrics().clicksUnrecorded()).isEqualTo(1);

            tracker.ledger().be(Mood.WILLING);
            assertThat(tracker.get("/postback?clickid=" + idIn(reply)).body())
                    .isEqualTo("held: click_not_recorded\n");
            // One of the next, on a machine that is slow itself.
            TestingTracker.until(() -> !idIn(tracker.get("/c/spring")).isUnrecorded());
        }
    }

    @Test
    void a_full_queue_costs_the_visitor_no_time() {
        try (var tracker = tracker(OnLedgerFailure.REDIRECT)) {
            tracker.ledger().be(Mood.FULL);

            var reply = tracker.get("/c/spring");

            assertThat(idIn(reply).isUnrecorded()).isTrue();
            assertThat(tracker.metrics().clicks()).isZero();
            assertThat(tracker.metrics().clicksUnrecorded()).isEqualTo(1);
        }
    }

    @Test
    void visitors_are_refused_when_the_operator_wants_it_so() {
        try (var tracker = tracker(OnLedgerFailure.REFUSE)) {
            tracker.ledger().be(Mood.FULL);

            var reply = tracker.get("/c/spring");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(tracker.metrics().clicksRefused()).isEqualTo(1);
        }
    }

    @Test
    void a_postback_that_was_not_stored_is_answered_503() {
        try (var tracker = tracker(OnLedgerFailure.REDIRECT, Duration.ofMillis(700))) {
            var id = tracker.clickId("spring");
            tracker.ledger().be(Mood.FULL);
            var full = tracker.get("/postback?clickid=" + id);
            tracker.ledger().be(Mood.SLOW);
            var slow = tracker.get("/postback?clickid=" + id);
            tracker.ledger().be(Mood.WILLING);

            assertThat(full.status()).isEqualTo(503);
            assertThat(full.header("Retry-After")).isEqualTo("1");
            assertThat(full.headers()).doesNotContainKey("matchback-decision");
            assertThat(slow.status()).isEqualTo(503);
            assertThat(tracker.metrics().postbacksNotStored()).isEqualTo(2);
            TestingTracker.until(() ->
                    tracker.get("/postback?clickid=" + id)
                            .header("Matchback-Decision")
                            .equals("duplicate"));
        }
    }

    @Test
    void stopping_finishes_what_is_in_flight_and_takes_nothing_new() {
        try (var tracker = tracker(OnLedgerFailure.REDIRECT)) {
            var id = tracker.clickId("spring");
            tracker.ledger().be(Mood.SLOW);
            var inFlight =
                    CompletableFuture.supplyAsync(() -> tracker.get("/postback?clickid=" + id));
            TestingTracker.until(() -> !tracker.postbacks().isEmpty());

            var stopped = tracker.server().stop();
            tracker.ledger().be(Mood.WILLING);

            assertThat(inFlight.join().body()).isEqualTo("counted: new_conversion\n");
            TestingTracker.await(stopped);
            assertThat(
                            org.assertj.core.api.Assertions.catchThrowable(
                                    () -> new RawClient(tracker.port())))
                    .isInstanceOf(java.io.UncheckedIOException.class);
        }
    }
}
