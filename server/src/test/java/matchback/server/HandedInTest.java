package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import matchback.server.demo.ApiClient;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Conversions that no postback brings, on the whole program.
class HandedInTest {
    private static final String PATH = "/api/v1/conversions";

    @TempDir Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private static HttpResponse<String> send(
            ServerProcess server, String path, BodyPublisher body, String... headers) {
        try (var http = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(server.console() + path))
                            .header("Authorization", "Bearer " + ServerProcess.TOKEN)
                            .headers(headers)
                            .POST(body)
                            .build();
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> keyed(ServerProcess server, String json) {
        return send(
                server,
                PATH,
                BodyPublishers.ofString(json),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "call-1");
    }

    @Test
    void the_first_answer_is_given_again_after_a_kill() {
        String json;
        HttpResponse<String> first;
        String click;
        try (var installed = Installed.on(Launch.on(data()).start())) {
            click = installed.click();
            json = "[{\"clickid\":\"%s\",\"payout\":5},{\"clickid\":\"x\"}]".formatted(click);
            first = keyed(installed.server(), json);
            installed.server().kill();
        }

        try (var installed = Installed.again(Launch.on(data()).start())) {
            var again = keyed(installed.server(), json);

            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
            assertThat(installed.story(click).path("postbacks")).hasSize(1);
        }
    }

    /// Half of the rows are doubles of the other half, and nothing about them fits into the memory
    /// that the server gets.
    @Test
    @Tag("long")
    void two_hundred_thousand_rows_take_little_memory_and_count_once() throws IOException {
        var launch = Launch.on(data()).jvm("-Xmx160m");
        try (var installed = Installed.on(launch.start())) {
            var clicks = IntStream.range(0, 2000).mapToObj(_ -> installed.click()).toList();
            var file = folder.resolve("report.csv");
            write(file, clicks, 200_000);

            var preview = csv(installed.server(), file, "?dryRun=true");
            var applied = csv(installed.server(), file, "");
            var again = csv(installed.server(), file, "");

            assertThat(preview.path("rows").asLong()).isEqualTo(200_000);
            assertThat(preview.path("counts").path("counted").asLong()).isEqualTo(100_000);
            assertThat(preview.path("counts").path("duplicate").asLong()).isEqualTo(100_000);
            assertThat(applied.path("counts")).isEqualTo(preview.path("counts"));
            assertThat(applied.path("payouts")).isEqualTo(preview.path("payouts"));
            assertThat(again.path("takenBefore").asLong()).isEqualTo(200_000);
            assertThat(again.path("counts").path("counted").asLong()).isZero();
            assertThat(installed.story(clicks.getFirst()).path("conversions")).hasSize(50);
        }
    }

    private static void write(Path file, List<String> clicks, int rows) throws IOException {
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("clickid;payout;txid;comment\n");
            for (int row = 0; row < rows; row++) {
                int report = row % (rows / 2);
                out.write(
                        "%s;%d,25;T%d;row %d\n"
                                .formatted(
                                        clicks.get(report % clicks.size()),
                                        1 + report % 9,
                                        report,
                                        row));
            }
        }
    }

    private static JsonNode csv(ServerProcess server, Path file, String query) throws IOException {
        var answer =
                send(
                        server,
                        PATH + "/csv" + query,
                        BodyPublishers.ofFile(file),
                        "Content-Type",
                        "text/csv");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ApiClient.json(answer.body());
    }
}
