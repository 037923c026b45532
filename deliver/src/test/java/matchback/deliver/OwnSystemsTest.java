package matchback.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import matchback.deliver.World.Visit;
import matchback.deliver.doubles.LocalServer;
import matchback.deliver.doubles.LocalServer.Call;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.doubles.LocalServer.Trouble;
import matchback.deliver.postback.Postback;
import matchback.deliver.testing.Told;
import matchback.deliver.webhook.Webhook;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.model.catalog.Destination;
import matchback.model.catalog.Destination.Conditions;
import matchback.model.catalog.Destination.Moment;
import matchback.model.catalog.Destination.Pace;
import matchback.model.catalog.Destination.Scope;
import matchback.model.catalog.Destination.Sum;
import matchback.model.signature.Signature;
import matchback.model.signature.Signature.Reading;
import matchback.model.signature.SignatureScheme;
import matchback.model.signature.SignedRequest;
import matchback.model.signature.StandardWebhooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Webhooks and postback URLs from the outbox to a server of the user's own.
class OwnSystemsTest {
    private static final String SECRET = StandardWebhooks.secret(new byte[24]);

    private final World world = new World();
    private final LocalServer own = new LocalServer(world.vertx(), this::answer);
    private String answer = "OK";

    @AfterEach
    void end() {
        own.close();
        world.close();
    }

    private Reply answer(Call call) {
        return Reply.json(200, answer);
    }

    private void connect(String type, Map<String, String> settings, Map<String, String> secrets) {
        var sealed = new TreeMap<String, String>();
        secrets.forEach((name, secret) ->
                sealed.put(
                        name,
                        Told.SECRETS.seal(
                                secret, "destination/own/" + name, new SplittableRandom(3))));
        world.source("ads", null);
        world.change(
                new Destination(
                        "own",
                        "Own",
                        type,
                        settings,
                        sealed,
                        Scope.ALL,
                        Conditions.NONE,
                        Set.of(Moment.APPROVED),
                        Sum.PAYOUT,
                        Map.of(),
                        Pace.DEFAULT,
                        false,
                        false));
    }

    private static boolean isSigned(Call call) {
        var signed =
                new SignedRequest(
                        call.method(),
                        "own.example",
                        call.path(),
                        "",
                        call::header,
                        call.body().getBytes(StandardCharsets.UTF_8));
        return Signature.read(SignatureScheme.STANDARD_WEBHOOKS, signed)
                        instanceof Reading.Shown(var signature)
                && signature.fits(SECRET);
    }

    @Test
    void a_webhook_keeps_its_id_over_all_tries_and_signs_each() {
        connect("webhook", Map.of("url", own.url() + "/hook"), Map.of("secret", SECRET));
        own.next(1, new Trouble.LostAnswer());
        own.next(1, new Trouble.Instead(Reply.json(500, "")));
        own.next(1, new Trouble.BreakOff());
        var subject = world.convert("ads", Visit.by(""));

        world.start(new Webhook(Told.SECRETS, world.clock));
        world.run(Duration.ofHours(6));

        assertThat(world.delivery(subject).progress()).isEqualTo(Progress.DELIVERED);
        assertThat(own.calls()).hasSizeGreaterThanOrEqualTo(3).allMatch(OwnSystemsTest::isSigned);
        assertThat(own.calls())
                .extracting(call -> call.header("webhook-id"))
                .containsOnly(own.calls().getFirst().header("webhook-id"));
        assertThat(own.calls())
                .extracting(call -> call.header("webhook-timestamp"))
                .doesNotHaveDuplicates();
        assertThat(own.calls()).extracting(Call::body).containsOnly(own.calls().getFirst().body());
    }

    @Test
    void a_webhook_says_nothing_secret_in_its_attempts() {
        connect(
                "webhook",
                Map.of("url", own.url() + "/hook", "user-data", "plain"),
                Map.of("secret", SECRET, "authorization", "Bearer abcd1234"));
        answer = SECRET + " Bearer abcd1234 person@example.com";
        var subject = world.convert("ads", Visit.by("").of(Map.of("email", "person@example.com")));

        world.start(new Webhook(Told.SECRETS, world.clock));
        world.runShortly();

        assertThat(own.calls().getFirst().body()).contains("person@example.com");
        assertThat(own.calls().getFirst().header("authorization")).isEqualTo("Bearer abcd1234");
        assertThat(world.delivery(subject).attempts().toString())
                .contains("*** *** ***")
                .doesNotContain(SECRET, "abcd1234", "person@example.com");
    }

    @Test
    void a_postback_is_sent_until_the_answer_has_the_words() {
        connect(
                "postback",
                Map.of(
                        "url",
                        own.url() + "/pb?cid={externalid}&sum={payout}&api_key=k3y-1234",
                        "success-text",
                        "OK"),
                Map.of());
        answer = "database is down k3y-1234";
        var subject = world.convert("ads", "X 1");

        world.start(new Postback(Told.SECRETS));
        world.runShortly();
        answer = "OK";
        world.run(Duration.ofMinutes(10));

        var delivery = world.delivery(subject);
        assertThat(delivery.progress()).isEqualTo(Progress.DELIVERED);
        assertThat(delivery.attempts().getFirst().note()).isEqualTo("database is down ***");
        assertThat(delivery.attempts().getFirst().url())
                .contains("cid=X%201&sum=12.50&api_key=***");
        assertThat(own.calls().getFirst().query())
                .containsEntry("cid", "X 1")
                .containsEntry("sum", "12.50");
    }
}
