package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.testing.Await;
import matchback.deliver.testing.TestingDestination;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.RecordIds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Ends in the middle of things.
class RestartsTest {
    private static final DeliverConfig IMPATIENT = World.CONFIG.withCloseWithin(Duration.ZERO);
    private static final DeliverConfig PATIENT =
            World.CONFIG.withCloseWithin(Duration.ofMinutes(2));

    private final TestingDestination network = new TestingDestination();
    private World world = new World();

    @AfterEach
    void end() {
        network.close();
        world.close();
    }

    @Test
    void what_was_under_way_at_the_end_is_sent_again_with_the_same_event_id() {
        world.close();
        world = new World(IMPATIENT);
        world.source("push", network.url("/pb?e={event_id}"));
        var subject = world.convert("push", "X1");
        network.does(new TestingDestination.Behaviour.Silence());
        var first = world.start();
        Await.until("it is under way", () -> network.received().size() == 1);

        first.close();
        network.does(TestingDestination.ok());
        world.start();
        world.settle();

        assertThat(network.received()).hasSize(2);
        assertThat(network.received().get(1).parameter("e"))
                .isEqualTo(network.received().get(0).parameter("e"))
                .isEqualTo(world.delivery(subject).eventId());
        assertThat(world.delivery(subject).attempts())
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.number()).isEqualTo(1);
                    assertThat(attempt.result()).isEqualTo(AttemptResult.DELIVERED);
                });
    }

    @Test
    void an_end_waits_for_the_answers_that_are_under_way() {
        world.close();
        world = new World(PATIENT);
        world.source("push", network.url("/pb"));
        var subject = world.convert("push", "X1");
        world.convert("push", "X2");
        var answer = new CountDownLatch(1);
        network.does(_ -> {
            try {
                answer.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return TestingDestination.ok();
        });
        var dispatcher = world.start();
        Await.until("both are under way", () -> network.received().size() == 2);

        var closing = Thread.ofVirtual().start(dispatcher::close);
        answer.countDown();
        Await.until("it is closed", () -> !closing.isAlive());

        assertThat(world.delivery(subject).progress()).isEqualTo(Progress.DELIVERED);
        assertThat(world.waiting("source:push")).isZero();
    }

    @Test
    void in_real_time_a_conversion_is_told_as_soon_as_it_is_committed() {
        var clock = InstantSource.system();
        world.source("push", network.url("/pb?e={event_id}"));
        try (var dispatcher =
                new Dispatcher(
                        world.vertx(),
                        World.CONFIG,
                        world.ledger,
                        new RecordIds(clock, new SplittableRandom(1)),
                        clock,
                        new SplittableRandom(2))) {
            dispatcher.start();

            var subject = world.convert("push", "X1");

            Await.until(
                    "it is delivered",
                    () -> world.delivery(subject).progress() == Progress.DELIVERED);
            assertThat(network.received()).hasSize(1);
            assertThat(dispatcher.standings()).containsExactly(Map.entry(Standing.FLOWING, 1));
        }
    }

    @Test
    void nothing_is_sent_after_the_end() {
        world.source("push", network.url("/pb"));
        var dispatcher = world.start();
        world.settle();

        dispatcher.close();
        world.convert("push", "X1");
        world.clock.step(world.clock.instant().plus(Duration.ofHours(1)));

        assertThat(network.received()).isEmpty();
        assertThat(world.waiting("source:push")).isEqualTo(1);
    }

    @Test
    void an_attempt_that_the_ledger_cannot_take_is_recorded_later_and_not_sent_again() {
        world.source("push", network.url("/pb"));
        var subject = world.convert("push", "X1");
        var isFull = new AtomicBoolean(true);
        var dispatcher = world.start(new ReluctantLedger(world.ledger, isFull::get));
        for (int i = 1; i <= 10; i++) {
            long refusals = i;
            Await.until("it was refused", () -> dispatcher.metrics().unrecorded() == refusals);
            Await.until(
                    "the next try is set", () -> world.clock.hasAlarmWithin(Duration.ofSeconds(1)));
            world.clock.step(world.clock.instant().plusSeconds(1));
        }
        assertThat(network.received()).hasSize(1);

        isFull.set(false);
        Await.until(
                "it is recorded",
                () -> {
                    world.clock.step(world.clock.instant().plusSeconds(1));
                    return world.delivery(subject).progress() == Progress.DELIVERED;
                });

        world.settle();
        assertThat(network.received()).hasSize(1);
        assertThat(world.delivery(subject).attempts()).hasSize(1);
    }

    @Test
    void a_crash_between_answer_and_record_repeats_the_same_delivery() {
        world.close();
        world = new World(IMPATIENT);
        world.source("push", network.url("/pb?e={event_id}"));
        var subject = world.convert("push", "X1");
        var first = world.start(new ReluctantLedger(world.ledger, () -> true));
        Await.until("it was answered", () -> first.metrics().unrecorded() == 1);

        first.close();
        world.start();
        world.settle();

        assertThat(network.received())
                .extracting(received -> received.parameter("e"))
                .containsExactly(
                        world.delivery(subject).eventId(), world.delivery(subject).eventId());
        assertThat(world.delivery(subject).attempts()).hasSize(1);
    }
}
