package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import matchback.server.testing.Installed;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A wrong mapping is put right, and the past with it, from the command line.
class ReplayTest {
    @TempDir Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private ServerProcess.Ended replay(String... more) {
        var today = LocalDate.now(ZoneOffset.UTC);
        var words = new ArrayList<>(List.of("replay", "--data", data().toString()));
        words.addAll(List.of("--from", today.minusDays(1).toString()));
        words.addAll(List.of("--to", today.plusDays(2).toString()));
        words.addAll(List.of(more));
        return ServerProcess.command(words.toArray(String[]::new));
    }

    private static void statuses(Installed installed, String meaning) {
        var reply =
                installed
                        .client()
                        .api(
                                "PUT",
                                "/api/v1/senders/" + Installed.SENDER,
                                """
                                {"key":"%s","name":"Affiliate network","statuses":{"1":"%s"}}
                                """
                                        .formatted(Installed.SENDER, meaning));
        assertThat(reply.statusCode()).isEqualTo(200);
    }

    /// Two conversions whose status was read wrong, the mapping put right since.
    private static List<String> wrongDay(Installed installed) {
        statuses(installed, "rejected");
        var clicks = List.of(installed.click(), installed.click());
        clicks.forEach(click -> installed.convert(click, "&status=1&payout=4&txid=" + click));
        statuses(installed, "approved");
        return clicks;
    }

    @Test
    void a_stopped_installation_is_repaired_and_a_rebuild_agrees() {
        List<String> clicks;
        try (var installed = Installed.on(Launch.on(data()).start())) {
            clicks = wrongDay(installed);
        }

        var preview = replay();
        var applied = replay("--apply", "--note", "status 1 was wrong");
        var again = replay("--apply");
        var rebuilt = ServerProcess.command("rebuild", "--data", data().toString());

        assertThat(preview.output())
                .contains("2 decisions of 2 clicks change")
                .contains("revenue 0.00 -> 8.00 USD")
                .contains("Preview, nothing is written");
        assertThat(applied.code()).isZero();
        assertThat(applied.output()).contains("Applied: 2 clicks were decided again.");
        assertThat(again.output()).contains("Nothing to apply");
        assertThat(rebuilt.code()).as(rebuilt.output()).isZero();
        try (var installed = Installed.again(Launch.on(data()).start())) {
            var story = installed.story(clicks.getFirst());
            assertThat(story.path("conversions").path(0).path("status").asText())
                    .isEqualTo("approved");
            assertThat(story.path("deliveries")).isEmpty();
        }
    }

    @Test
    void a_running_server_is_repaired_and_delivers_when_asked_to() {
        try (var installed = Installed.on(Launch.on(data()).start())) {
            var clicks = wrongDay(installed);
            var port = installed.server().console().replaceFirst(".*:", "");

            var applied = replay("--console-port", port, "--apply", "--deliver");

            assertThat(applied.output())
                    .contains("deliveries: 2 new (sent)", "Applied: 2 clicks were decided again.");
            assertThat(installed.story(clicks.getLast()).path("deliveries")).hasSize(1);
        }
    }

    @Test
    void what_cannot_be_done_is_said() {
        try (var installed = Installed.on(Launch.on(data()).start())) {
            assertThat(installed.click()).isNotEmpty();
        }

        assertThat(replay("--sender", "nobody").output())
                .contains("senders[0]: There is no sender \"nobody\"");
        assertThat(ServerProcess.command("replay", "--data", data().toString()).output())
                .contains("from: A day or a time is expected");
    }
}
