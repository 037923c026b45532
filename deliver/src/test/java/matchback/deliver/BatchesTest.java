package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.testing.BatchingAdapter;
import matchback.deliver.testing.TestingDestination;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many deliveries in one request, and what becomes of each.
class BatchesTest {
    private final TestingDestination platform = new TestingDestination();
    private final World world = new World(World.CONFIG.withLimits(4, 1000));

    @AfterEach
    void end() {
        platform.close();
        world.close();
    }

    private List<Subject> convert(int count) {
        world.source("push", platform.url("/unused"));
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < count; i++) {
            subjects.add(world.convert("push", "X" + i));
        }
        return subjects;
    }

    private static Set<String> lines(TestingDestination.Received request) {
        return Set.of(request.body().split("\n"));
    }

    private List<DeliveryState> deliveries(List<Subject> subjects) {
        return subjects.stream().map(world::delivery).toList();
    }

    private static Judgement byStatus(
            List<Parcel> parcels, Answer.Answered answer, Verdict status) {
        return new Judgement.All(status);
    }

    @Test
    void what_waits_goes_out_together_and_each_delivery_has_its_attempt() {
        var subjects = convert(250);

        world.start(BatchingAdapter.to(platform.url("/batch"), 100, BatchesTest::byStatus));
        world.runShortly();

        assertThat(platform.received())
                .extracting(request -> lines(request).size())
                .containsExactlyInAnyOrder(100, 100, 50);
        assertThat(platform.received().stream().flatMap(r -> lines(r).stream()))
                .hasSize(250)
                .doesNotHaveDuplicates();
        assertThat(deliveries(subjects))
                .allMatch(d -> d.progress() == Progress.DELIVERED && d.attemptsMade() == 1);
        assertThat(world.waiting("source:push")).isZero();
    }

    @Test
    void a_single_conversion_waits_for_no_others() {
        world.source("push", platform.url("/unused"));
        world.start(BatchingAdapter.to(platform.url("/batch"), 1000, BatchesTest::byStatus));
        world.runShortly();

        var subject = world.convert("push", "X");
        world.run(Duration.ofMillis(20));

        assertThat(world.delivery(subject).progress()).isEqualTo(Progress.DELIVERED);
    }

    @Test
    void of_a_thousand_with_one_bad_999_arrive_in_22_requests_and_one_is_a_dead_letter() {
        var subjects = convert(1_000);
        platform.does(request ->
                lines(request).contains("X777")
                        ? new TestingDestination.Behaviour.Answer(
                                400, Map.of(), "Invalid parameter")
                        : TestingDestination.ok());
        var adapter =
                BatchingAdapter.to(
                        platform.url("/batch"),
                        1_000,
                        (_, answer, byStatus) ->
                                answer.status() == 400
                                        ? new Judgement.Halve(
                                                byStatus.withResult(
                                                        AttemptResult.DEAD, Verdict.Sign.ALIVE))
                                        : new Judgement.All(byStatus));

        world.start(adapter);
        world.runShortly();

        assertThat(platform.received()).hasSizeLessThanOrEqualTo(22);
        var bad = world.delivery(subjects.get(777));
        assertThat(bad.progress()).isEqualTo(Progress.DEAD);
        assertThat(bad.attempts()).hasSize(1);
        assertThat(bad.attempts().getFirst().note()).isEqualTo("Invalid parameter");
        var others = new ArrayList<>(subjects);
        others.remove(777);
        assertThat(deliveries(others))
                .allMatch(d -> d.progress() == Progress.DELIVERED && d.attemptsMade() == 1);
        var accepted = new ArrayList<String>();
        platform.received().stream()
                .filter(request -> !lines(request).contains("X777"))
                .forEach(request -> accepted.addAll(lines(request)));
        assertThat(accepted).hasSize(999).doesNotHaveDuplicates();
    }

    @Test
    void those_that_an_answer_names_are_left_out_and_the_others_sent_again_at_once() {
        var subjects = convert(10);
        platform.does(request ->
                lines(request).contains("X3")
                        ? TestingDestination.status(400)
                        : TestingDestination.ok());
        var adapter =
                BatchingAdapter.to(
                        platform.url("/batch"),
                        10,
                        (parcels, answer, byStatus) ->
                                answer.status() == 400
                                        ? new Judgement.Without(
                                                IntStream.range(0, parcels.size())
                                                        .filter(i ->
                                                                Set.of("X3", "X5")
                                                                        .contains(
                                                                                parcels.get(i)
                                                                                        .content()))
                                                        .boxed()
                                                        .collect(
                                                                Collectors.toMap(
                                                                        i -> i,
                                                                        _ ->
                                                                                Verdict.hopeless(
                                                                                        "bad"))))
                                        : new Judgement.All(byStatus));

        world.start(adapter);
        world.runShortly();

        assertThat(platform.received())
                .extracting(request -> lines(request).size())
                .containsExactly(10, 8);
        assertThat(deliveries(subjects))
                .extracting(DeliveryState::progress)
                .filteredOn(Progress.DEAD::equals)
                .hasSize(2);
        assertThat(deliveries(subjects)).allMatch(d -> d.attemptsMade() == 1);
    }

    @Test
    void each_gets_its_own_verdict_and_one_that_is_tried_again_goes_alone() {
        var subjects = convert(3);
        var seen = new HashSet<String>();
        var adapter =
                BatchingAdapter.to(
                        platform.url("/batch"),
                        10,
                        (parcels, _, byStatus) ->
                                new Judgement.Each(
                                        parcels.stream()
                                                .map(parcel ->
                                                        parcel.content().equals("X1")
                                                                        && seen.add("X1")
                                                                ? byStatus.withResult(
                                                                        AttemptResult.RETRY,
                                                                        Verdict.Sign.ALIVE)
                                                                : byStatus)
                                                .toList()));

        world.start(adapter);
        world.run(Duration.ofSeconds(10));

        assertThat(deliveries(subjects))
                .allMatch(d -> d.progress() == Progress.DELIVERED)
                .extracting(DeliveryState::attemptsMade)
                .containsExactly(1, 2, 1);
        assertThat(platform.received().getLast().body()).isEqualTo("X1");
    }

    @Test
    void a_platform_that_is_down_is_probed_with_one_delivery_and_not_with_a_thousand() {
        var subjects = convert(500);
        platform.does(TestingDestination.status(401));

        world.start(BatchingAdapter.to(platform.url("/batch"), 100, BatchesTest::byStatus));
        world.run(Duration.ofHours(1));

        // Up to four may be under way before the first answer; after it one each 15 minutes.
        var sizes = platform.received().stream().map(request -> lines(request).size()).toList();
        assertThat(sizes.stream().takeWhile(size -> size == 100)).hasSizeBetween(1, 4);
        assertThat(sizes.stream().dropWhile(size -> size == 100))
                .hasSizeBetween(3, 4)
                .containsOnly(1);
        assertThat(world.health("source:push").standing()).isEqualTo(Standing.PARKED);

        platform.does(TestingDestination.ok());
        world.run(Duration.ofMinutes(16));
        assertThat(deliveries(subjects))
                .allMatch(d -> d.progress() == Progress.DELIVERED && d.attemptsMade() == 1);
    }

    @Test
    void one_that_cannot_be_sent_burns_no_request_and_says_why() {
        var subjects = convert(5);
        var adapter =
                BatchingAdapter.to(platform.url("/batch"), 10, BatchesTest::byStatus)
                        .preparing(shipment ->
                                shipment.value("externalid").equals("X2")
                                        ? new Preparation.Hopeless("older than 7 days")
                                        : BatchingAdapter.line(shipment));

        world.start(adapter);
        world.runShortly();

        assertThat(platform.received()).hasSize(1);
        var hopeless = world.delivery(subjects.get(2));
        assertThat(hopeless.progress()).isEqualTo(Progress.DEAD);
        assertThat(hopeless.attempts().getFirst().note()).isEqualTo("older than 7 days");
    }

    @Test
    void one_that_breaks_the_adapter_does_not_keep_back_the_others() {
        var subjects = convert(5);
        var adapter =
                BatchingAdapter.to(platform.url("/batch"), 10, BatchesTest::byStatus)
                        .preparing(shipment -> {
                            if (shipment.value("externalid").equals("X2")) {
                                throw new IllegalStateException("no such thing as X2");
                            }
                            return BatchingAdapter.line(shipment);
                        });

        world.start(adapter);
        world.runShortly();

        assertThat(deliveries(subjects))
                .filteredOn(d -> d.progress() == Progress.DELIVERED)
                .hasSize(4);
        var broken = world.delivery(subjects.get(2));
        assertThat(broken.progress()).isEqualTo(Progress.WAITING);
        assertThat(broken.attempts().getFirst().note())
                .isEqualTo("It could not be prepared: internal error, IllegalStateException");
    }

    @Test
    void a_judgement_that_fits_no_batch_is_our_fault_and_tried_again() {
        var subjects = convert(3);
        var adapter =
                BatchingAdapter.to(
                        platform.url("/batch"),
                        10,
                        (_, _, _) -> new Judgement.Without(Map.of(17, Verdict.hopeless("?"))));

        world.start(adapter);
        world.runShortly();

        assertThat(platform.received()).hasSize(1);
        assertThat(deliveries(subjects)).allMatch(d -> d.attemptsMade() == 1);
    }
}
