package matchback.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import matchback.deliver.DeliverConfig;
import matchback.deliver.GuardedClient;
import matchback.deliver.doubles.LocalServer;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.webhook.AlertHook;
import matchback.model.Secrets;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.Destination.Pace;
import matchback.model.catalog.Destination.Scope;
import matchback.model.catalog.Destination.Sum;
import matchback.model.signature.StandardWebhooks;
import matchback.report.alert.Alert;
import matchback.report.alert.AlertBook;
import matchback.report.alert.AlertKind;
import matchback.report.alert.Check;
import matchback.report.alert.Condition;
import matchback.server.demo.ApiClient;
import matchback.server.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a check to a system that hears of it, by real HTTP.
class AlertRoundsTest {
    private static final String SECRET = StandardWebhooks.secret(new byte[32]);
    private static final Condition SILENT =
            new Condition(
                    AlertKind.SENDER_SILENT,
                    "network",
                    "The network has not reported since noon",
                    List.of("It usually reports 40 times in an hour."),
                    "/postbacks?sender=network",
                    1_790_000_000_000L);

    @TempDir Path folder;

    private final Secrets secrets = new Secrets(new TokenFingerprints(new byte[32]));
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));
    private final InstantSource clock = now::get;
    private final List<Condition> wrong = new ArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private Vertx vertx;
    private LocalServer own;
    private ClockCheck courier;
    private Catalog catalog;
    private AlertRounds rounds;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        own =
                new LocalServer(
                        vertx,
                        _ ->
                                new Reply(
                                        status.get(),
                                        Map.of("Date", "Sun, 01 Nov 2026 12:05:00 GMT"),
                                        "{}"));
        courier =
                new ClockCheck(
                        new GuardedClient(vertx, DeliverConfig.DEFAULT.withPrivate(true)), clock);
        catalog = Catalog.empty("USD").with(listener());
        rounds = rounds(looking(() -> wrong));
    }

    @AfterEach
    void stop() {
        courier.close();
        own.close();
        vertx.close().await();
    }

    private Destination listener() {
        var owner = "destination/pager/secret";
        return new Destination(
                "pager",
                "Pager",
                "alert",
                Map.of("url", own.url() + "/alerts"),
                Map.of("secret", secrets.seal(SECRET, owner, RandomGenerator.getDefault())),
                Scope.ALL,
                Conditions.NONE,
                Set.of(),
                Sum.PAYOUT,
                Map.of(),
                Pace.DEFAULT,
                false,
                false);
    }

    private AlertRounds rounds(Check... checks) {
        return new AlertRounds(
                List.of(checks),
                new AlertRounds.Voice(
                        new AlertHook(secrets, clock),
                        courier,
                        () -> catalog,
                        () -> "https://console.example"),
                clock,
                folder.resolve("alerts.json"));
    }

    private interface Looking {
        List<Condition> look();
    }

    private static Check looking(Looking looking) {
        return new Check() {
            @Override
            public Set<AlertKind> kinds() {
                return Set.of(AlertKind.SENDER_SILENT);
            }

            @Override
            public List<Condition> look(long at) {
                return looking.look();
            }
        };
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
        rounds.run();
    }

    private void awaitTold(int calls) {
        Await.until(calls + " told", () -> own.calls().size() == calls && rounds.untold() == 0);
    }

    @Test
    void what_is_raised_and_over_is_told_once_each_and_signed() {
        wrong.add(SILENT);
        rounds.run();
        awaitTold(1);
        pass(Duration.ofMinutes(1));
        wrong.clear();
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMillis(AlertBook.CALM_MILLIS));
        awaitTold(2);

        var raised = own.calls().getFirst();
        var body = ApiClient.json(raised.body());
        assertThat(body.path("type").asText()).isEqualTo("alert.raised");
        assertThat(body.path("text").asText())
                .isEqualTo(
                        "The network has not reported since noon. It usually reports 40 times in an"
                                + " hour.");
        assertThat(body.at("/data/kind").asText()).isEqualTo("sender_silent");
        assertThat(body.at("/data/url").asText())
                .isEqualTo("https://console.example/postbacks?sender=network");
        assertThat(raised.header("webhook-signature"))
                .isEqualTo(
                        StandardWebhooks.sign(
                                SECRET,
                                raised.header("webhook-id"),
                                Long.parseLong(raised.header("webhook-timestamp")),
                                raised.body().getBytes(StandardCharsets.UTF_8)));
        var cleared = ApiClient.json(own.calls().getLast().body());
        assertThat(cleared.path("type").asText()).isEqualTo("alert.cleared");
        assertThat(cleared.at("/data/id")).isEqualTo(body.at("/data/id"));
        assertThat(rounds.open()).isEmpty();
        assertThat(rounds.past()).hasSize(1);
    }

    @Test
    void who_was_down_is_told_later_also_after_a_restart() {
        status.set(503);
        wrong.add(SILENT);
        rounds.run();
        Await.until("one try", () -> own.calls().size() == 1);
        rounds.write();

        rounds = rounds(looking(() -> wrong));
        assertThat(rounds.open()).extracting(Alert::condition).containsExactly(SILENT);
        status.set(200);
        pass(Duration.ofSeconds(30));
        assertThat(own.calls()).hasSize(1);
        pass(Duration.ofMinutes(1));
        awaitTold(2);

        assertThat(own.calls())
                .extracting(call -> call.header("webhook-id"))
                .containsOnly(own.calls().getFirst().header("webhook-id"));
    }

    @Test
    void a_check_that_fails_closes_nothing_and_keeps_no_other_from_looking() {
        wrong.add(SILENT);
        var isFailing = new AtomicInteger();
        rounds =
                rounds(
                        looking(() -> {
                            if (isFailing.get() > 0) {
                                throw new IllegalStateException("the columns are away");
                            }
                            return wrong;
                        }));
        rounds.run();

        isFailing.set(1);
        pass(Duration.ofHours(2));

        assertThat(rounds.open()).hasSize(1);
    }

    @Test
    void nobody_listens_and_nothing_is_kept_for_them() {
        catalog = Catalog.empty("USD");
        wrong.add(SILENT);

        rounds.run();

        assertThat(rounds.open()).hasSize(1);
        assertThat(rounds.untold()).isZero();
    }

    @Test
    void a_file_that_cannot_be_read_is_begun_anew() throws Exception {
        Files.writeString(folder.resolve("alerts.json"), "{\"alerts\": [");

        rounds = rounds(looking(() -> wrong));
        rounds.run();

        assertThat(rounds.open()).isEmpty();
        assertThat(Files.readString(folder.resolve("alerts.json"))).contains("\"alerts\":[]");
    }

    @Test
    void a_clock_that_differs_from_many_answers_is_told() {
        for (int i = 0; i < 9; i++) {
            assertThat(courier.look(now.get().toEpochMilli())).isEmpty();
            wrong.clear();
            wrong.add(new Condition(AlertKind.SENDER_SILENT, "s" + i, "x", List.of(), "/", 1));
            rounds.run();
            awaitTold(i + 1);
        }

        assertThat(courier.look(now.get().toEpochMilli()))
                .singleElement()
                .satisfies(condition ->
                        assertThat(condition.headline())
                                .isEqualTo("This machine's clock is 300 s slow"));
    }
}
