package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.testing.Await;
import matchback.deliver.testing.TestingDestination;
import matchback.deliver.testing.TestingDestination.Behaviour;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.RetrySchedule;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Destinations that are down, slow or overrun, beside others that are well.
class OutagesTest {
    private static final String URL = "/pb?cid={externalid}&e={event_id}";

    private final TestingDestination failing = new TestingDestination();
    private final TestingDestination healthy = new TestingDestination();
    private World world = new World();

    @AfterEach
    void end() {
        // First the destinations: what hangs there breaks off.
        failing.close();
        healthy.close();
        world.close();
    }

    private World begin(DeliverConfig config) {
        world.close();
        world = new World(config);
        world.source("failing", failing.url(URL));
        world.source("healthy", healthy.url(URL));
        return world;
    }

    private List<Subject> convert(String source, int count) {
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < count; i++) {
            subjects.add(world.convert(source, source + i));
        }
        return subjects;
    }

    @Test
    void after_72_hours_down_everything_arrives_and_the_other_destination_noticed_nothing() {
        begin(World.CONFIG);
        var taken = new CopyOnWriteArrayList<String>();
        var calls = new AtomicInteger();
        failing.does(_ ->
                switch (calls.incrementAndGet() % 3) {
                    case 0 -> TestingDestination.status(500);
                    case 1 -> TestingDestination.status(503);
                    default -> new Behaviour.Reset();
                });
        world.start();
        var late = new ArrayList<Subject>();
        var prompt = new ArrayList<Subject>();
        for (int hour = 0; hour < 72; hour += 3) {
            late.addAll(convert("failing", 1));
            prompt.addAll(convert("healthy", 1));
            world.run(Duration.ofHours(3));
        }
        assertThat(late).noneMatch(s -> world.delivery(s).progress() == Progress.DELIVERED);

        failing.does(request -> {
            taken.add(request.parameter("e"));
            return TestingDestination.ok();
        });
        world.run(Duration.ofHours(30));

        var deliveries = late.stream().map(world::delivery).toList();
        assertThat(deliveries).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(deliveries).allMatch(d -> d.attemptsMade() <= RetrySchedule.ATTEMPTS_MAX);
        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        deliveries.stream().map(DeliveryState::eventId).toList());
        assertThat(prompt)
                .map(world::delivery)
                .allMatch(d -> d.progress() == Progress.DELIVERED && d.attemptsMade() == 1)
                .allMatch(d -> d.attempts().getFirst().at() - d.createdAt() <= 100);
        assertThat(healthy.received()).hasSize(prompt.size());
    }

    @Test
    void the_breaker_opens_after_failures_in_a_row_and_burns_nothing_while_open() {
        begin(World.CONFIG.withLimits(1, 1000));
        failing.does(TestingDestination.status(500));
        var subjects = convert("failing", 20);
        world.start();

        world.run(Duration.ofSeconds(29));

        assertThat(failing.received()).hasSize(5);
        assertThat(subjects)
                .map(world::delivery)
                .filteredOn(d -> d.attemptsMade() == 0)
                .hasSize(15);
        assertThat(world.health("source:failing"))
                .satisfies(health -> {
                    assertThat(health.standing()).isEqualTo(Standing.BROKEN);
                    assertThat(health.nextAt())
                            .isEqualTo(World.BEGINNING.plusSeconds(30).toEpochMilli());
                    assertThat(health.waiting()).isEqualTo(20);
                    assertThat(health.oldestAt()).isEqualTo(World.BEGINNING.toEpochMilli());
                });

        // The probe fails: twice the pause.
        world.run(Duration.ofSeconds(60));
        assertThat(failing.received()).hasSize(6);

        failing.does(TestingDestination.ok());
        world.run(Duration.ofMinutes(10));
        assertThat(subjects).map(world::delivery).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(failing.received()).hasSize(26);
        assertThat(world.health("source:failing").standing()).isEqualTo(Standing.FLOWING);
    }

    @Test
    void a_refusal_of_one_request_does_not_open_the_breaker() {
        begin(World.CONFIG.withLimits(1, 1000));
        failing.does(TestingDestination.status(422));
        convert("failing", 20);
        world.start();

        world.runShortly();

        assertThat(failing.received()).hasSize(20);
        assertThat(world.health("source:failing").standing()).isEqualTo(Standing.FLOWING);
    }

    @Test
    void a_destination_that_asks_for_a_pause_gets_it_for_all_its_deliveries() {
        begin(World.CONFIG.withLimits(1, 1000));
        failing.does(TestingDestination.status(429, "Retry-After", "60"));
        var subjects = convert("failing", 5);
        world.start();

        world.run(Duration.ofSeconds(59));
        assertThat(failing.received()).hasSize(1);
        assertThat(world.health("source:failing").standing()).isEqualTo(Standing.THROTTLED);

        failing.does(TestingDestination.ok());
        world.run(Duration.ofSeconds(2));
        assertThat(subjects).map(world::delivery).allMatch(d -> d.progress() == Progress.DELIVERED);
    }

    @Test
    void a_silent_destination_holds_its_own_requests_and_no_others() {
        begin(World.CONFIG.withLimits(8, 1000));
        failing.does(new Behaviour.Silence());
        convert("failing", 20);
        var prompt = convert("healthy", 20);

        world.start();
        Await.until(
                "the healthy one has all",
                () ->
                        prompt.stream()
                                .map(world::delivery)
                                .allMatch(d -> d.progress() == Progress.DELIVERED));

        Await.until("eight are under way", () -> failing.received().size() == 8);
        assertThat(world.health("source:failing").underWay()).isEqualTo(8);
        assertThat(world.dispatcher().metrics().total(AttemptResult.RETRY)).isZero();
    }

    @Test
    void no_more_requests_are_under_way_than_allowed() {
        begin(World.CONFIG.withLimits(3, 1000));
        var gate = new CountDownLatch(1);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        failing.does(_ -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            awaitQuietly(gate);
            now.decrementAndGet();
            return TestingDestination.ok();
        });
        var subjects = convert("failing", 12);
        world.start();

        Await.until("three are under way", () -> failing.received().size() == 3);
        gate.countDown();
        world.runShortly();

        assertThat(subjects).map(world::delivery).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(most).hasValue(3);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void no_more_requests_are_started_in_a_second_than_allowed() {
        begin(World.CONFIG.withLimits(8, 20));
        convert("healthy", 100);
        world.start();

        world.run(Duration.ofSeconds(1));
        // Two at once, then one each 50 ms.
        assertThat(healthy.received()).hasSizeBetween(20, 22);

        world.run(Duration.ofSeconds(4));
        assertThat(healthy.received()).hasSize(100);
    }

    @Test
    void the_counts_add_up() {
        begin(World.CONFIG.withLimits(1, 1000));
        convert("healthy", 3);
        failing.does(TestingDestination.status(410));
        convert("failing", 2);
        world.start();

        world.runShortly();

        assertThat(world.dispatcher().metrics().attempts())
                .containsExactly(
                        new DeliverMetrics.Attempts("source:failing", AttemptResult.DEAD, 2, 0),
                        new DeliverMetrics.Attempts(
                                "source:healthy", AttemptResult.DELIVERED, 3, 0));
        assertThat(world.health("source:healthy").waiting()).isZero();
    }
}
