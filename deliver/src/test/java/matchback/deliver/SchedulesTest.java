package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import matchback.deliver.testing.TestingDestination;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Attempt;
import matchback.ledger.state.DeliveryState.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of one delivery, answer by answer.
class SchedulesTest {
    private final World world = new World();
    private final TestingDestination network = new TestingDestination();

    @AfterEach
    void end() {
        world.close();
        network.close();
    }

    private DeliveryState sent(TestingDestination.Behaviour behaviour) {
        network.does(behaviour);
        world.source("push", network.url("/pb?cid={externalid}&e={event_id}"));
        var subject = world.convert("push", "X1");
        world.start();
        world.runShortly();
        return world.delivery(subject);
    }

    @Test
    void a_conversion_reaches_its_source_with_the_macros_filled() {
        world.source(
                "push",
                network.url("/pb?cid={externalid}&p={payout}&c={currency}&t={txid}&s={status}"));
        var subject = world.convert("push", "X 1&2");
        world.start();

        world.settle();

        var delivery = world.delivery(subject);
        assertThat(network.received())
                .extracting(TestingDestination.Received::target)
                .containsExactly("/pb?cid=X%201%262&p=12.50&c=USD&t=T1&s=approved");
        assertThat(delivery.progress()).isEqualTo(Progress.DELIVERED);
        assertThat(delivery.attempts())
                .containsExactly(
                        new Attempt(
                                1,
                                world.clock.millis(),
                                AttemptResult.DELIVERED,
                                network.url("/pb?cid=X%201%262&p=12.50&c=USD&t=T1&s=approved"),
                                200,
                                "status 200",
                                0));
        assertThat(world.waiting("source:push")).isZero();
    }

    @Test
    void a_clock_set_back_does_not_hold_up_what_comes_after_it() {
        world.source("push", network.url("/pb?cid={externalid}"));
        world.start();
        world.settle();

        world.clock.jump(Duration.ofHours(-1));
        var first = world.convert("push", "X1");
        world.runShortly();
        var second = world.convert("push", "X2");
        world.runShortly();

        assertThat(world.delivery(first).progress()).isEqualTo(Progress.DELIVERED);
        assertThat(world.delivery(second).progress()).isEqualTo(Progress.DELIVERED);
    }

    @Test
    void a_clock_set_forward_does_not_hold_up_what_comes_after_it() {
        world.source("push", network.url("/pb?cid={externalid}"));
        world.start();
        world.settle();

        world.clock.jump(Duration.ofHours(1));
        var first = world.convert("push", "X1");
        world.runShortly();
        var second = world.convert("push", "X2");
        world.runShortly();

        assertThat(world.delivery(first).progress()).isEqualTo(Progress.DELIVERED);
        assertThat(world.delivery(second).progress()).isEqualTo(Progress.DELIVERED);
    }

