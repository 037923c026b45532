package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a proxy answered with an error page while the server was down comes in afterwards.
class RecoverTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    @TempDir Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private Path log(String click) throws IOException {
        var at = TIME.format(Instant.now());
        return Files.write(
                folder.resolve("access.log"),
                List.of(
                        line(
                                at,
                                "GET /postback/network?clickid=%s&payout=7&txid=R1"
                                        .formatted(click)),
                        line(
                                at,
                                "GET /postback/network?clickid=%s&payout=7&txid=R1"
                                        .formatted(click)),
                        line(at, "GET /c/" + Installed.CAMPAIGN + "?zid=lost&zone=z1"),
                        line(at, "GET /c/nothing"),
                        line(at, "GET /favicon.ico"),
                        line(at, "POST /postback")));
    }

    private static String line(String at, String request) {
        return "203.0.113.9 - - [%s] \"%s HTTP/1.1\" 502 157 \"-\" \"Network/1.0\""
                .formatted(at, request);
    }

    private ServerProcess.Ended recover(Path log, String... more) {
        var words = new java.util.ArrayList<>(List.of("recover", log.toString()));
        words.addAll(List.of("--data", data().toString()));
        words.addAll(List.of(more));
        return ServerProcess.command(words.toArray(String[]::new));
    }

    private static JsonNode onlyPostback(JsonNode story) {
        return story.path("postbacks").path(0);
    }

    @Test
    void a_stopped_installation_takes_them_once_and_with_their_own_time() throws IOException {
        String click;
        try (var installed = Installed.on(Launch.on(data()).start())) {
            click = installed.click();
        }
        var log = log(click);

        var preview = recover(log);
        var applied = recover(log, "--apply");
        var again = recover(log, "--apply");

        assertThat(preview.output())
                .contains("Preview, nothing is stored", "1 of those were no GET")
                .contains("1  postbacks counted: new_conversion")
                .contains("1  postbacks duplicate: duplicate_transaction")
                .contains("1  clicks recorded", "1  clicks on links without a campaign");
        assertThat(applied.code()).isZero();
        assertThat(applied.output()).contains("Taken:", "1  postbacks counted: new_conversion");
        assertThat(again.output())
                .contains("2  postbacks taken before", "1  clicks taken before")
                .doesNotContain("counted");
        try (var installed = Installed.again(Launch.on(data()).start())) {
            var story = installed.story(click);
            assertThat(story.path("postbacks")).hasSize(2);
            assertThat(story.path("conversions")).hasSize(1);
            var postback = onlyPostback(story);
            assertThat(postback.path("request").path("address").asText()).isEqualTo("203.0.113.9");
            assertThat(postback.path("request").path("headers").toString())
                    .contains("Matchback-Recovered: 502");
            assertThat(postback.path("receivedAt").asText()).endsWith(":" + seconds(log) + "Z");
        }
    }

    private static String seconds(Path log) throws IOException {
        return Files.readAllLines(log).getFirst().replaceFirst(".*\\[[^\\]]*:(\\d\\d) .*", "$1");
    }

    @Test
    void a_running_server_takes_them_too() throws IOException {
        try (var installed = Installed.on(Launch.on(data()).start())) {
            var click = installed.click();
            var log = log(click);
            var port = installed.server().console().replaceFirst(".*:", "");

            var preview = recover(log, "--console-port", port);
            var applied = recover(log, "--console-port", port, "--apply", "--no-clicks");

            assertThat(preview.output()).contains("1  clicks recorded");
            assertThat(applied.output())
                    .contains("1  postbacks counted: new_conversion")
                    .doesNotContain("clicks recorded");
            assertThat(installed.story(click).path("conversions")).hasSize(1);
        }
    }

    @Test
    void what_cannot_be_done_is_said() throws IOException {
        var log = log("x");

        assertThat(recover(log, "--status", "five").output()).contains("such as 502,503,504");
        assertThat(recover(log, "--from", "today").output()).contains("is no time");
        assertThat(recover(log).output()).contains("is no data folder");
        assertThat(recover(folder.resolve("nothing.log")).output()).contains("nothing.log");
        assertThat(ServerProcess.command("recover").output()).contains("name the access log");
    }
}
