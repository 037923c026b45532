package matchback.deliver.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import matchback.deliver.doubles.LocalServer.Trouble;
import matchback.deliver.platform.Json;
import matchback.deliver.testing.Await;
import matchback.deliver.testing.ManualClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// That the double refuses what Meta's documentation says Meta refuses.
class MetaDoubleTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final String GOOD =
            """
            {"event_name":"Purchase","event_time":1772452800,"event_id":"E1",
             "action_source":"website","event_source_url":"https://shop.example/",
             "user_data":{"em":"62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
              "client_user_agent":"Browser/1.0"},
             "custom_data":{"value":12.5,"currency":"USD"}}\
            """;

    private static final String EVENTS = "/v26.0/" + MetaDouble.DATASET + "/events";

    private static int rules;

    private static final Vertx VERTX = Vertx.vertx();

    private final ManualClock clock = new ManualClock(NOW);
    private final MetaDouble meta = new MetaDouble(VERTX, clock);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void end() {
        client.close();
        meta.close();
    }

    @AfterAll
    static void finish() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
        System.out.printf("meta double: %d rules tested%n", rules);
    }

    private record Answered(int status, JsonNode body) {
        int code() {
            return body.at("/error/code").asInt();
        }

        int subcode() {
            return body.at("/error/error_subcode").asInt();
        }

        String message() {
            return body.at("/error/message").asText();
        }
    }

    private Answered post(String path, String token, String body)
            throws IOException, InterruptedException {
        var answer = client.send(request(path, token, body), HttpResponse.BodyHandlers.ofString());
        return new Answered(answer.statusCode(), Json.lenient(answer.body()));
    }

    private HttpRequest request(String path, String token, String body) {
        return HttpRequest.newBuilder(URI.create(meta.url() + path))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofMinutes(1))
                .build();
    }

    private Answered events(String... events) throws IOException, InterruptedException {
        return post(EVENTS, MetaDouble.TOKEN, "{\"data\":[" + String.join(",", events) + "]}");
    }

    /// The good event with one value set, or taken away.
    private static String with(String path, String json) {
        var event = (ObjectNode) Json.lenient(GOOD);
        int slash = path.lastIndexOf('/');
        var parent = (ObjectNode) event.at(path.substring(0, slash));
        var name = path.substring(slash + 1);
        if (json.isEmpty()) {
            parent.remove(name);
        } else {
            parent.set(name, Json.lenient(json));
        }
        return Json.text(event);
    }

    @Test
    void a_good_event_is_taken() throws Exception {
        var answer = events(GOOD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("events_received").asInt()).isEqualTo(1);
        assertThat(answer.body().path("fbtrace_id").asText()).isNotEmpty();
        assertThat(meta.taken()).extracting(MetaDouble.Taken::eventId).containsExactly("E1");
    }

    @ParameterizedTest(name = "{0}: {1} = {2} is refused with {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a name is needed              | /event_name                  |                | 0       | event_name is required
                    a name is a text              | /event_name                  | 7              | 0       | event_name must be
                    a time is needed              | /event_time                  |                | 0       | event_time is required
                    seconds, no milliseconds      | /event_time                  | 1772452800000  | 0       | in the future
                    a number, no text             | /event_time                  | "1772452800"   | 0       | event_time must be
                    not in the future             | /event_time                  | 1772452801     | 0       | in the future
                    not older than seven days     | /event_time                  | 1771847999     | 2804003 | too old
                    a source is needed            | /action_source               |                | 0       | action_source is required
                    a source of the list          | /action_source               | "tv"           | 0       | action_source has an unknown
                    user data is needed           | /user_data                   |                | 0       | user_data is required
                    user data is an object        | /user_data                   | []             | 0       | user_data must be
                    a website event has a page    | /event_source_url            |                | 0       | event_source_url is required
                    a website event has an agent  | /user_data/client_user_agent |                | 0       | client_user_agent is required
                    e-mail is hashed              | /user_data/em                | "a@b.example"  | 0       | em is not hashed
                    hashes are lower case         | /user_data/em                | "62A14E44F765419D10FEA99367361A727C12365E2520F32218D505ED9AA0F62F" | 0 | em is not hashed
                    each of a list is hashed      | /user_data/ph                | ["49171"]      | 0       | ph is not hashed
                    country is hashed             | /user_data/country           | "us"           | 0       | country is not hashed
                    an address is not hashed      | /user_data/client_ip_address | "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f" | 0 | must not be hashed
                    a click id is not hashed      | /user_data/fbc               | "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f" | 0 | must not be hashed
                    an address is one             | /user_data/client_ip_address | "unknown"      | 0       | must be an IPv4
                    fbc has its form              | /user_data/fbc               | "IwAR0"        | 0       | fbc or fbp
                    fbc counts in milliseconds    | /user_data/fbc               | "fb.1.1772452800.IwAR0" | 0 | fbc or fbp
                    fbp has its form              | /user_data/fbp               | "1116446470"   | 0       | fbc or fbp
                    somebody can be found         | /user_data/em                |                | 2804050 | not enough
                    a value is a number           | /custom_data/value           | "12.5"         | 0       | must be a number
                    a purchase has a value        | /custom_data/value           |                | 0       | need value and currency
                    a purchase has a currency     | /custom_data/currency        |                | 0       | need value and currency
                    a currency has three letters  | /custom_data/currency        | "dollars"      | 0       | need value and currency
                    limits need a state or address | /data_processing_options    | ["LDU"]        | 0       | need a state
                    """)
    void a_bad_event_is_refused(String rule, String path, String json, int subcode, String message)
            throws Exception {
        var answer = events(with(path, json == null ? "" : json));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(100);
        assertThat(answer.subcode()).isEqualTo(subcode);
        assertThat(answer.message()).contains(message);
        assertThat(meta.taken()).isEmpty();
        rules++;
    }

    @Test
    void what_happened_in_a_store_may_be_older() throws Exception {
        var old = with("/event_time", "1771000000").replace("website", "physical_store");

        assertThat(events(old).status()).isEqualTo(200);
    }

    @Test
    void one_bad_event_refuses_the_whole_call() throws Exception {
        var answer = events(GOOD, with("/event_time", ""), GOOD.replace("E1", "E2"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(meta.taken()).isEmpty();
    }

    @Test
    void more_than_a_thousand_are_refused() throws Exception {
        var many =
                IntStream.range(0, 1_001)
                        .mapToObj(i -> GOOD.replace("E1", "E" + i))
                        .collect(Collectors.joining(","));

        assertThat(events(many).message()).contains("1 to 1000");
        assertThat(events().message()).contains("1 to 1000");
    }

    @Test
    void a_repeat_is_dropped_for_48_hours() throws Exception {
        assertThat(events(GOOD).status()).isEqualTo(200);
        clock.jump(Duration.ofHours(47));
        assertThat(events(GOOD, GOOD.replace("Purchase", "Lead")).status()).isEqualTo(200);
        assertThat(meta.taken()).hasSize(2);
        assertThat(meta.repeats()).isEqualTo(1);

        clock.jump(Duration.ofHours(2));
        assertThat(events(GOOD).status()).isEqualTo(200);
        assertThat(meta.taken()).hasSize(3);
    }

    @Test
    void token_dataset_and_path_are_looked_at_first() throws Exception {
        assertThat(post(EVENTS, "EAAwrong", "").code()).isEqualTo(190);
        assertThat(post(EVENTS, "EAAwrong", "").message()).contains("EAAwrong");
        assertThat(post("/v26.0/99/events", MetaDouble.TOKEN, "").subcode()).isEqualTo(33);
        assertThat(post("/26/99/events", MetaDouble.TOKEN, "").code()).isEqualTo(2500);
        meta.expects("EAAnext");
        assertThat(post(EVENTS, MetaDouble.TOKEN, "").code()).isEqualTo(190);
    }

    @Test
    void it_says_how_long_a_limit_lasts() throws Exception {
        meta.limits(7);
        assertThat(events(GOOD).code()).isEqualTo(80_004);

        meta.limits(0);
        assertThat(events(GOOD).status()).isEqualTo(200);
    }

    @Test
    void it_can_be_told_to_misbehave() throws Exception {
        meta.server().next(1, new Trouble.Instead(LocalServer.Reply.json(503, "{}")));
        assertThat(events(GOOD).status()).isEqualTo(503);

        meta.server().next(1, new Trouble.Silence());
        var silent =
                client.sendAsync(
                        request(EVENTS, MetaDouble.TOKEN, GOOD),
                        HttpResponse.BodyHandlers.ofString());
        Await.until("it came in", () -> meta.server().calls().size() == 2);
        meta.server().next(1, new Trouble.BreakOff());
        assertThatThrownBy(() -> events(GOOD)).isInstanceOf(IOException.class);
        assertThat(meta.taken()).isEmpty();
        assertThat(silent).isNotDone();
        silent.cancel(true);

        meta.server().next(1, new Trouble.LostAnswer());
        assertThatThrownBy(() -> events(GOOD)).isInstanceOf(IOException.class);
        assertThat(meta.taken()).hasSize(1);
    }
}
