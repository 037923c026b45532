package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import matchback.server.testing.Await;
import matchback.server.testing.Certificates;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starting and stopping, and what is said when it cannot be.
class ServeTest {
    @TempDir Path folder;

    @Test
    void it_says_in_one_line_when_it_is_ready_and_stops_with_zero() {
        try (var server = launch().start()) {
            assertThat(server.lines().stream().filter(line -> line.contains("ready in")))
                    .hasSize(1);
            assertThat(server.client().consoleGet("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.client().consoleGet("/health/ready").statusCode()).isEqualTo(200);

            assertThat(server.stop()).isZero();

            assertThat(server.output()).contains("stopped").doesNotContain(ServerProcess.TOKEN);
        }
    }

    @Test
    void the_metrics_tell_what_went_on() {
        try (var installed = Installed.on(launch().start())) {
            var clickId = installed.click();
            installed.convert(clickId, "&payout=3");
            installed.convert(clickId, "&payout=3");

            var metrics = installed.client().consoleGet("/metrics").body();

            assertThat(metrics)
                    .contains("matchback_ingest_clicks_total 1")
                    .containsPattern(
                            "matchback_ingest_postbacks_total\\{decision=\"counted\",reason=\"new_conversion\"\\} 1")
                    .contains("matchback_ledger_records_total")
                    .contains("matchback_report_lag_seconds")
                    .contains("matchback_deliver_")
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void a_data_folder_has_one_user_at_a_time() {
        try (var first = launch().start()) {
            var second = launch().run();

            assertThat(second.code()).isEqualTo(1);
            assertThat(second.output()).contains("in use by another process").hasLineCount(1);
            assertThat(first.client().consoleGet("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_port_in_use_is_one_clear_line() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());

            var ended = launch().with("--port", port).run();

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.output())
                    .endsWith("choose another with --port")
                    .doesNotContain("\tat ");
            assertThat(ended.output()).contains("port " + port + " on 127.0.0.1 is in use");
        }
    }

    @Test
    void bad_certificates_are_one_clear_line() throws IOException {
        var file = Files.writeString(folder.resolve("bad.pem"), "no certificate");

        var ended =
                launch().with("--tls-cert", file.toString(), "--tls-key", file.toString()).run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("with tls-cert and tls-key: ").doesNotContain("\tat ");
    }

    @Test
    void the_first_token_is_made_and_printed_once() {
        var first = launch().withoutToken().start();
        try (first) {
            assertThat(first.output()).containsPattern("admin token: \\S{24,}");
            first.stop();
        }
        var token = first.output().replaceFirst("(?s).*admin token: (\\S+).*", "$1");

        try (var second = launch().withoutToken().start();
                var client =
                        new matchback.server.demo.ApiClient(
                                second.tracking(), second.console(), token)) {
            assertThat(second.output()).doesNotContain("admin token:");
            assertThat(client.read("/api/v1/campaigns").path("items")).isEmpty();
        }
    }

    @Test
    void certificate_files_are_read_again_when_they_change() throws Exception {
        var certificate = folder.resolve("cert.pem");
        var key = folder.resolve("key.pem");
        var first = Certificates.write(certificate, key);
        var launch =
                launch().with("--tls-cert", certificate.toString(), "--tls-key", key.toString());

        try (var server = launch.start()) {
            assertThat(server.tracking()).startsWith("https://");
            assertThat(shown(server.tracking())).isEqualTo(first);
            assertThat(shown(server.console())).isEqualTo(first);

            var second = Certificates.write(certificate, key);

            assertThat(second).isNotEqualTo(first);
            Await.until(
                    "tracking shows the new one", () -> shown(server.tracking()).equals(second));
            Await.until("console shows the new one", () -> shown(server.console()).equals(second));
        }
    }

    private static String shown(String url) {
        var uri = URI.create(url);
        try {
            return Certificates.shownAt(uri.getHost(), uri.getPort());
        } catch (IOException | GeneralSecurityException e) {
            return "none: " + e;
        }
    }

    private Launch launch() {
        return Launch.on(folder.resolve("data"));
    }
}
