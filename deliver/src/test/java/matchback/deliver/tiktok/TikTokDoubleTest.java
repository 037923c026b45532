package matchback.deliver.tiktok;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import matchback.deliver.Answer;
import matchback.deliver.DeliverConfig;
import matchback.deliver.GuardedClient;
import matchback.deliver.OutboundRequest;
import matchback.deliver.doubles.TikTokDouble;
import matchback.deliver.platform.Json;
import matchback.deliver.testing.ManualClock;
import matchback.deliver.testing.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The double holds to the rules, so that what it takes would have been taken.
class TikTokDoubleTest {
    private static final String GOOD =
            """
            {"event":"CompletePayment","event_time":1772452800,"event_id":"E1",
             "user":{"ttclid":"E.C.P.abc"},"properties":{"value":1.5,"currency":"USD"}}
            """;

    private final Vertx vertx = Vertx.vertx();
    private final GuardedClient client =
            new GuardedClient(
                    vertx,
                    DeliverConfig.DEFAULT
                            .withPrivate(true)
                            .withWaits(Duration.ofMinutes(1), Duration.ofMinutes(1)));
    private final ManualClock clock = new ManualClock(Told.NOW);
    private final TikTokDouble tiktok = new TikTokDouble(vertx, clock, "CPIXEL7", "token-1234");

    @AfterEach
    void end() {
        client.close();
        tiktok.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String answer(String token, String body) throws Exception {
        var request =
                new OutboundRequest(
                        "POST",
                        tiktok.endpoint(),
                        Map.of("Access-Token", token, "Content-Type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8),
                        List.of());
        var done = new CompletableFuture<Answer>();
        client.send(request, done::complete);
        var answer = (Answer.Answered) done.get(2, TimeUnit.MINUTES);
        assertThat(answer.status()).isEqualTo(200);
        return Json.lenient(answer.body()).path("code").asText()
                + ' '
                + Json.lenient(answer.body()).path("message").asText();
    }

    private static String batch(String... events) {
        return "{\"event_source\":\"web\",\"event_source_id\":\"CPIXEL7\",\"data\":["
                + String.join(",", events)
                + "]}";
    }

    @ParameterizedTest(name = "{0} in place of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "event":""                 | "event":"CompletePayment"   | 40002 data.0.event
                    "event_id":7               | "event_id":"E1"             | 40002 data.0.event_id
                    "event_time":1772452800000 | "event_time":1772452800     | 40002 data.0.event_time: in the future
                    "event_time":1771000000    | "event_time":1772452800     | 40002 data.0.event_time: more than 7 days
                    "event_time":"now"         | "event_time":1772452800     | 40002 data.0.event_time
                    "locale":"en"              | "ttclid":"E.C.P.abc"        | 40002 data.0.user
                    "email":"a@b.example"      | "ttclid":"E.C.P.abc"        | 40002 data.0.user.email
                    "email":"ABCD"             | "ttclid":"E.C.P.abc"        | 40002 data.0.user.email
                    "value":"1.5"              | "value":1.5                 | 40002 data.0.properties.value
                    "currency":"usd"           | "currency":"USD"            | 40002 data.0.properties.currency
                    "order_id":"1"             | "currency":"USD"            | 40002 data.0.properties: value and currency
                    "event_source":"radio"     | "event_source":"web"        | 40002 event_source
                    "event_source_id":"OTHER"  | "event_source_id":"CPIXEL7" | 40001
                    """)
    void an_event_that_breaks_a_rule_refuses_the_request(
            String wrong, String right, String expected) throws Exception {
        assertThat(answer("token-1234", batch(GOOD).replace(right, wrong))).startsWith(expected);
        assertThat(tiktok.taken()).isEmpty();
    }

    @Test
    void what_keeps_to_the_rules_is_taken_once() throws Exception {
        assertThat(answer("token-1234", batch(GOOD))).isEqualTo("0 OK");
        assertThat(answer("token-1234", batch(GOOD, GOOD.replace("E1", "E2")))).isEqualTo("0 OK");

        assertThat(tiktok.taken())
                .extracting(TikTokDouble.Taken::eventId)
                .containsExactly("E1", "E2");
        assertThat(tiktok.repeats()).hasSize(1);
    }

    @Test
    void one_bad_event_spoils_its_batch() throws Exception {
        assertThat(answer("token-1234", batch(GOOD, GOOD.replace("USD", "?"))))
                .startsWith("40002 data.1.properties.currency");
        assertThat(tiktok.taken()).isEmpty();
    }

    @Test
    void another_token_and_a_spent_quota_are_refused() throws Exception {
        assertThat(answer("other", batch(GOOD))).startsWith("40105");
        tiktok.quota(1);
        assertThat(answer("token-1234", batch(GOOD))).startsWith("0");
        assertThat(answer("token-1234", batch(GOOD))).startsWith("40100");
        tiktok.refill();
        tiktok.takeToken("other");
        assertThat(answer("other", batch(GOOD))).startsWith("0");
    }
}
