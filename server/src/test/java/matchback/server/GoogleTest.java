package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import matchback.deliver.doubles.DataManagerDouble;
import matchback.deliver.doubles.TokenDesk;
import matchback.deliver.platform.Normaliser;
import matchback.server.demo.ApiClient;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Google Ads destination as a media buyer makes it, on the program as it runs.
class GoogleTest {
    private static final String ACTION = "7001";

    @TempDir Path data;
    private final Vertx vertx = Vertx.vertx();
    private final DataManagerDouble google =
            new DataManagerDouble(vertx, InstantSource.system(), Set.of(ACTION));
    private Installed installed;

    @BeforeEach
    void start() {
        installed = Installed.on(Launch.on(data).start());
    }

    @AfterEach
    void end() {
        installed.close();
        google.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void create(Map<String, String> moreSettings, Map<String, String> secrets) {
        var settings =
                new java.util.HashMap<>(
                        Map.of(
                                "customer-id",
                                "123-456-7890",
                                "conversion-action-id",
                                ACTION,
                                "endpoint",
                                google.endpoint(),
                                "token-url",
                                google.tokenUrl()));
        settings.putAll(moreSettings);
        installed
                .client()
                .create(
                        "destinations",
                        Map.of(
                                "key",
                                "ads",
                                "name",
                                "Google Ads",
                                "type",
                                "google",
                                "settings",
                                settings,
                                "secrets",
                                secrets));
    }

    private JsonNode test() {
        return ApiClient.json(
                installed.client().api("POST", "/api/v1/destinations/ads/test", "{}").body());
    }

    private String convert() {
        var click =
                Installed.clickId(
                        installed
                                .client()
                                .get("/c/" + Installed.CAMPAIGN + "?zid=x1&gclid=Cj0-seven"));
        assertThat(installed.convert(click, "&payout=12.50&currency=USD&email=Quinn.Y@gmail.com"))
                .startsWith("counted");
        return click;
    }

    @Test
    void the_file_of_a_service_accounts_key_is_pasted_as_it_is() {
        var file = google.tokens().serviceAccountKey();
        create(Map.of(), Map.of("service-account-key", file));

        var trial = test();
        var click = convert();

        assertThat(trial.path("result").asText()).as(trial.toString()).isEqualTo("delivered");
        assertThat(trial.toString())
                .contains("validateOnly")
                .doesNotContain("access-token-", "PRIVATE KEY");
        Await.until("Google has the conversion", () -> google.conversions().size() == 1);
        var told = google.conversions().iterator().next();
        assertThat(told.at("/adIdentifiers/gclid").asText()).isEqualTo("Cj0-seven");
        assertThat(told.at("/userData/userIdentifiers/0/emailAddress").asText())
                .isEqualTo(Normaliser.sha256("quinny@gmail.com"));
        Await.until(
                "it is written down",
                () -> installed.story(click).path("deliveries").toString().contains("request-2"));
        assertThat(installed.story(click).path("deliveries").toString())
                .doesNotContain("Cj0-seven", "quinn", "access-token-");
        Await.until("Google is to be asked", () -> health().at("/afterwards/open").asInt() == 1);
        assertThat(health().path("tokenUntil").asText()).isNotEmpty();
    }

    @Test
    void a_refresh_token_that_was_revoked_is_said_so() {
        google.tokens().revoke(true);
        create(
                Map.of("client-id", TokenDesk.CLIENT_ID),
                Map.of(
                        "client-secret",
                        TokenDesk.CLIENT_SECRET,
                        "refresh-token",
                        TokenDesk.REFRESH_TOKEN));

        var trial = test();
        convert();

        assertThat(trial.path("note").asText()).contains("invalid_grant", "enter a new one");
        Await.until("it is parked", () -> health().path("standing").asText().equals("parked"));
        assertThat(health().toString())
                .doesNotContain(TokenDesk.CLIENT_SECRET, TokenDesk.REFRESH_TOKEN);

        google.tokens().revoke(false);
        installed.client().api("POST", "/api/v1/destinations/ads/resume", "{}");

        Await.until("Google has the conversion", () -> google.conversions().size() == 1);
    }

    private JsonNode health() {
        return installed.client().read("/api/v1/destinations/ads/health");
    }
}
