package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import matchback.deliver.DestinationHealth.Standing;
import matchback.deliver.World.Visit;
import matchback.deliver.doubles.DataManagerDouble;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.doubles.LocalServer.Trouble;
import matchback.deliver.doubles.TokenDesk;
import matchback.deliver.google.DataManager;
import matchback.ledger.Event.AttemptResult;
import matchback.ledger.state.DeliveryState;
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

/// Google from the outbox to a server that keeps Google's rules, on virtual time.
class GoogleDeliveriesTest {
    private static final String SALES = "7001";
    private static final String LEADS = "7002";

    private final World world = new World(World.CONFIG.withLimits(4, 1000));
    private final Secrets secrets = new Secrets(new TokenFingerprints(new byte[32]));
    private final DataManagerDouble google =
            new DataManagerDouble(world.vertx(), world.clock, Set.of(SALES, LEADS));

    @BeforeEach
    void connect() {
        world.source("ads", null);
        world.change(destination(Map.of(), userSecrets(TokenDesk.REFRESH_TOKEN)));
    }

    @AfterEach
    void end() {
        google.close();
        world.close();
    }

    private static Map<String, String> userSecrets(String refreshToken) {
        return Map.of("client-secret", TokenDesk.CLIENT_SECRET, "refresh-token", refreshToken);
    }

    private Destination destination(Map<String, String> settings, Map<String, String> clear) {
        var all =
                new HashMap<>(
                        Map.of(
                                "customer-id",
                                "123-456-7890",
                                "conversion-action-id",
                                SALES,
                                "client-id",
                                TokenDesk.CLIENT_ID,
                                "endpoint",
                                google.endpoint(),
                                "token-url",
                                google.tokenUrl()));
        all.putAll(settings);
        var sealed = new HashMap<String, String>();
        var random = new SplittableRandom(11);
        clear.forEach((name, secret) ->
                sealed.put(name, secrets.seal(secret, "destination/ads/" + name, random)));
        return new Destination(
                "ads",
                "Ads",
                DataManager.KIND,
                all,
                sealed,
                Scope.ALL,
                Conditions.NONE,
                Set.of(Moment.APPROVED),
                Sum.PAYOUT,
                Map.of("lead", LEADS),
                Pace.DEFAULT,
                false,
                false);
    }

    private List<Subject> convert(int count) {
        var subjects = new ArrayList<Subject>();
        for (int i = 0; i < count; i++) {
            subjects.add(world.convert("ads", Visit.by("gclid=click-" + i)));
        }
        return subjects;
    }

    private void start() {
        world.start(new DataManager(secrets));
    }

    private List<DeliveryState> deliveries(List<Subject> subjects) {
        return subjects.stream().map(world::delivery).toList();
    }

    private long ingests() {
        return google.server().calls().stream()
                .filter(call -> call.path().endsWith("events:ingest"))
                .count();
    }

    @Test
    void conversions_arrive_in_one_request_with_a_token_of_their_own() {
        var subjects = convert(1_000);

        start();
        world.runShortly();

        assertThat(google.conversions()).hasSize(1_000);
        assertThat(ingests()).isEqualTo(1);
        assertThat(google.tokens().given()).isEqualTo(1);
        assertThat(deliveries(subjects))
                .allMatch(d -> d.progress() == Progress.DELIVERED && d.attemptsMade() == 1);
        assertThat(world.delivery(subjects.getFirst()).attempts().getFirst().note())
                .isEqualTo("Taken as request request-1");
    }

    @Test
    void a_service_account_signs_for_itself() {
        world.change(
                destination(
                        Map.of("client-id", ""),
                        Map.of("service-account-key", google.tokens().serviceAccountKey())));
        var subjects = convert(1);

        start();
        world.runShortly();

        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(google.conversions()).hasSize(1);
    }

    @Test
    void of_a_thousand_with_one_bad_999_arrive_in_two_requests() {
        var subjects = convert(999);
        google.refuses("bad-one");
        subjects.add(777, world.convert("ads", Visit.by("gclid=bad-one")));

        start();
        world.runShortly();

        var bad = world.delivery(subjects.get(777));
        assertThat(ingests()).isEqualTo(2);
        assertThat(google.conversions()).hasSize(999);
        assertThat(bad.progress()).isEqualTo(Progress.DEAD);
        assertThat(bad.attempts().getFirst().note()).startsWith("INVALID_EVENT");
    }

