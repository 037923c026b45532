package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.testing.BatchingAdapter;
import matchback.deliver.testing.TestingDestination;
import matchback.deliver.testing.TestingDestination.Behaviour;
import matchback.deliver.testing.TestingDestination.Received;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Destinations whose requests carry a token that lives for an hour.
class AccessTokensTest {
    private final TestingDestination platform = new TestingDestination();
    private final World world = new World(World.CONFIG.withLimits(4, 1000));
    private final AtomicInteger issued = new AtomicInteger();

    @AfterEach
    void end() {
        platform.close();
        world.close();
    }

    /// Only the newest token is taken.
    private Behaviour serve(Received request) {
        if (request.target().equals("/token")) {
            return new Behaviour.Answer(200, Map.of(), "token-" + issued.incrementAndGet());
        }
        return request.head().contains("authorization: Bearer token-" + issued.get() + "\r\n")
                ? TestingDestination.ok()
                : new Behaviour.Answer(401, Map.of(), "no good: token-" + (issued.get() - 1));
    }

    private Subject convert(String externalId) {
        world.source("push", platform.url("/unused"));
        return world.convert("push", externalId);
    }

    private void start() {
        world.start(adapter());
    }

    private BatchingAdapter adapter() {
        return BatchingAdapter.to(
                        platform.url("/batch"), 1, (_, _, byStatus) -> new Judgement.All(byStatus))
                .withTokenFrom(platform.url("/token"));
    }

    private long calls(String target) {
        return platform.received().stream().filter(r -> r.target().equals(target)).count();
    }

    @Test
    void one_token_serves_all_requests_until_shortly_before_its_end() {
        platform.does(this::serve);
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < 20; i++) {
            subjects.add(convert("X" + i));
        }
        start();
        world.runShortly();

        assertThat(calls("/token")).isEqualTo(1);
        assertThat(subjects).map(world::delivery).allMatch(d -> d.progress() == Progress.DELIVERED);

        world.run(Duration.ofMinutes(50));
        convert("late");
        world.runShortly();
        assertThat(calls("/token")).isEqualTo(1);

        world.run(Duration.ofMinutes(5));
        convert("later");
        world.runShortly();
        assertThat(calls("/token")).isEqualTo(2);
    }

    @Test
    void a_token_that_is_refused_is_renewed_once_and_no_try_is_burnt() {
        platform.does(this::serve);
        convert("X1");
        start();
        world.runShortly();

        issued.incrementAndGet();
        var subject = convert("X2");
        world.runShortly();

        assertThat(world.delivery(subject).progress()).isEqualTo(Progress.DELIVERED);
        assertThat(world.delivery(subject).attempts()).hasSize(1);
        assertThat(calls("/token")).isEqualTo(2);
    }

    @Test
    void a_new_token_that_is_refused_too_parks_the_destination() {
        platform.does(request ->
                request.target().equals("/token")
                        ? new Behaviour.Answer(200, Map.of(), "s3cret-token")
                        : new Behaviour.Answer(401, Map.of(), "s3cret-token has no access"));
        var subject = convert("X1");
        start();
        world.runShortly();

        assertThat(calls("/token")).isEqualTo(2);
        assertThat(calls("/batch")).isEqualTo(2);
        var delivery = world.delivery(subject);
        assertThat(delivery.attemptsMade()).isZero();
        assertThat(delivery.attempts().getFirst().note()).isEqualTo("*** has no access");
        assertThat(world.health("source:push").standing()).isEqualTo(Standing.PARKED);

        // Probes, each with one new token at most.
        world.run(Duration.ofMinutes(61));
        assertThat(calls("/token")).isBetween(6L, 10L);

        platform.does(this::serve);
        world.run(Duration.ofMinutes(16));
        assertThat(world.delivery(subject).progress()).isEqualTo(Progress.DELIVERED);
        assertThat(world.delivery(subject).attemptsMade()).isEqualTo(1);
    }

    @Test
    void a_refused_request_for_a_token_parks_the_destination_and_burns_nothing() {
        platform.does(new Behaviour.Answer(400, Map.of(), "invalid_grant"));
        var subject = convert("X1");
        start();
        world.runShortly();

        assertThat(platform.received()).hasSize(1);
        assertThat(world.delivery(subject).attempts()).isEmpty();
        var health = world.health("source:push");
        assertThat(health.standing()).isEqualTo(Standing.PARKED);
        assertThat(health.last())
                .extracting(DestinationHealth.LastAttempt::note)
                .isEqualTo("No access token: invalid_grant");

        platform.does(this::serve);
        world.run(Duration.ofMinutes(16));
        assertThat(world.delivery(subject).progress()).isEqualTo(Progress.DELIVERED);
    }

    @Test
    void an_outage_of_the_token_server_opens_the_breaker_and_burns_nothing() {
        platform.does(TestingDestination.status(500));
        var subjects = List.of(convert("X1"), convert("X2"));
        start();
        world.run(Duration.ofSeconds(29));

        assertThat(platform.received()).hasSize(5);
        assertThat(world.health("source:push").standing()).isEqualTo(Standing.BROKEN);
        assertThat(subjects).map(world::delivery).allMatch(d -> d.attempts().isEmpty());

        platform.does(this::serve);
        world.run(Duration.ofMinutes(5));
        assertThat(subjects)
                .map(world::delivery)
                .allMatch(d -> d.progress() == Progress.DELIVERED && d.attemptsMade() == 1);
    }

    @Test
    void an_answer_about_a_token_that_cannot_be_read_opens_the_breaker() {
        platform.does(this::serve);
        var subject = convert("X1");
        world.start(
                adapter()
                        .readingTokens((_, _) -> {
                            throw new IllegalStateException("unreadable");
                        }));
        world.run(Duration.ofSeconds(29));

        assertThat(platform.received()).hasSize(5);
        assertThat(world.health("source:push").standing()).isEqualTo(Standing.BROKEN);
        assertThat(world.delivery(subject).attempts()).isEmpty();
    }

    @Test
    void a_token_that_fits_in_no_header_is_none() {
        platform.does(request ->
                request.target().equals("/token") && issued.getAndIncrement() == 0
                        ? new Behaviour.Answer(200, Map.of(), "broken\u0001token")
                        : serve(request));
        var subject = convert("X1");
        start();
        world.run(Duration.ofMinutes(10));

        assertThat(world.delivery(subject).progress()).isEqualTo(Progress.DELIVERED);
        assertThat(world.delivery(subject).attemptsMade()).isEqualTo(1);
    }
}
