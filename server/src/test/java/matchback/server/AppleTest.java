package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import matchback.server.demo.ApiClient;
import matchback.server.testing.AppleDevice;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Apple's postbacks through a whole server: posted, counted once, reported, handed on. The keys
/// are a test device's, given by the configuration.
@TestInstance(Lifecycle.PER_CLASS)
class AppleTest {
    private static final AppleDevice DEVICE = new AppleDevice();

    private final List<String> copies = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private HttpServer partner;
    private Installed installed;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        partner.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        var body = exchange.getRequestBody().readAllBytes();
                        // The first request finds it busy.
                        int status = statuses.isEmpty() ? 503 : 200;
                        statuses.add(status);
                        if (status == 200) {
                            copies.add(new String(body, StandardCharsets.UTF_8));
                        }
                        exchange.sendResponseHeaders(status, -1);
                    }
                });
        partner.start();
        installed =
                Installed.on(
                        Launch.on(data)
                                .with("--apple-skan-key", DEVICE.publicKey())
                                .with("--apple-keys", AppleDevice.KID + '=' + DEVICE.publicKey())
                                .start());
        installed
                .client()
                .create(
                        "apple-apps",
                        Map.of(
                                "key",
                                Long.toString(AppleDevice.APP),
                                "name",
                                "Game",
                                "sources",
                                List.of(Map.of("identifier", "5239", "campaign", "spring")),
                                "values",
                                List.of(
                                        Map.of("value", "0-9", "event", "install"),
                                        Map.of(
                                                "value",
                                                "10-63",
                                                "event",
                                                "purchase",
                                                "revenue",
                                                "4.99")),
                                "forwardUrls",
                                List.of(
                                        "http://127.0.0.1:"
                                                + partner.getAddress().getPort()
                                                + "/skan")));
    }

    @AfterAll
    void stop() {
        installed.close();
        partner.stop(0);
    }

    private JsonNode post(String path, String body) {
        var answer = installed.client().post(path, "application/json", body);
        assertThat(answer.statusCode()).isEqualTo(200);
        return ApiClient.json(answer.body());
    }

    private String reason(String path, String body) {
        return post(path, body).path("reason").asText();
    }

    private JsonNode rows(String query) {
        return installed.client().read("/api/v1/report?feed=apple&" + query).path("rows");
    }

    private boolean shows(String query, String expected) {
        return rows(query).toString().equals(expected);
    }

    @Test
    void an_install_is_counted_once_reported_and_handed_on_as_it_came() {
        // given
        var install = DEVICE.skan(AppleDevice.install("6aafb7a5-01", "5239", 20));
        var richer = install.replace("\"conversion-value\":20", "\"conversion-value\":63");
        var other = install.replace(Long.toString(AppleDevice.APP), "525463030");
        var lost = DEVICE.skan(AppleDevice.install("6aafb7a5-02", "39", 0).put("did-win", false));
        var modern = DEVICE.aak("3F2504E0-01", "239", 5);

        // when
        var reasons =
                List.of(
                        reason(AppleDevice.SKAN, install),
                        reason(AppleDevice.SKAN, install),
                        reason(AppleDevice.SKAN, richer),
                        reason(AppleDevice.SKAN, other),
                        reason(AppleDevice.SKAN, lost),
                        reason(AppleDevice.AAK, modern),
                        reason(AppleDevice.AAK, modern),
                        reason(AppleDevice.AAK, "garbage"));

        // then
        assertThat(reasons)
                .containsExactly(
                        "new_conversion",
                        "duplicate_report",
                        "duplicate_report",
                        "bad_signature",
                        "not_won",
                        "new_conversion",
                        "duplicate_report",
                        "malformed_request");
        Await.until(
                "the report by result",
                () ->
                        shows(
                                "group=attribution&metrics=received,counted,conversions,revenue"
                                        + "&sort=-received",
                                "[{\"attribution\":\"won\",\"received\":5,\"counted\":2,"
                                        + "\"conversions\":2,\"revenue\":\"4.99\"},"
                                        + "{\"attribution\":\"-\",\"received\":2,\"counted\":0,"
                                        + "\"conversions\":0,\"revenue\":\"0.00\"},"
                                        + "{\"attribution\":\"lost\",\"received\":1,\"counted\":0,"
                                        + "\"conversions\":0,\"revenue\":\"0.00\"}]"));
        assertThat(rows("group=campaign,app,source_identifier&metrics=received&sort=app"))
                .extracting(row -> row.path("source_identifier").asText())
                .contains("5239", "239", "39");
        var sums = installed.client().read("/api/v1/report?group=sender&metrics=received");
        assertThat(sums.path("rows").toString())
                .contains("\"example123.skadnetwork\"", "\"example123.adattributionkit\"");
        Await.until("copies at the partner", () -> copies.size() == 3);
        assertThat(copies).containsExactlyInAnyOrder(install, lost, modern);
        assertThat(statuses).containsExactlyInAnyOrder(503, 200, 200, 200);
    }

    @Test
    void ads_are_signed_for_an_ad_network_alone() {
        var answer =
                installed
                        .client()
                        .api(
                                "POST",
                                "/api/v1/apple-ads",
                                "{\"version\":\"4.0\",\"source\":5239,\"app\":\"1\",\"sourceApp\":\"2\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("apple-ad-network", "apple-ad-key");
    }
}
