package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.World.Visit;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.doubles.LocalServer.Trouble;
import matchback.deliver.doubles.TikTokDouble;
import matchback.deliver.platform.PlatformAdapter;
import matchback.deliver.testing.Told;
import matchback.deliver.tiktok.TikTok;
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

/// TikTok from the outbox to a server that keeps TikTok's rules, on virtual time.
class TikTokDeliveriesTest {
    private static final String ADDRESS = "tiktok:tt";
    private static final String TOKEN = "access-token-1234";
    private static final String EMAIL = "person@example.com";
    private static final String EMAIL_HASH =
            "542d240129883c019e106e3b1b2d3f3cb3537c43c425364de8e951d5a3083345";

    private final World world = new World(World.CONFIG.withLimits(4, 1000));

    private final TikTokDouble tiktok =
            new TikTokDouble(world.vertx(), world.clock, "CPIXEL7", TOKEN);

    @BeforeEach
    void connect() {
        world.source("ads", null);
        world.change(destination(TOKEN));
    }

    @AfterEach
    void end() {
        tiktok.close();
        world.close();
    }

    private Destination destination(String token) {
        return new Destination(
                "tt",
                "TikTok",
                "tiktok",
                Map.of("pixel-code", "CPIXEL7", "endpoint", tiktok.endpoint()),
                Map.of(
                        "access-token",
                        Told.SECRETS.seal(
                                token, "destination/tt/access-token", new SplittableRandom(3))),
                Scope.ALL,
                Conditions.NONE,
                Set.of(Moment.APPROVED),
                Sum.PAYOUT,
                Map.of(),
                Pace.DEFAULT,
                false,
                false);
    }

    private void start() {
        world.start(new PlatformAdapter(TikTok.PLATFORM, Told.SECRETS));
    }

    private List<Subject> convert(int count) {
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < count; i++) {
            subjects.add(world.convert("ads", visit("T" + i)));
        }
        return subjects;
    }

    private static Visit visit(String txid) {
        return Visit.by("ttclid=E.C.P." + txid)
                .of(Map.of("email", EMAIL))
                .reported("payout=12.5&currency=USD&txid=" + txid);
    }

    private List<DeliveryState> deliveries(List<Subject> subjects) {
        return subjects.stream().map(world::delivery).toList();
    }

    @Test
    void a_thousand_conversions_go_in_one_request() {
        var subjects = convert(1_000);

        start();
        world.runShortly();

        assertThat(tiktok.server().calls()).hasSize(1);
        assertThat(tiktok.taken()).hasSize(1_000);
        assertThat(deliveries(subjects))
                .allMatch(d -> d.progress() == Progress.DELIVERED && d.attemptsMade() == 1);
    }

    @Test
    void of_a_thousand_with_one_bad_999_arrive_in_22_requests() {
        var subjects = convert(1_000);
        tiktok.refuse("T777");

        start();
        world.run(Duration.ofMinutes(1));

        assertThat(tiktok.taken()).hasSize(999);
        assertThat(tiktok.repeats()).isEmpty();
        assertThat(tiktok.server().calls().size()).isLessThanOrEqualTo(22);
        var bad = world.delivery(subjects.get(777));
        assertThat(bad.progress()).isEqualTo(Progress.DEAD);
        assertThat(bad.attempts().getLast().note())
                .startsWith("TikTok 40002: data.0.properties: Not a valid order.");
        assertThat(deliveries(subjects)).filteredOn(d -> d.progress() == Progress.DEAD).hasSize(1);
    }

    @Test
    void a_token_that_is_refused_parks_and_a_new_one_resumes() {
        tiktok.takeToken("another-token-5678");
        var subjects = convert(3);
        start();

        world.run(Duration.ofDays(2));

        assertThat(world.health(ADDRESS).standing()).isEqualTo(Standing.PARKED);
        assertThat(deliveries(subjects)).allMatch(d -> d.attemptsMade() == 0);
        assertThat(world.delivery(subjects.getFirst()).attempts().getLast().note())
                .contains("make a new one in TikTok Events Manager", "TikTok 40105");

        world.change(destination("another-token-5678"));
        world.run(Duration.ofMinutes(2));

        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(world.health(ADDRESS).standing()).isEqualTo(Standing.FLOWING);
    }

    @Test
    void a_spent_quota_is_waited_for() {
        tiktok.quota(0);
        var subjects = convert(5);
        start();
        world.run(Duration.ofSeconds(30));
        assertThat(world.health(ADDRESS).standing()).isEqualTo(Standing.THROTTLED);

        tiktok.refill();
        world.run(Duration.ofHours(1));

        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(tiktok.taken()).hasSize(5);
    }

    @Test
    void trouble_of_every_kind_ends_with_each_conversion_counted_once() {
        var server = tiktok.server();
        server.next(1, new Trouble.BreakOff());
        server.next(1, new Trouble.LostAnswer());
        server.next(1, new Trouble.Silence());
        server.next(1, new Trouble.Instead(Reply.json(500, "{\"code\":50000}")));
        server.next(1, new Trouble.Instead(Reply.json(200, "{\"code\":51010}")));
        server.next(1, new Trouble.Instead(Reply.json(200, "<html>")));
        var subjects = convert(20);
        world.startImpatiently(new PlatformAdapter(TikTok.PLATFORM, Told.SECRETS));

        world.run(Duration.ofDays(3));

        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(tiktok.taken()).hasSize(20);
        var ids = new HashSet<String>();
        tiktok.taken().forEach(taken -> ids.add(taken.eventId()));
        assertThat(ids).hasSize(20);
    }

    @Test
    void what_gets_too_old_on_the_way_ends_with_a_word() {
        tiktok.takeToken("another-token-5678");
        var subjects = convert(1);
        start();
        world.run(Duration.ofDays(8));

        tiktok.takeToken(TOKEN);
        world.change(destination(TOKEN));
        world.run(Duration.ofHours(1));

        var delivery = world.delivery(subjects.getFirst());
        assertThat(delivery.progress()).isEqualTo(Progress.DEAD);
        assertThat(delivery.attempts().getLast().note()).contains("of the last 7 days");
    }

    @Test
    void nothing_personal_or_secret_stands_in_an_attempt() {
        tiktok.server()
                .next(
                        3,
                        new Trouble.Instead(
                                Reply.json(
                                        200,
                                        "{\"code\":50000,\"message\":\"%s %s E.C.P.T0 203.0.113.7\"}"
                                                .formatted(TOKEN, EMAIL_HASH))));
        var subjects = convert(1);
        start();
        world.run(Duration.ofDays(1));

        var attempts = world.delivery(subjects.getFirst()).attempts();
        assertThat(attempts).hasSizeGreaterThan(3);
        assertThat(attempts.toString())
                .contains("*** *** *** ***")
                .doesNotContain(TOKEN, EMAIL, EMAIL_HASH, "E.C.P.T0", "203.0.113.7");
    }
}
