package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.World.Visit;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.doubles.LocalServer.Trouble;
import matchback.deliver.doubles.RedditDouble;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.reddit.Reddit;
import matchback.deliver.testing.Told;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Subject;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Pace;
import matchback.model.catalog.Destination.Scope;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reddit from the outbox to a server that keeps Reddit's rules, on virtual time.
class RedditDeliveriesTest {
    private static final String TOKEN = "reddit-token-1234";

    private final World world = new World(World.CONFIG.withLimits(4, 1000));
    private final RedditDouble reddit =
            new RedditDouble(world.vertx(), world.clock, "t2_pixel", TOKEN);

    @BeforeEach
    void connect() {
        world.source("ads", null);
        world.change(destination(TOKEN));
        world.start(new PlatformAdapter(Reddit.PLATFORM, Told.SECRETS));
    }

    @AfterEach
    void end() {
        reddit.close();
        world.close();
    }

    private Destination destination(String token) {
        return new Destination(
                "rd",
                "Reddit",
                "reddit",
                Map.of("pixel-id", "t2_pixel", "endpoint", reddit.endpoint()),
                Map.of(
                        "access-token",
                        Told.SECRETS.seal(
                                token, "destination/rd/access-token", new SplittableRandom(3))),
                Scope.ALL,
                Conditions.NONE,
                Set.of(Moment.APPROVED),
                Sum.PAYOUT,
                Map.of(),
                Pace.DEFAULT,
                false,
                false);
    }

    private List<Subject> convert(int count) {
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < count; i++) {
            subjects.add(
                    world.convert(
                            "ads",
                            Visit.by("rdt_cid=Click-" + i)
                                    .of(Map.of("email", "person@example.com"))
                                    .reported("payout=12.5&currency=USD&txid=T" + i)));
        }
        return subjects;
    }

    private List<DeliveryState> deliveries(List<Subject> subjects) {
        return subjects.stream().map(world::delivery).toList();
    }

    @Test
    void of_a_thousand_with_one_bad_999_arrive_in_22_requests() {
        reddit.refuse("Click-333");
        var subjects = convert(1_000);

        world.run(Duration.ofMinutes(1));

        assertThat(reddit.taken()).hasSize(999);
        var bad = world.delivery(subjects.get(333));
        assertThat(bad.progress()).isEqualTo(Progress.DEAD);
        assertThat(bad.attempts().getLast().note()).contains("click_id: not valid");
        assertThat(deliveries(subjects)).filteredOn(d -> d.progress() == Progress.DEAD).hasSize(1);
    }

    @Test
    void a_token_that_is_refused_parks_and_a_new_one_resumes() {
        reddit.takeToken("another-token-5678");
        var subjects = convert(2);
        world.run(Duration.ofDays(1));
        assertThat(world.health("reddit:rd").standing()).isEqualTo(Standing.PARKED);

        world.change(destination("another-token-5678"));
        world.run(Duration.ofMinutes(2));

        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
    }

    @Test
    void trouble_ends_with_each_conversion_counted_once_and_nothing_personal_in_a_note() {
        var server = reddit.server();
        server.next(1, new Trouble.LostAnswer());
        server.next(1, new Trouble.Instead(Reply.json(429, "")));
        server.next(
                1,
                new Trouble.Instead(
                        Reply.json(
                                500,
                                TOKEN
                                        + " Click-0 203.0.113.7 "
                                        + "542d240129883c019e106e3b1b2d3f3cb3537c43c425364de8e951d5a3083345")));
        var subjects = convert(1);

        world.run(Duration.ofDays(2));

        assertThat(reddit.taken()).hasSize(1);
        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(deliveries(subjects).toString())
                .contains("*** *** *** ***")
                .doesNotContain(TOKEN, "Click-0", "203.0.113.7", "542d2401");
    }
}
