package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import matchback.deliver.Adapter;
import matchback.deliver.doubles.LocalServer;
import matchback.deliver.doubles.LocalServer.Reply;
import matchback.deliver.doubles.PartnerDouble;
import matchback.deliver.doubles.PartnerRules;
import matchback.deliver.doubles.TikTokDouble;
import matchback.model.Secrets;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.DestinationType;
import matchback.model.catalog.DestinationType.Setting;
import matchback.model.signature.StandardWebhooks;
import matchback.server.demo.ApiClient;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Destinations as an operator makes them, from the API to what a double of the platform takes.
class AdaptersTest {
    private static final List<DestinationType> TYPES =
            Adapters.all(new Secrets(new TokenFingerprints(new byte[32])), InstantSource.system())
                    .stream()
                    .map(Adapter::type)
                    .flatMap(type -> type.stream())
                    .toList();

    @TempDir static Path data;
    private static Vertx vertx;
    private static Installed installed;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        installed = Installed.on(Launch.on(data).start());
    }

    @AfterAll
    static void stop() {
        installed.close();
        vertx.close().await();
        System.out.printf(
                "adapters: %d kinds of destination: %s%n",
                TYPES.size(), TYPES.stream().map(DestinationType::type).toList());
    }

    /// What an operator reads before connecting it.
    @ParameterizedTest
    @FieldSource("TYPES")
    void every_type_has_a_page_that_names_its_settings(DestinationType type) throws Exception {
        var page = Files.readString(Path.of("../docs").resolve(type.page()));

        assertThat(page).contains('`' + type.type() + '`');
        assertThat(type.settings())
                .extracting(Setting::name)
                .allSatisfy(name -> assertThat(page).contains('`' + name + '`'));
    }

    @Test
    void tiktok_is_told_of_a_conversion_and_tried_with_a_test_event() {
        try (var tiktok =
                new TikTokDouble(vertx, InstantSource.system(), "CPIXEL7", "access-token-1234")) {
            create(
                    "tiktok",
                    Map.of(
                            "pixel-code",
                            "CPIXEL7",
                            "test-event-code",
                            "TEST7",
                            "endpoint",
                            tiktok.endpoint()),
                    Map.of("access-token", "access-token-1234"));

            var trial = test("tiktok");
            var click = click("/c/spring?zid=x1&ttclid=E.C.P.seven");
            convert(click, "&payout=12.50&currency=USD&txid=T-tt&email=person@example.com");

            assertThat(trial.path("result").asText()).as(trial.toString()).isEqualTo("delivered");
            assertThat(trial.toString()).doesNotContain("access-token-1234");
            Await.until("TikTok has it", () -> tiktok.taken().size() == 2);
            assertThat(tiktok.taken().getFirst().testCode()).isEqualTo("TEST7");
            var taken = tiktok.taken().getLast();
            assertThat(taken.testCode()).isEmpty();
            assertThat(taken.event().at("/user/ttclid").asText()).isEqualTo("E.C.P.seven");
            assertThat(taken.event().at("/user/email").asText())
                    .isEqualTo("542d240129883c019e106e3b1b2d3f3cb3537c43c425364de8e951d5a3083345");
            assertThat(taken.event().at("/properties/order_id").asText()).isEqualTo("T-tt");
            remove("tiktok");
        }
    }

    @Test
    void a_system_of_ones_own_gets_a_signed_message() {
        try (var own = new LocalServer(vertx, _ -> Reply.json(200, "{}"))) {
            create(
                    "webhook",
                    Map.of("url", own.url() + "/hook"),
                    Map.of("secret", StandardWebhooks.secret(new byte[32])));

            var path = "/api/v1/destinations/webhook";
            var sentBack = client().api("PUT", path, client().read(path).toString());
            assertThat(sentBack.statusCode()).as(sentBack.body()).isEqualTo(200);
            convert(click("/c/spring?zid=x2"), "&payout=1.00&currency=USD&txid=T-wh");

            Await.until("it is there", () -> !own.calls().isEmpty());
            var call = own.calls().getFirst();
            assertThat(call.header("webhook-signature")).startsWith("v1,");
            assertThat(ApiClient.json(call.body()).at("/data/txid").asText()).isEqualTo("T-wh");
            remove("webhook");
        }
    }

    @Test
    void a_system_that_hears_of_alerts_hears_of_no_conversion() {
        try (var own = new LocalServer(vertx, _ -> Reply.json(200, "{}"))) {
            create(
                    "alert",
                    Map.of("url", own.url() + "/alerts"),
                    Map.of("secret", StandardWebhooks.secret(new byte[32])),
                    List.of());

            convert(click("/c/spring?zid=x9"), "&payout=1.00&currency=USD&txid=T-al");
            var trial = test("alert");

            assertThat(trial.path("result").asText()).as(trial.toString()).isEqualTo("delivered");
            assertThat(own.calls()).hasSize(1);
            assertThat(own.calls().getFirst().body()).contains("alert.test");
            remove("alert");
        }
    }

    @Test
    void a_url_is_called_by_moment() {
        try (var own = new LocalServer(vertx, _ -> Reply.json(200, "OK"))) {
            var settings = new HashMap<String, String>();
            settings.put("url", own.url() + "/yes?id={txid}&sum={payout}");
            settings.put("url.rejected", own.url() + "/no?id={txid}");
            settings.put("success-text", "OK");
            create("postback", settings, Map.of(), List.of("approved", "rejected"));

            var click = click("/c/spring?zid=x3");
            convert(click, "&payout=2.00&currency=USD&txid=T-pb");
            Await.until("it is approved", () -> own.calls().size() == 1);
            convert(click, "&txid=T-pb&status=rejected");
            Await.until("it is rejected", () -> own.calls().size() == 2);

            assertThat(own.calls().getFirst().path()).isEqualTo("/yes");
            assertThat(own.calls().getFirst().query())
                    .containsEntry("id", "T-pb")
                    .containsEntry("sum", "2.00");
            assertThat(own.calls().getLast().path()).isEqualTo("/no");
            remove("postback");
        }
    }

    @Test
    void a_measurement_partner_is_told_by_the_device_of_the_tracking_link() {
        var rules = new PartnerRules.AppsFlyer("id123456789", "af-key-1234");
        try (var appsflyer = new PartnerDouble(vertx, rules)) {
            create(
                    "appsflyer",
                    Map.of("app-id", "id123456789", "endpoint", appsflyer.endpoint()),
                    Map.of("s2s-key", "af-key-1234"));

            convert(
                    click("/c/spring?zid=x4&appsflyer_id=1415211453000-6513894"),
                    "&payout=9.5&txid=AF1");

            Await.until("AppsFlyer has it", () -> appsflyer.taken().size() == 1);
            var event = appsflyer.taken().getFirst();
            assertThat(event.path("appsflyer_id").asText()).isEqualTo("1415211453000-6513894");
            assertThat(event.path("eventValue").asText()).contains("\"af_revenue\":\"9.50\"");
            remove("appsflyer");
        }
    }

    @Test
    void an_ios_app_without_id_in_front_is_refused_at_once() {
        var answer =
                client().api(
                                "POST",
                                "/api/v1/destinations",
                                "{\"key\":\"af\",\"name\":\"AF\",\"type\":\"appsflyer\","
                                        + "\"settings\":{\"app-id\":\"123456789\"},"
                                        + "\"secrets\":{\"s2s-key\":\"af-key-1234\"}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("settings.app-id", "with id in front");
    }

    @Test
    void a_macro_that_is_not_known_is_refused_at_once() {
        var answer =
                client().api(
                                "POST",
                                "/api/v1/destinations",
                                "{\"key\":\"bad\",\"name\":\"Bad\",\"type\":\"postback\","
                                        + "\"settings\":{\"url\":\"https://own.example/?x={clikid}\"}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("settings.url");
    }

    private static ApiClient client() {
        return installed.client();
    }

    private static void create(
            String type, Map<String, String> settings, Map<String, String> secrets) {
        create(type, settings, secrets, List.of("approved"));
    }

    private static void create(
            String type,
            Map<String, String> settings,
            Map<String, String> secrets,
            List<String> moments) {
        client().create(
                        "destinations",
                        Map.of(
                                "key",
                                type,
                                "name",
                                type,
                                "type",
                                type,
                                "settings",
                                settings,
                                "secrets",
                                secrets,
                                "moments",
                                moments));
    }

    private static void remove(String key) {
        assertThat(client().api("DELETE", "/api/v1/destinations/" + key, "").statusCode())
                .isEqualTo(204);
    }

    private static JsonNode test(String key) {
        return ApiClient.json(
                client().api("POST", "/api/v1/destinations/" + key + "/test", "{}").body());
    }

    private static String click(String link) {
        return Installed.clickId(client().get(link));
    }

    private static void convert(String clickId, String rest) {
        assertThat(installed.convert(clickId, rest)).matches("(counted|updated) .*");
    }
}
