package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.World.Visit;
import matchback.deliver.doubles.LocalServer;
import matchback.deliver.doubles.LocalServer.Trouble;
import matchback.deliver.doubles.MetaDouble;
import matchback.deliver.meta.MetaConversions;
import matchback.deliver.platform.PlatformAdapter;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Attempt;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.Secrets;
import matchback.model.Subject;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Pace;
import matchback.model.catalog.Destination.Scope;
import matchback.model.catalog.Destination.Sum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/// Meta from the outbox to a server that keeps Meta's rules, on virtual time.
class MetaDeliveriesTest {
    private static final String KEY = "fb";
    private static final String ADDRESS = "meta:fb";
    private static final String EMAIL = "john_smith@gmail.com";
    private static final String EMAIL_HASH =
            "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f";

    private final World world = new World(World.CONFIG.withLimits(4, 1000));
    private final Secrets secrets = new Secrets(new TokenFingerprints(new byte[32]));
    private final MetaDouble meta = new MetaDouble(world.vertx(), world.clock);

    @BeforeEach
    void connect() {
        world.source("ads", null);
        connect(MetaDouble.TOKEN);
    }

    private void connect(String token) {
        world.change(
                new Destination(
                        KEY,
                        "Facebook",
                        MetaConversions.TYPE,
                        Map.of(
                                "dataset",
                                MetaDouble.DATASET,
                                "endpoint",
                                meta.url(),
                                "page-url",
                                "https://shop.example/thanks"),
                        new HashMap<>(
                                Map.of(
                                        "access-token",
                                        secrets.seal(
                                                token,
                                                "destination/" + KEY + "/access-token",
                                                new SplittableRandom(token.hashCode())))),
                        Scope.ALL,
                        Conditions.NONE,
                        Set.of(Moment.APPROVED),
                        Sum.PAYOUT,
                        Map.of(),
                        Pace.DEFAULT,
                        false,
                        false));
    }

    @AfterEach
    void end() {
        meta.close();
        world.close();
    }

    private void start() {
        world.start(new PlatformAdapter(MetaConversions.PLATFORM, secrets));
    }

