package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import matchback.server.testing.Await;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void the_past_is_played_with_its_true_delays_and_the_present_goes_on_from_there() {
        var data = folder.resolve("data");
        playPast(data);
        long before = counted(out());

        try (var server = Launch.on(data).with("--trusted-proxies", "127.0.0.0/8").start()) {
            awaitCounted(server, before);
            assertInjectedSecondsAfterTheClick(server);

            out.reset();
            playLive(server);
            awaitCounted(server, before + counted(out()));
        }
    }

    private void playPast(Path data) {
        int code =
                run(
                        "simulate",
                        "--past",
                        "--data",
                        data.toString(),
                        "--duration",
                        "10h",
                        "--rate",
                        "0.01",
                        "--attacks",
                        "click-injection:12");

        assertThat(code).as(err()).isZero();
        assertThat(out())
                .contains("18 simulated sources, senders, offers and campaigns made")
                .contains("10h of traffic from 2")
                .containsPattern("click-injection +counted new_conversion \\d")
                .contains("look at it: ./matchback serve --data " + data)
                .doesNotContain("got no answer");
    }

    private void playLive(ServerProcess server) {
        int code =
                run(
                        "simulate",
                        "--to",
                        server.tracking(),
                        "--console-port",
                        Integer.toString(URI.create(server.console()).getPort()),
                        "--rate",
                        "40",
                        "--duration",
                        "3s",
                        "--speed",
                        "5000",
                        "--attacks",
                        "click-id-guessing:40,machine-rhythm:10");

        assertThat(code).as(err()).isZero();
        assertThat(out())
                .contains("offers and campaigns are there")
                .contains("5000 times as fast")
                .containsPattern("click-id-guessing +refused forged_click_id \\d\\d")
                .containsPattern("machine-rhythm +\\d+ +\\d")
                .doesNotContain("NOTE", "got no answer");
    }

    private static void assertInjectedSecondsAfterTheClick(ServerProcess server) {
        int injected = 0;
        for (var conversion : conversions(server)) {
            var id = conversion.path("clickId").asText();
            var story = server.client().read("/api/v1/clicks/" + id);
            if (story.path("click").path("subs").path("sub1").asText().endsWith("-91")) {
                var clicked = Instant.parse(story.path("click").path("clickedAt").asText());
                var happened = story.path("conversions").path(0).path("eventAt").asText();
                assertThat(Duration.between(clicked, Instant.parse(happened)).toMillis())
                        .isBetween(1990L, 10_000L);
                injected++;
            }
        }
        assertThat(injected).isGreaterThan(4);
    }

    @Test
    void a_file_holds_the_same_labelled_lines_for_the_same_seed() throws IOException {
        var first = file("first.jsonl", "7");
        var second = file("second.jsonl", "7");
        var other = file("other.jsonl", "8");

        assertThat(first).hasSameTextualContentAs(second);
        assertThat(Files.readString(first)).isNotEqualTo(Files.readString(other));
        var labels = new HashMap<String, Integer>();
        for (var line : Files.readAllLines(first)) {
            var node = JSON.readTree(line);
            labels.merge(
                    node.path("kind").asText() + " " + node.path("label").asText(),
                    1,
                    Integer::sum);
        }
        assertThat(labels).containsKeys("visit honest", "report honest", "report address-cluster");
    }

    @Test
    void a_file_that_is_there_is_not_written_over() throws IOException {
        file("first.jsonl", "7");

        int code = run("simulate", "--file", folder.resolve("first.jsonl").toString());

        assertThat(code).isEqualTo(Commands.FAILED);
        assertThat(err()).contains("is there already; name another file");
    }

    @Test
    void a_folder_with_something_in_it_is_refused_a_past() throws IOException {
        Files.writeString(folder.resolve("something"), "of somebody");

        int code = run("simulate", "--past", "--data", folder.toString());

        assertThat(code).isEqualTo(Commands.FAILED);
        assertThat(err()).contains("is not empty; the past wants a folder of its own");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    --to http://track.example.com        | track.example.com is another machine
                    --to http://127.0.0.1.example.com    | 127.0.0.1.example.com is another machine
                    --to nonsense                        | 'nonsense' is no http or https URL
                    --rate 0                             | expected a number above 0, at most 2,000
                    --rate 2000 --duration 10h           | are more than 2,000,000 visits
                    --duration soon                      | '; expected 1 s to 366 days
                    --seed one                           | --seed 'one' is no whole number
                    --attacks honest                     | 'honest' is no attack; there are all, click
                    --attacks machine-rhythm:0           | after the colon expected 1 to 100,000
                    --file a --past                      | are two things; choose one
                    --past --speed 5                     | leave it out with --past
                    --from 2026-01-01T00:00:00Z          | --from is for --file
                    --to http://127.0.0.1:1              | no answer from http://127.0.0.1:1
                    """)
    void what_cannot_be_is_told_in_one_line(String words, String expected) {
        var all = new ArrayList<>(List.of("simulate"));
        all.addAll(List.of(words.split(" +")));

        int code = run(all.toArray(String[]::new));

        assertThat(code).isEqualTo(Commands.FAILED);
        assertThat(err()).contains(expected).hasLineCount(1);
    }

    private Path file(String name, String seed) {
        var file = folder.resolve(name);
        int code =
                run(
                        "simulate",
                        "--file",
                        file.toString(),
                        "--from",
                        "2026-03-02T00:00:00Z",
                        "--duration",
                        "12h",
                        "--seed",
                        seed,
                        "--attacks",
                        "address-cluster:30");
        assertThat(code).as(err()).isZero();
        return file;
    }

    private static JsonNode conversions(ServerProcess server) {
        return server.client().read("/api/v1/conversions?limit=200").path("items");
    }

    private static void awaitCounted(ServerProcess server, long expected) {
        Await.until(
                expected + " counted postbacks are in the report",
                () -> {
                    var report = "/api/v1/report?group=sender&metrics=counted&from=2020-01-01";
                    var totals = server.client().read(report).path("totals");
                    return totals.path("counted").asLong() == expected;
                });
    }

    /// What the printed table says was counted, all labels together.
    private static long counted(String text) {
        long sum = 0;
        var row = Pattern.compile("(?m)^  [a-z-]+ +[\\d,]+ +[\\d,]+ +([\\d,]+)").matcher(text);
        while (row.find()) {
            sum += Long.parseLong(row.group(1).replace(",", ""));
        }
        return sum;
    }

    private int run(String... arguments) {
        var environment = Map.of("MATCHBACK_ADMIN_TOKEN", ServerProcess.TOKEN);
        var commands = new Commands(environment, stream(out), stream(err));
        return commands.run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
