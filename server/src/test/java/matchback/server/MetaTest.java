package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import matchback.deliver.doubles.MetaDouble;
import matchback.server.demo.ApiClient;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Meta destination as a media buyer makes it, on the program as it runs.
class MetaTest {
    private static final String WRONG_TOKEN = "EAAwrong0123456789abcdefghij";

    @TempDir Path data;
    private final Vertx vertx = Vertx.vertx();
    private final MetaDouble meta = new MetaDouble(vertx, InstantSource.system());
    private Installed installed;

    @BeforeEach
    void start() {
        installed = Installed.on(Launch.on(data).start());
    }

    @AfterEach
    void end() {
        installed.close();
        meta.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private ApiClient client() {
        return installed.client();
    }

    private void create(String token) {
        client().create("destinations", destination(token));
    }

    private Map<String, Object> destination(String token) {
        return Map.of(
                "key",
                "fb",
                "name",
                "Facebook",
                "type",
                "meta",
                "settings",
                Map.of("dataset", MetaDouble.DATASET, "test-code", "TEST7", "endpoint", meta.url()),
                "secrets",
                Map.of("access-token", token),
                "moments",
                List.of("approved"));
    }

    private JsonNode test() {
        return ApiClient.json(client().api("POST", "/api/v1/destinations/fb/test", "{}").body());
    }

    private String convert() {
        var click =
                Installed.clickId(
                        client().get("/c/" + Installed.CAMPAIGN + "?zid=x1&fbclid=IwAR0_seven"));
        var decision =
                installed.convert(
                        click,
                        "&payout=12.50&currency=USD&txid=T-1&email=John_Smith@gmail.com"
                                + "&fbp=fb.1.1596403881668.1116446470");
        assertThat(decision).startsWith("counted");
        return click;
    }

    @Test
    void meta_gets_a_test_event_and_then_a_conversion() {
        create(MetaDouble.TOKEN);

        var trial = test();
        var click = convert();

        assertThat(trial.path("result").asText()).as(trial.toString()).isEqualTo("delivered");
        assertThat(trial.toString()).contains("test_event_code").doesNotContain(MetaDouble.TOKEN);
        Await.until("Meta has both", () -> meta.taken().size() == 2);
        assertThat(meta.taken().getFirst().testCode()).isEqualTo("TEST7");
        var taken = meta.taken().getLast();
        assertThat(taken.testCode()).isEmpty();
        assertThat(taken.event().path("event_name").asText()).isEqualTo("Purchase");
        assertThat(taken.event().path("event_source_url").asText())
                .isEqualTo("https://offer.example/land");
        assertThat(taken.event().at("/user_data/em").asText())
                .isEqualTo("62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f");
        assertThat(taken.event().at("/user_data/fbc").asText()).endsWith(".IwAR0_seven");
        assertThat(taken.event().at("/custom_data/order_id").asText()).isEqualTo("T-1");
        Await.until("it is written down", () -> delivery(click).contains("fbtrace_id"));
        assertThat(delivery(click))
                .contains("/v26.0/" + MetaDouble.DATASET + "/events")
                .doesNotContain("IwAR0_seven")
                .doesNotContain(MetaDouble.TOKEN);
    }

    @Test
    void a_wrong_token_parks_it_and_a_right_one_sends_what_waited() throws Exception {
        create(WRONG_TOKEN);

        var trial = test();
        var click = convert();
        Await.until(
                "it is parked",
                () ->
                        client().read("/api/v1/destinations/fb/health")
                                .toString()
                                .contains("190/463"));
        var changed =
                client().api(
                                "PUT",
                                "/api/v1/destinations/fb",
                                new ObjectMapper()
                                        .writeValueAsString(destination(MetaDouble.TOKEN)));

        assertThat(trial.path("result").asText()).isEqualTo("parked");
        assertThat(trial.toString()).doesNotContain(WRONG_TOKEN);
        assertThat(changed.statusCode()).isEqualTo(200);
        Await.until("Meta has it", () -> meta.taken().size() == 1);
        Await.until("it is written down", () -> delivery(click).contains("fbtrace_id"));
        assertThat(delivery(click)).doesNotContain(WRONG_TOKEN).doesNotContain(MetaDouble.TOKEN);
    }

    /// What the click's story says of its deliveries.
    private String delivery(String click) {
        return installed.story(click).path("deliveries").toString();
    }
}