    @Test
    void a_token_that_ends_is_renewed_and_nothing_is_burnt() {
        var first = convert(1);
        start();
        world.runShortly();

        google.tokens().forget();
        var second = convert(1);
        world.runShortly();

        assertThat(deliveries(first)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(deliveries(second))
                .allMatch(d -> d.progress() == Progress.DELIVERED && d.attemptsMade() == 1);
        assertThat(google.tokens().given()).isEqualTo(2);
    }

    @Test
    void a_revoked_consent_parks_and_a_new_one_resumes() {
        google.tokens().revoke(true);
        var subjects = convert(3);
        start();

        world.run(Duration.ofDays(5));

        assertThat(world.health("google:ads").standing()).isEqualTo(Standing.PARKED);
        assertThat(world.health("google:ads").toString())
                .contains("invalid_grant", "enter a new one");
        assertThat(deliveries(subjects)).allMatch(d -> d.attemptsMade() == 0);

        google.tokens().revoke(false);
        world.change(
                destination(Map.of("event-source", "APP"), userSecrets(TokenDesk.REFRESH_TOKEN)));
        world.run(Duration.ofMinutes(2));

        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(world.health("google:ads").standing()).isEqualTo(Standing.FLOWING);
    }

    @Test
    void a_conversion_action_that_does_not_exist_holds_up_its_own_events_only() {
        world.change(
                destination(
                        Map.of("conversion-action-id", "7999"),
                        userSecrets(TokenDesk.REFRESH_TOKEN)));
        var sales = convert(3);
        var lead =
                world.convert(
                        "ads", Visit.by("gclid=l1").reported("event=lead&payout=1&currency=USD"));
        start();

        world.run(Duration.ofHours(3));

        assertThat(world.delivery(lead).progress()).isEqualTo(Progress.DELIVERED);
        assertThat(deliveries(sales))
                .allMatch(d -> d.progress() == Progress.WAITING && d.attemptsMade() == 0);
        // Once in a quarter of an hour.
        assertThat(ingests()).isBetween(12L, 16L);

        var later =
                world.convert(
                        "ads", Visit.by("gclid=l2").reported("event=lead&payout=1&currency=USD"));
        world.runShortly();
        assertThat(world.delivery(later).progress()).isEqualTo(Progress.DELIVERED);

        world.change(destination(Map.of(), userSecrets(TokenDesk.REFRESH_TOKEN)));
        world.run(Duration.ofMinutes(16));
        assertThat(deliveries(sales)).allMatch(d -> d.progress() == Progress.DELIVERED);
    }

    @Test
    void a_used_up_day_burns_no_try() {
        google.quotas(300, 2);
        start();
        var first = new ArrayList<Subject>();
        for (int i = 0; i < 2; i++) {
            first.addAll(convert(1));
            world.runShortly();
        }
        var second = convert(2);

        world.run(Duration.ofHours(30));

        assertThat(deliveries(first)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(deliveries(second))
                .allMatch(d -> d.progress() == Progress.DELIVERED && d.attemptsMade() == 1);
        // Once in a quarter of an hour until the next day.
        assertThat(ingests()).isLessThan(110);
    }

    @Test
    void a_used_up_minute_is_waited_for() {
        google.quotas(1, 100_000);
        convert(1);
        start();
        world.runShortly();

        var second = convert(1);
        world.run(Duration.ofMinutes(3));

        assertThat(deliveries(second)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(google.events()).hasSize(2);
    }

    @Test
    void a_lost_answer_counts_once_in_the_end() {
        var subjects = convert(5);
        start();
        world.runShortly();
        google.server().next(1, new Trouble.LostAnswer());
        subjects.addAll(convert(5));

        world.run(Duration.ofMinutes(10));

        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(google.events()).hasSizeGreaterThan(10);
        assertThat(google.conversions()).hasSize(10);
    }

    @Test
    void trouble_of_every_kind_ends_with_each_conversion_once() {
        var subjects = convert(20);
        google.server().next(1, new Trouble.BreakOff());
        google.server().next(1, new Trouble.Instead(Reply.json(500, "{}")));
        google.server().next(1, new Trouble.Instead(Reply.json(200, "no json")));
        google.server().next(1, new Trouble.Instead(Reply.json(503, "<html>")));
        google.server().next(1, new Trouble.Silence());
        google.server().next(1, new Trouble.LostAnswer());
        world.startImpatiently(new DataManager(secrets));

        world.run(Duration.ofHours(12));

        assertThat(deliveries(subjects)).allMatch(d -> d.progress() == Progress.DELIVERED);
        assertThat(google.conversions()).hasSize(20);
    }

    @Test
    void nothing_secret_or_personal_stands_in_an_attempt() {
        var person = Map.of("email", "quinn@example.com", "phone", "+1 800-555-0100");
        var subject = world.convert("ads", Visit.by("gclid=G-secret-1").of(person));
        start();
        world.runShortly();
        var shown = new StringBuilder(world.health("google:ads").toString());
        world.delivery(subject).attempts().forEach(shown::append);

        assertThat(world.delivery(subject).attempts().getFirst().result())
                .isEqualTo(AttemptResult.DELIVERED);
        assertThat(shown.toString())
                .doesNotContain(
                        TokenDesk.CLIENT_SECRET,
                        TokenDesk.REFRESH_TOKEN,
                        "access-token-",
                        "quinn",
                        "8005550100",
                        "G-secret-1",
                        "203.0.113.7");
    }

    private Aftermath aftermath() {
        return world.health("google:ads").aftermath();
    }

    private long inquiries() {
        return google.server().calls().stream()
                .filter(call -> call.path().endsWith("requestStatus:retrieve"))
                .count();
    }

    @Test
    void what_google_makes_of_conversions_is_asked_half_an_hour_later() {
        convert(3);
        world.convert("ads", Visit.by("gclid=b%C3%A4d-click-id"));
        start();
        world.run(Duration.ofMinutes(29));
        assertThat(aftermath()).isEqualTo(new Aftermath(4, 0, Map.of(), 0));
        assertThat(inquiries()).isZero();

        world.run(Duration.ofMinutes(5));

        assertThat(aftermath()).isEqualTo(new Aftermath(0, 3, Map.of("INVALID_GCLID", 1L), 0));
        assertThat(inquiries()).isEqualTo(1);
    }

    @Test
    void google_is_asked_again_until_it_has_made_up_its_mind() {
        google.processes(Duration.ofHours(10));
        convert(2);
        start();

        world.run(Duration.ofHours(9));
        assertThat(aftermath().open()).isEqualTo(2);

        world.run(Duration.ofHours(9));
        assertThat(aftermath()).isEqualTo(new Aftermath(0, 2, Map.of(), 0));
        assertThat(inquiries()).isLessThan(10);
    }

    @Test
    void a_request_that_google_never_decides_on_is_given_up() {
        google.processes(Duration.ofDays(365));
        convert(2);
        start();

        world.run(Duration.ofDays(5));

        assertThat(aftermath()).isEqualTo(new Aftermath(0, 0, Map.of(), 2));
        assertThat(inquiries()).isEqualTo(Inquiries.TIMES_MAX);
    }

    @Test
    void asking_waits_while_the_destination_is_paused_or_refused() {
        convert(1);
        start();
        world.runShortly();
        google.tokens().revoke(true);
        world.run(Duration.ofHours(2));
        assertThat(aftermath().open()).isEqualTo(1);

        google.tokens().revoke(false);
        world.run(Duration.ofHours(3));

        assertThat(aftermath().succeeded()).isEqualTo(1);
    }

    @Test
    void an_inquiry_that_breaks_off_is_put_again() {
        convert(1);
        start();
        world.runShortly();
        google.server().next(1, new Trouble.BreakOff());
        google.server().next(1, new Trouble.Instead(Reply.json(503, "{}")));

        world.run(Duration.ofHours(4));

        assertThat(aftermath().succeeded()).isEqualTo(1);
        assertThat(world.health("google:ads").standing()).isEqualTo(Standing.FLOWING);
    }
}
