package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.testing.TestingDestination;
import matchback.deliver.testing.TestingDestination.Received;
import matchback.deliver.testing.TestingHook;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Subject;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Pace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Several destinations of the same conversions, each for itself.
class DestinationsTest {
    /// The least pause between two looks of the dispatcher at what is due.
    private static final long LOOK_MILLIS = 20;

    private final List<TestingDestination> doubles = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();
    private final World world = new World(World.CONFIG.withLimits(8, 1000));

    @AfterEach
    void end() {
        doubles.forEach(TestingDestination::close);
        world.close();
    }

    private TestingDestination hook(String key, Moment... moments) {
        var made = new TestingDestination();
        doubles.add(made);
        world.change(TestingHook.destination(key, made.url("/"), moments));
        return made;
    }

    private static List<String> heard(TestingDestination hook) {
        return hook.received().stream()
                .map(r -> r.parameter("m") + ' ' + r.parameter("p"))
                .toList();
    }

    private DeliveryState told(Subject subject, String key) {
        return world.deliveries(subject).stream()
                .filter(delivery -> delivery.destination().equals("hook:" + key))
                .findFirst()
                .orElseThrow();
    }

    private Subject convert(String externalId) {
        var subject = world.click("", externalId);
        world.report(subject, "payout=12.5&txid=T1");
        return subject;
    }

    @ParameterizedTest(name = "with {0} it saw {1}")
    @CsvSource({
        "APPROVED, approved 12.00",
        "PENDING, pending 10.00",
        "PENDING APPROVED, pending 10.00|approved 12.00",
        "APPROVED REJECTED, approved 12.00|rejected 12.00",
        "PENDING REJECTED, pending 10.00|rejected 12.00",
        "PENDING APPROVED REJECTED, pending 10.00|approved 12.00|rejected 12.00",
        "PENDING CHANGED REJECTED, pending 10.00|rejected 12.00",
        "PENDING APPROVED CHANGED REJECTED REVERSED, pending 10.00|approved 12.00|rejected 12.00",
    })
    void pending_approved_rejected_is_seen_as_set(String moments, String seen) {
        var set = EnumSet.noneOf(Moment.class);
        List.of(moments.split(" ", -1)).forEach(moment -> set.add(Moment.valueOf(moment)));
        var hook = hook("h", set.toArray(new Moment[0]));
        world.start(new TestingHook());

        var click = world.click("", "X");
        world.report(click, "payout=10&txid=T1&status=pending");
        world.runShortly();
        world.report(click, "payout=12&txid=T1&status=approved");
        world.runShortly();
        world.report(click, "txid=T1&status=rejected");
        world.runShortly();

        assertThat(String.join("|", heard(hook))).isEqualTo(seen);
        assertThat(hook.received().stream().map(r -> r.parameter("e")).distinct()).hasSize(1);
    }

    @Test
    void what_happened_while_it_was_down_is_heard_in_the_order_in_which_it_happened() {
        var hook = hook("h", Moment.PENDING, Moment.APPROVED, Moment.CHANGED, Moment.REVERSED);
        hook.does(TestingDestination.status(503));
        world.start(new TestingHook());
        var click = world.click("", "X");
        world.report(click, "payout=10&txid=T1&status=pending");
        world.run(Duration.ofHours(3));
        world.report(click, "payout=12&txid=T1&status=approved");
        world.run(Duration.ofHours(3));
        world.report(click, "payout=13&txid=T1&status=approved");
        world.report(click, "txid=T1&status=refund");
        world.run(Duration.ofHours(3));
        int before = hook.received().size();

        hook.does(TestingDestination.ok());
        world.run(Duration.ofHours(30));

        assertThat(heard(hook).subList(before, hook.received().size()))
                .containsExactly(
                        "pending 10.00", "approved 12.00", "changed 13.00", "reversed 13.00");
    }

    @Test
    void after_72_hours_down_all_arrive_once_and_the_others_were_as_quick_as_ever() {
        var down = hook("down");
        var others = IntStream.range(0, 4).mapToObj(i -> hook("up" + i)).toList();
        var calm = delays(others, 24);
        down.does(TestingDestination.status(500));
        int earlier = down.received().size();

        var stormy = delays(others, 72);

        // Whether one meets a look under way or waits for the next is chance.
        assertThat(calm).allMatch(ms -> ms <= LOOK_MILLIS);
        assertThat(stormy).allMatch(ms -> ms <= LOOK_MILLIS);
        var late = world.deliveries(subjects.getLast());
        assertThat(late).hasSize(5);
        down.does(TestingDestination.ok());
        int refused = down.received().size();
        world.run(Duration.ofHours(30));

        assertThat(subjects)
                .flatExtracting(world::deliveries)
                .allMatch(d -> d.progress() == Progress.DELIVERED);
        var taken = down.received().subList(refused, down.received().size());
        assertThat(taken.stream().map(r -> r.parameter("e")))
                .containsExactlyInAnyOrderElementsOf(
                        subjects.subList(earlier, subjects.size()).stream()
                                .map(subject -> told(subject, "down").eventId())
                                .toList());
        assertThat(down.received().stream().map(r -> r.parameter("e")).distinct())
                .hasSize(subjects.size());
        assertThat(earlier).isEqualTo(8);
        others.forEach(other ->
                assertThat(other.received().stream().map(r -> r.parameter("e")))
                        .hasSize(subjects.size())
                        .doesNotHaveDuplicates());
    }

