package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.Receiver;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The doctor, called while the program runs.
class DoctorBesideServerTest {
    @TempDir Path data;

    @Test
    void names_the_destination_that_takes_nothing() {
        try (var receiver = new Receiver(0);
                var installed = Installed.on(Launch.on(data).start())) {
            receiver.answers(403);
            installed
                    .client()
                    .api(
                            "PUT",
                            "/api/v1/traffic-sources/" + Installed.SOURCE,
                            "{\"postbackUrl\":\"" + receiver.url("/pb?e={event_id}") + "\"}");
            installed.convert(installed.click(), "&txid=T1");
            Await.until(
                    "it is parked",
                    () -> installed.client().consoleGet("/health/ready").body().contains("parked"));
            var port = URI.create(installed.server().console()).getPort();

            var ended =
                    ServerProcess.command(
                            "doctor",
                            "--data",
                            data.toString(),
                            "--port",
                            "0",
                            "--console-port",
                            Integer.toString(port));

            assertThat(ended.output())
                    .containsPattern(
                            "warn +destinations +running: parked until somebody looks: source:push");
        }
    }
}