    private List<Subject> convert(int count) {
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < count; i++) {
            var visit = Visit.by("fbclid=IwAR" + i).of(Map.of("email", EMAIL));
            subjects.add(world.convert("ads", visit));
        }
        return subjects;
    }

    private List<DeliveryState> deliveries(List<Subject> subjects) {
        return subjects.stream().map(world::delivery).toList();
    }

    private static void assertDelivered(List<DeliveryState> deliveries) {
        assertThat(deliveries).allMatch(d -> d.progress() == Progress.DELIVERED);
    }

    @Test
    void conversions_arrive_together_each_once_with_what_is_known_of_the_person() {
        long clickedAt = world.clock.millis();
        var subjects = convert(250);

        start();
        world.runShortly();

        assertDelivered(deliveries(subjects));
        assertThat(meta.server().calls()).hasSize(1);
        assertThat(meta.taken())
                .hasSize(250)
                .extracting(MetaDouble.Taken::eventId)
                .doesNotHaveDuplicates();
        var user = meta.taken().getFirst().event().path("user_data");
        assertThat(user.path("em").asText()).isEqualTo(EMAIL_HASH);
        assertThat(user.path("fbc").asText()).startsWith("fb.1." + clickedAt + ".IwAR");
        assertThat(user.path("client_ip_address").asText()).isEqualTo("203.0.113.7");
        assertThat(world.delivery(subjects.getFirst()).attempts().getFirst().note())
                .contains("\"events_received\":250", "fbtrace_id");
    }

    @Test
    void of_a_thousand_with_one_bad_999_arrive_in_22_requests_and_one_is_a_dead_letter() {
        var subjects = convert(1_000);
        var bad = world.delivery(subjects.get(637));
        meta.refuses(event -> event.path("event_id").asText().equals(bad.eventId()));

        start();
        world.runShortly();

        assertThat(meta.taken()).hasSize(999);
        assertThat(meta.repeats()).isZero();
        assertThat(meta.server().calls()).hasSizeLessThanOrEqualTo(22);
        var dead = world.delivery(subjects.get(637));
        assertThat(dead.progress()).isEqualTo(Progress.DEAD);
        assertThat(dead.attempts()).hasSize(1);
        assertThat(dead.attempts().getFirst().note()).startsWith("100 Invalid parameter in {");
        var others = new ArrayList<>(subjects);
        others.remove(637);
        assertDelivered(deliveries(others));
        System.out.printf(
                "meta: one bad event among 1,000: %d requests%n", meta.server().calls().size());
    }

    @Test
    void an_expired_token_parks_it_and_a_new_one_lets_it_go_on_at_once() {
        meta.expects("EAAdouble-the-next-one-0123456789");
        var subjects = convert(50);

        start();
        world.run(Duration.ofHours(1));
        assertThat(world.health(ADDRESS).standing()).isEqualTo(Standing.PARKED);
        assertThat(world.waiting(ADDRESS)).isEqualTo(50);
        assertThat(meta.taken()).isEmpty();

        connect("EAAdouble-the-next-one-0123456789");
        world.run(Duration.ofMinutes(2));

        assertDelivered(deliveries(subjects));
        assertThat(meta.taken()).hasSize(50);
    }

    @Test
    void what_grows_too_old_while_it_is_parked_ends_with_the_limit_in_its_note() {
        meta.expects("EAAanother");
        var subject = convert(1).getFirst();
        start();
        world.runShortly();

        world.clock.jump(Duration.ofDays(7));
        connect("EAAdouble-the-next-one-0123456789");
        world.run(Duration.ofMinutes(2));

        var delivery = world.delivery(subject);
        assertThat(delivery.progress()).isEqualTo(Progress.DEAD);
        assertThat(delivery.attempts().getLast().note())
                .isEqualTo("It happened 7 days ago; Meta takes events of the last 7 days");
        assertThat(delivery.attempts().getLast().url()).isEmpty();
    }

    @Test
    void a_limit_is_waited_for_as_long_as_meta_says() {
        meta.limits(7);
        var subjects = convert(20);

        start();
        world.run(Duration.ofMinutes(6));
        assertThat(meta.server().calls()).hasSize(1);
        assertThat(world.health(ADDRESS).standing()).isEqualTo(Standing.THROTTLED);

        meta.limits(0);
        world.run(Duration.ofMinutes(10));
        assertDelivered(deliveries(subjects));
        assertThat(meta.taken()).hasSize(20);
    }

    static List<Trouble> troubles() {
        return List.of(
                new Trouble.Instead(LocalServer.Reply.json(503, "{}")),
                new Trouble.Instead(
                        LocalServer.Reply.json(
                                500,
                                "{\"error\":{\"message\":\"Please retry\",\"code\":2,"
                                        + "\"is_transient\":true}}")),
                new Trouble.Instead(LocalServer.Reply.json(200, "{\"events_received\":0}")),
                new Trouble.Instead(LocalServer.Reply.json(200, "<html>Sign in</html>")),
                new Trouble.Silence(),
                new Trouble.BreakOff(),
                new Trouble.LostAnswer());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void trouble_is_tried_again_and_every_conversion_arrives_once(Trouble trouble) {
        var subjects = convert(3);
        meta.server().next(3, trouble);

        if (trouble instanceof Trouble.Silence) {
            world.startImpatiently(new PlatformAdapter(MetaConversions.PLATFORM, secrets));
        } else {
            start();
        }
        world.run(Duration.ofHours(30));

        assertDelivered(deliveries(subjects));
        assertThat(meta.taken()).extracting(MetaDouble.Taken::eventId).doesNotHaveDuplicates();
        assertThat(meta.taken()).hasSize(3);
    }

    @Test
    void nothing_secret_or_personal_stands_in_attempts_or_logs() {
        var logged = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger("matchback");
        logged.start();
        root.addAppender(logged);
        meta.refuses(_ -> true);
        var refused = convert(3);
        start();
        world.runShortly();
        meta.refuses(_ -> false);
        meta.expects("EAAanother");
        var parked = convert(1);

        world.runShortly();
        root.detachAppender(logged);

        var texts = new ArrayList<String>();
        refused.addAll(parked);
        deliveries(refused).stream()
                .flatMap(delivery -> delivery.attempts().stream())
                .forEach(attempt -> texts.add(attempt.url() + " " + attempt.note()));
        // Tests of other classes log too, perhaps just now.
        synchronized (logged) {
            logged.list.forEach(event -> texts.add(event.getFormattedMessage()));
        }
        assertThat(texts).hasSizeGreaterThan(4);
        assertThat(texts)
                .noneMatch(text -> text.contains(EMAIL))
                .noneMatch(text -> text.contains(EMAIL_HASH))
                .noneMatch(text -> text.contains(MetaDouble.TOKEN))
                .noneMatch(text -> text.contains("IwAR"))
                .noneMatch(text -> text.contains("203.0.113.7"))
                .noneMatch(text -> text.contains("Mozilla"));
        assertThat(deliveries(parked).getFirst().attempts())
                .extracting(Attempt::result)
                .containsOnly(AttemptResult.PARKED);
        assertThat(deliveries(parked).getFirst().attempts().getLast().note())
                .isEqualTo(
                        "190/463 Error validating access token: *** (fbtrace_id Double%06d)"
                                .formatted(meta.server().calls().size()));
    }
}
