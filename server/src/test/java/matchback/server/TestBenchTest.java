package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import matchback.server.demo.ApiClient;
import matchback.server.testing.Await;
import matchback.server.testing.Certificates;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The explanation and the test bench, on the program as it runs.
class TestBenchTest {
    @TempDir Path folder;

    private static JsonNode test(ApiClient client, String sender) {
        var reply = client.api("POST", "/api/v1/senders/" + sender + "/test", "{}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return ApiClient.json(reply.body());
    }

    @Test
    void the_answer_tells_its_steps_and_the_record_tells_the_same_after_a_kill() {
        var launch = Launch.on(folder.resolve("data"));
        String record;
        JsonNode steps;
        try (var installed = Installed.on(launch.start())) {
            var target = "/postback?explain=1&payout=12.50&txid=A1&clickid=" + installed.click();
            var answer =
                    ApiClient.json(
                            installed
                                    .client()
                                    .get(target, "Authorization", "Bearer " + ServerProcess.TOKEN)
                                    .body());
            record = answer.path("receipt").path("recordId").asText();
            steps = answer.path("steps");
            assertThat(steps.findValuesAsText("code")).contains("click_found", "delivery_queued");

            var atOnce = installed.client().read("/api/v1/postbacks/" + record);

            assertThat(atOnce.path("steps")).isEqualTo(steps);
            assertThat(atOnce.path("receipt")).isEqualTo(answer.path("receipt"));
            installed.server().kill();
        }
        try (var again = Installed.again(launch.start())) {
            var later = again.client().read("/api/v1/postbacks/" + record);

            assertThat(later.path("steps")).isEqualTo(steps);
        }
    }

    @Test
    void a_test_goes_through_the_real_address_and_reaches_nobody() {
        var launch = Launch.on(folder.resolve("data"));
        try (var installed = Installed.on(launch.start())) {
            var tested = test(installed.client(), Installed.SENDER);
            installed.convert(installed.click(), "&payout=7&txid=TEST1");
            Await.until("only the sale is reported", () -> installed.reports(1, 1, "7.00"));

            assertThat(tested.path("postback").path("reason").asText()).isEqualTo("new_conversion");
            assertThat(tested.path("click").path("offerUrl").asText())
                    .startsWith("https://offer.example/land?s2=");
            Await.until(
                    "the source is told of the sale", () -> installed.site().visits().size() == 1);
            assertThat(installed.site().visits().getFirst().uri().toString())
                    .contains("payout=7.00");
            assertThat(installed.client().read("/api/v1/sums").toString())
                    .contains("\"received\":1");
            installed.server().stop();
        }

        var rebuilt = ServerProcess.command("rebuild", "--data", folder.resolve("data").toString());
        assertThat(rebuilt.code()).as(rebuilt.output()).isZero();
        try (var again = Installed.again(launch.start())) {
            Await.until("still only the sale is reported", () -> again.reports(1, 1, "7.00"));
        }
    }

    @Test
    void a_listener_with_tls_is_tested_too() throws Exception {
        var certificate = folder.resolve("cert.pem");
        var key = folder.resolve("key.pem");
        Certificates.write(certificate, key);
        var launch =
                Launch.on(folder.resolve("data"))
                        .with("--tls-cert", certificate.toString(), "--tls-key", key.toString());
        try (var server = launch.start();
                var http = HttpClient.newBuilder().sslContext(Certificates.trustingAll()).build()) {
            post(http, server, "/api/v1/senders", "{\"key\":\"net\",\"name\":\"Net\"}");

            var tested = post(http, server, "/api/v1/senders/net/test", "{}");

            assertThat(tested.path("answer").path("status").asInt()).isEqualTo(200);
            assertThat(tested.path("postback").path("reason").asText()).isEqualTo("new_conversion");
        }
    }

    private static JsonNode post(HttpClient http, ServerProcess server, String path, String json)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(server.console() + path))
                        .header("Authorization", "Bearer " + ServerProcess.TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build();
        return ApiClient.json(http.send(request, BodyHandlers.ofString()).body());
    }
}