    @Test
    void a_delivery_that_never_succeeds_is_tried_on_schedule_and_ends_as_a_dead_letter() {
        network.does(TestingDestination.status(404));
        world.source("push", network.url("/pb"));
        var subject = world.convert("push", "X1");
        world.start();

        world.run(Duration.ofHours(100));

        var delivery = world.delivery(subject);
        assertThat(delivery.attempts())
                .extracting(attempt -> Duration.ofMillis(attempt.at() - delivery.createdAt()))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5).plusSeconds(5),
                        Duration.ofMinutes(35).plusSeconds(5),
                        Duration.ofMinutes(155).plusSeconds(5),
                        Duration.ofMinutes(455).plusSeconds(5),
                        Duration.ofMinutes(1_055).plusSeconds(5),
                        Duration.ofMinutes(1_895).plusSeconds(5),
                        Duration.ofMinutes(3_095).plusSeconds(5),
                        Duration.ofMinutes(4_535).plusSeconds(5));
        assertThat(delivery.attempts())
                .extracting(Attempt::result)
                .containsExactly(
                        AttemptResult.RETRY,
                        AttemptResult.RETRY,
                        AttemptResult.RETRY,
                        AttemptResult.RETRY,
                        AttemptResult.RETRY,
                        AttemptResult.RETRY,
                        AttemptResult.RETRY,
                        AttemptResult.RETRY,
                        AttemptResult.RETRY,
                        AttemptResult.DEAD);
        assertThat(delivery.progress()).isEqualTo(Progress.DEAD);
        assertThat(network.received()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 408, 425, 429, 500, 502, 503, 504, 301, 302, 307})
    void these_answers_are_tried_again_after_five_seconds(int status) {
        var delivery = sent(TestingDestination.status(status));

        assertThat(delivery.attempts()).hasSize(1);
        assertThat(delivery.attempts().getFirst().httpStatus()).isEqualTo(status);
        assertThat(delivery.attempts().getFirst().result()).isEqualTo(AttemptResult.RETRY);
        assertThat(delivery.dueAt()).isEqualTo(delivery.createdAt() + 5_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void every_2xx_is_success(int status) {
        assertThat(sent(TestingDestination.status(status)).progress())
                .isEqualTo(Progress.DELIVERED);
    }

    @Test
    void gone_is_final() {
        var delivery = sent(TestingDestination.status(410));

        assertThat(delivery.progress()).isEqualTo(Progress.DEAD);
        assertThat(delivery.attempts()).hasSize(1);
    }

    @Test
    void a_redirect_is_not_followed() {
        var elsewhere = new TestingDestination();

        var delivery = sent(TestingDestination.status(302, "Location", elsewhere.url("/stolen")));

        assertThat(elsewhere.received()).isEmpty();
        assertThat(delivery.attempts().getFirst().result()).isEqualTo(AttemptResult.RETRY);
        assertThat(delivery.attempts().getFirst().note())
                .startsWith("Redirects are not followed; it points to http://127.0.0.1");
        elsewhere.close();
    }

    @Test
    void retry_after_in_seconds_is_honoured() {
        var delivery = sent(TestingDestination.status(429, "Retry-After", "120"));

        assertThat(delivery.dueAt()).isEqualTo(delivery.createdAt() + 120_000);
    }

    @Test
    void retry_after_as_a_date_is_honoured() {
        var date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        World.BEGINNING.plusSeconds(3_600).atOffset(ZoneOffset.UTC));

        var delivery = sent(TestingDestination.status(503, "Retry-After", date));

        assertThat(delivery.dueAt()).isEqualTo(delivery.createdAt() + 3_600_000);
    }

    @Test
    void retry_after_is_taken_for_a_day_at_most() {
        var delivery = sent(TestingDestination.status(500, "Retry-After", "9999999"));

        assertThat(delivery.dueAt())
                .isEqualTo(delivery.createdAt() + Duration.ofHours(24).toMillis());
    }

    @Test
    void what_retry_after_may_hold() {
        var now = Instant.parse("2026-11-23T05:00:00Z");

        assertThat(
                        List.of(
                                RetryAfter.parse("0", now),
                                RetryAfter.parse(" 7 ", now),
                                RetryAfter.parse("99999999999999999999", now),
                                RetryAfter.parse("-5", now),
                                RetryAfter.parse("soon", now),
                                RetryAfter.parse("Mon, 23 Nov 2026 05:00:30 GMT", now),
                                RetryAfter.parse("Mon, 23 Nov 2026 04:00:00 GMT", now)))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(7),
                        Duration.ofHours(24),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ZERO);
    }

    @Test
    void silence_is_a_time_out_and_tried_again() {
        network.does(new TestingDestination.Behaviour.Silence());
        world.source("push", network.url("/pb"));
        var subject = world.convert("push", "X1");
        world.startImpatiently(new SourcePostback());

        world.runShortly();

        var delivery = world.delivery(subject);
        assertThat(delivery.attempts().getFirst().note()).isEqualTo("No answer within 2 s");
        assertThat(delivery.attempts().getFirst().httpStatus()).isZero();
        assertThat(delivery.dueAt()).isEqualTo(delivery.createdAt() + 5_000);
    }

    @Test
    void a_reset_connection_is_tried_again() {
        var delivery = sent(new TestingDestination.Behaviour.Reset());

        assertThat(delivery.attempts().getFirst().result()).isEqualTo(AttemptResult.RETRY);
        assertThat(delivery.attempts().getFirst().httpStatus()).isZero();
        assertThat(delivery.attempts().getFirst().note()).startsWith("The connection broke off");
    }

    @Test
    void a_closed_port_is_tried_again() throws IOException {
        // Taken, so that nobody else listens there, and no listener itself.
        try (var closed = new Socket()) {
            closed.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            world.source("push", "http://127.0.0.1:" + closed.getLocalPort() + "/pb");
            var subject = world.convert("push", "X1");
            world.start();

            world.runShortly();

            var delivery = world.delivery(subject);
            assertThat(delivery.attempts().getFirst().result()).isEqualTo(AttemptResult.RETRY);
            assertThat(delivery.attempts().getFirst().note()).startsWith("No connection");
        }
    }

    @Test
    void an_endless_body_is_cut_and_its_status_counts() {
        var delivery = sent(new TestingDestination.Behaviour.Endless(200, 10_000_000));

        assertThat(delivery.progress()).isEqualTo(Progress.DELIVERED);
        assertThat(delivery.attempts().getFirst().note()).isEqualTo("x".repeat(500));
    }

    @Test
    void a_body_that_stops_in_the_middle_leaves_the_status_standing() {
        network.does(new TestingDestination.Behaviour.Endless(200, 2_048));
        world.source("push", network.url("/pb"));
        var subject = world.convert("push", "X1");
        world.startImpatiently(new SourcePostback());

        // A second try is for a machine on which the head came too late.
        world.run(Duration.ofHours(10));

        assertThat(world.delivery(subject).progress()).isEqualTo(Progress.DELIVERED);
    }

    @Test
    void the_event_id_is_the_same_at_every_attempt() {
        network.does(TestingDestination.status(500));
        world.source("push", network.url("/pb?e={event_id}"));
        world.convert("push", "X1");
        world.start();
        world.run(Duration.ofHours(1));

        network.does(TestingDestination.ok());
        world.run(Duration.ofHours(3));

        assertThat(network.received()).hasSize(5);
        assertThat(network.received()).extracting(r -> r.parameter("e")).doesNotContain("");
        assertThat(network.received())
                .extracting(r -> r.parameter("e"))
                .containsOnly(network.received().getFirst().parameter("e"));
    }
}
