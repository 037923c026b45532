package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.Load;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hundred clients, and the program under them stopped, killed and started again.
class LoadTest {
    private static final int CLIENTS = 100;
    private static final int STORIES_MAX = 1500;
    private static final String METRICS =
            "/api/v1/report?metrics=clicks,conversions,received,counted,updated,duplicate,held,"
                    + "refused&group=";
    private static final List<String> DECISIONS =
            List.of("counted", "updated", "duplicate", "held", "refused");

    @TempDir Path data;

    @Test
    void a_hundred_clients_meet_no_error_and_every_postback_has_a_decision() throws Exception {
        hundredClients(1_500);
    }

    @Test
    @Tag("long")
    void a_hundred_clients_for_long() throws Exception {
        hundredClients(60_000);
    }

    private void hundredClients(int clicks) throws Exception {
        try (var installed = Installed.on(launch().start());
                var load = Load.start(installed, CLIENTS, 1)) {
            load.runUntilClicked(clicks);
            load.stop();

            assertThat(load.errors()).isEmpty();
            assertThat(load.clicks()).doesNotHaveDuplicates();
            Await.until(
                    "the report has it all",
                    () ->
                            totals(installed, "campaign").path("clicks").asLong()
                                    >= load.clicks().size());
            assertThat(totals(installed, "campaign").path("clicks").asLong())
                    .isBetween((long) load.clicks().size(), load.clicksSent());
            Await.until(
                    "and every postback",
                    () ->
                            totals(installed, "sender").path("received").asLong()
                                    == load.postbacksSent());
            var totals = totals(installed, "sender");
            for (var decision : DECISIONS) {
                assertThat(totals.path(decision).asLong())
                        .as(decision)
                        .isEqualTo(load.decided(decision));
            }
            assertStories(installed, load);
        }
    }

    @Test
    void kill_9_loses_nothing_acknowledged_and_doubles_nothing() throws Exception {
        var load = killedUnderLoad();

        try (var installed = Installed.again(launch().start())) {
            Await.until("the columns caught up", () -> isSettled(installed, load));
            var totals = totals(installed, "campaign");
            assertThat(totals.path("clicks").asLong())
                    .isBetween((long) load.clicks().size(), load.clicksSent());
            assertThat(totals.path("conversions").asLong())
                    .isBetween(load.countedConversions(), load.postbacksSent());
            assertReceivedIsSum(totals(installed, "sender"));
            assertStories(installed, load);
            assertThat(installed.server().stop()).isZero();
        }

        var rebuilt = ServerProcess.command("rebuild", "--data", data.toString());
        assertThat(rebuilt.code()).as(rebuilt.output()).isZero();
        assertThat(rebuilt.output()).contains("equal");
        var verified = ServerProcess.command("ledger", "verify", "--data", data.toString());
        assertThat(verified.code()).as(verified.output()).isZero();
    }

    private Load killedUnderLoad() {
        try (var installed = Installed.on(launch().start());
                var load = Load.start(installed, CLIENTS, 2)) {
            load.runUntilClicked(600);
            installed.server().kill();
            load.stop();
            return load;
        }
    }

    @Test
    void sigterm_under_load_ends_cleanly_and_loses_nothing() throws Exception {
        Load load;
        try (var installed = Installed.on(launch().start());
                var running = Load.start(installed, CLIENTS, 3)) {
            load = running;
            running.runUntilClicked(600);

            assertThat(installed.server().stop()).isZero();

            running.stop();
            assertThat(installed.server().output()).doesNotContain("\tat ");
        }

        try (var installed = Installed.again(launch().start())) {
            Await.until("the columns caught up", () -> isSettled(installed, load));
            assertThat(totals(installed, "campaign").path("clicks").asLong())
                    .isBetween((long) load.clicks().size(), load.clicksSent());
            assertStories(installed, load);
        }
    }

    private Launch launch() {
        return Launch.on(data);
    }

    /// The projector follows the ledger: two equal reports and nothing acknowledged missing.
    private static boolean isSettled(Installed installed, Load load) {
        return totals(installed, "campaign").path("clicks").asLong() >= load.clicks().size()
                && totals(installed, "sender").path("received").asLong() >= load.answered();
    }

    private static void assertReceivedIsSum(JsonNode totals) {
        long sum = DECISIONS.stream().mapToLong(name -> totals.path(name).asLong()).sum();
        assertThat(totals.path("received").asLong()).isEqualTo(sum);
    }

    /// Looks at many clicks, chosen by chance: each is there, with each of its conversions once.
    private static void assertStories(Installed installed, Load load)
            throws InterruptedException, ExecutionException {
        var clicks = new ArrayList<>(load.clicks());
        java.util.Collections.shuffle(clicks, new Random(7));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var checks =
                    clicks.stream()
                            .limit(STORIES_MAX)
                            .<Callable<Boolean>>map(clickId ->
                                    () -> {
                                        assertStory(installed, load, clickId);
                                        return true;
                                    })
                            .toList();
            for (var check : threads.invokeAll(checks)) {
                check.get();
            }
        }
    }

    private static void assertStory(Installed installed, Load load, String clickId) {
        var conversions = installed.story(clickId).path("conversions");
        var txids =
                StreamSupport.stream(conversions.spliterator(), false)
                        .filter(one -> !one.path("status").asText().isEmpty())
                        .map(one -> one.path("txid").asText())
                        .toList();
        assertThat(txids).as(clickId).doesNotHaveDuplicates().containsAll(load.counted(clickId));
    }

    private static JsonNode totals(Installed installed, String group) {
        return installed.client().read(METRICS + group).path("totals");
    }
}
