package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.testing.TestingDestination;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Subject;
import matchback.model.catalog.TrafficSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What waits for the operator: nothing is burnt, nothing is lost, and everybody can see why.
class ParkingTest {
    private final TestingDestination network = new TestingDestination();
    private World world = new World(World.CONFIG.withLimits(1, 1000));

    @AfterEach
    void end() {
        network.close();
        world.close();
    }

    private List<Subject> convert(int count) {
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < count; i++) {
            subjects.add(world.convert("push", "X" + i));
        }
        return subjects;
    }

    private void assertParked(Subject subject, String note) {
        var delivery = world.delivery(subject);
        assertThat(delivery.progress()).isEqualTo(Progress.WAITING);
        assertThat(delivery.attemptsMade()).isZero();
        assertThat(delivery.attempts().getLast().result()).isEqualTo(AttemptResult.PARKED);
        assertThat(delivery.attempts().getLast().note()).contains(note);
        assertThat(delivery.dueAt()).isEqualTo(delivery.attempts().getLast().at());
        assertThat(world.health("source:push").standing()).isEqualTo(Standing.PARKED);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void a_refused_login_parks_the_destination_and_resumes_by_itself(int status) {
        network.does(TestingDestination.status(status));
        world.source("push", network.url("/pb"));
        var subjects = convert(3);
        world.start();

        world.run(Duration.ofHours(20));
        assertParked(subjects.getFirst(), "status " + status);
        assertThat(subjects).map(world::delivery).allMatch(d -> d.attemptsMade() == 0);
        // One probe in each quarter of an hour.
        assertThat(network.received()).hasSizeBetween(75, 81);

        network.does(TestingDestination.ok());
        world.run(Duration.ofMinutes(31));
        assertThat(subjects)
                .map(world::delivery)
                .allMatch(d -> d.progress() == Progress.DELIVERED && d.attemptsMade() == 1);
        assertThat(world.health("source:push").standing()).isEqualTo(Standing.FLOWING);
    }

    @Test
    void new_settings_are_tried_at_once() {
        network.does(request ->
                TestingDestination.status(request.parameter("token").equals("right") ? 200 : 401));
        world.source("push", network.url("/pb?token=wrong"));
        var subjects = convert(3);
        world.start();
        world.runShortly();
        assertThat(network.received()).hasSize(1);

        world.source("push", network.url("/pb?token=right"));
        world.run(Duration.ofMinutes(1));

        assertThat(network.received()).hasSize(4);
        assertThat(subjects).map(world::delivery).allMatch(d -> d.progress() == Progress.DELIVERED);
    }

    @Test
    void an_archived_source_parks_its_deliveries_until_it_is_back() {
        world.source("push", network.url("/pb"));
        var subject = world.convert("push", "X1");
        world.change(new TrafficSource("push", "push", Map.of(), network.url("/pb"), true));
        world.start();

        world.runShortly();
        assertThat(world.delivery(subject).attempts().getLast().note())
                .isEqualTo("The traffic source push is archived");
        assertThat(world.delivery(subject).attemptsMade()).isZero();
        assertThat(world.health("source:push").standing()).isEqualTo(Standing.PAUSED);

        world.source("push", network.url("/pb"));
        world.run(Duration.ofMinutes(15));
        assertThat(world.delivery(subject).progress()).isEqualTo(Progress.DELIVERED);
    }

    @Test
    void a_source_without_a_url_parks_its_deliveries() {
        world.source("push", network.url("/pb"));
        var subject = world.convert("push", "X1");
        world.source("push", null);
        world.start();

        world.runShortly();

        assertParked(subject, "The traffic source push has no postbackUrl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://{source}.example/",
                "ftp://tracker.example/",
                "http://127.0.0.1:1/{nonsense}",
                "http://0x7f.1/",
                "http://127.0.0.1:99999/"
            })
    void a_url_that_cannot_be_used_parks_its_deliveries(String url) {
        world.source("push", network.url("/pb"));
        var subject = world.convert("push", "X1");
        world.source("push", url);
        world.start();

        world.runShortly();

        assertParked(subject, "");
        assertThat(world.delivery(subject).attempts().getLast().note()).isNotEmpty();
        assertThat(network.received()).isEmpty();
    }

    @Test
    void a_private_address_is_refused_with_the_setting_that_allows_it() {
        world.close();
        world = new World(World.CONFIG.withPrivate(false));
        world.source("push", network.url("/pb"));
        var subject = world.convert("push", "X1");
        world.start();

        world.runShortly();

        assertParked(
                subject,
                "The address 127.0.0.1 is refused: loopback; the setting"
                        + " allow-private-destinations allows it");
        assertThat(network.connections()).isZero();
    }

    @Test
    void a_destination_of_an_unknown_kind_is_parked() {
        world.source("push", network.url("/pb"));
        var subject = world.convert("push", "X1");
        world.start(world.ledger, new GuardedClient(world.vertx(), World.CONFIG), List.of());

        world.runShortly();

        assertParked(subject, "There is no adapter for source:push");
    }

    @Test
    void a_token_of_the_url_does_not_show_up_in_the_note() {
        network.does(
                new TestingDestination.Behaviour.Answer(
                        400, Map.of(), "no such token: s3cr%20et1 (s3cr et1)\u0007\nbye"));
        world.source("push", network.url("/pb?auth_token=s3cr%20et1&cid={externalid}"));
        var subject = world.convert("push", "X1");
        world.start();

        world.runShortly();

        assertThat(world.delivery(subject).attempts().getFirst().note())
                .isEqualTo("no such token: *** (***)\uFFFD bye");
    }
}