    /// A conversion every three hours; the queueing delays at the others, in milliseconds.
    private Set<Long> delays(List<TestingDestination> others, int hours) {
        if (subjects.isEmpty()) {
            world.start(new TestingHook());
        }
        var delays = new TreeSet<Long>();
        for (int hour = 0; hour < hours; hour += 3) {
            subjects.add(convert("X" + subjects.size()));
            world.run(Duration.ofHours(3));
            for (int i = 0; i < others.size(); i++) {
                var told = told(subjects.getLast(), "up" + i);
                assertThat(told.attemptsMade()).isEqualTo(1);
                delays.add(told.attempts().getFirst().at() - told.createdAt());
            }
        }
        return delays;
    }

    @Test
    void a_paused_destination_gets_nothing_burns_nothing_and_goes_on_when_resumed() {
        var hook = hook("h");
        var paused = world.ledger.catalog().destination("h").orElseThrow().with(true, false);
        world.change(paused);
        var subject = convert("X");
        world.start(new TestingHook());

        world.run(Duration.ofDays(20));
        assertThat(hook.received()).isEmpty();
        assertThat(told(subject, "h").attempts()).isEmpty();
        assertThat(world.health("hook:h").standing()).isEqualTo(Standing.PAUSED);

        world.change(paused.with(false, false));
        world.run(Duration.ofMinutes(1));
        assertThat(told(subject, "h").progress()).isEqualTo(Progress.DELIVERED);
        assertThat(world.health("hook:h").standing()).isEqualTo(Standing.FLOWING);
    }

    @Test
    void what_was_under_way_when_it_was_paused_is_ended_and_the_rest_waits() {
        var hook = hook("h");
        world.change(paced("h", hook, new Pace(1, 10)));
        var told = IntStream.range(0, 30).mapToObj(i -> convert("X" + i)).toList();
        world.start(new TestingHook());
        world.run(Duration.ofSeconds(1));
        int before = hook.received().size();

        world.change(world.ledger.catalog().destination("h").orElseThrow().with(true, false));
        world.run(Duration.ofMinutes(2));

        assertThat(before).isBetween(5, 20);
        assertThat(hook.received().size() - before).isLessThanOrEqualTo(12);
        assertThat(world.health("hook:h").waiting()).isEqualTo(30 - hook.received().size());
        assertThat(told).allMatch(s -> told(s, "h").attempts().size() <= 1);
    }

    private static Destination paced(String key, TestingDestination hook, Pace pace) {
        var plain = TestingHook.destination(key, hook.url("/"));
        return new Destination(
                key,
                "",
                plain.type(),
                plain.settings(),
                Map.of(),
                plain.scope(),
                plain.conditions(),
                plain.moments(),
                plain.sum(),
                Map.of(),
                pace,
                false,
                false);
    }

    @Test
    void a_parked_destination_that_is_archived_is_no_longer_on_the_list_of_what_to_look_at() {
        var hook = hook("h");
        hook.does(TestingDestination.status(403));
        convert("X1");
        world.start(new TestingHook());
        world.runShortly();
        assertThat(world.dispatcher().standing(Standing.PARKED)).containsExactly("hook:h");

        var archived = world.ledger.catalog().destination("h").orElseThrow().with(false, true);
        world.change(archived);

        assertThat(world.dispatcher().standing(Standing.PARKED)).isEmpty();
        assertThat(world.health("hook:h").standing()).isEqualTo(Standing.PAUSED);
    }

    @Test
    void each_destination_has_its_own_pace() {
        var slow = hook("slow");
        world.change(paced("slow", slow, new Pace(2, 5)));
        var quick = hook("quick");
        IntStream.range(0, 100).forEach(i -> convert("X" + i));
        world.start(new TestingHook());

        world.run(Duration.ofSeconds(2));

        assertThat(quick.received()).hasSize(100);
        assertThat(slow.received()).hasSizeBetween(8, 12);

        world.change(paced("slow", slow, new Pace(2, 50)));
        world.run(Duration.ofMinutes(1).plusSeconds(3));
        assertThat(slow.received()).hasSize(100);
    }

    @Test
    void a_parked_destination_is_tried_again_at_once_when_somebody_resumes_it() {
        var hook = hook("h");
        hook.does(TestingDestination.status(403));
        var subjects = List.of(convert("X1"), convert("X2"));
        world.start(new TestingHook());
        world.runShortly();
        assertThat(world.health("hook:h").standing()).isEqualTo(Standing.PARKED);

        hook.does(TestingDestination.ok());
        world.dispatcher().resume("hook:h");
        world.runShortly();

        assertThat(subjects).allMatch(s -> told(s, "h").progress() == Progress.DELIVERED);
        assertThat(subjects).allMatch(s -> told(s, "h").attemptsMade() == 1);
    }

    @Test
    void a_test_event_goes_out_beside_the_queue_also_when_it_is_paused() {
        var hook = hook("h");
        hook.does(new TestingDestination.Behaviour.Answer(422, Map.of(), "unknown event"));
        world.change(world.ledger.catalog().destination("h").orElseThrow().with(true, false));
        world.start(new TestingHook());

        var trial = world.dispatcher().test("hook:h").orElseThrow().join();

        assertThat(trial.result()).isEqualTo(AttemptResult.RETRY);
        assertThat(trial.note()).isEqualTo("unknown event");
        assertThat(Objects.requireNonNull(trial.request()).line())
                .startsWith("GET " + hook.url("/?m=approved&p=1.00"));
        assertThat(Objects.requireNonNull(trial.answer()).line()).isEqualTo("422");
        assertThat(hook.received()).extracting(Received::target).hasSize(1);
        assertThat(world.dispatcher().test("nothing:h")).isEmpty();
    }
}
