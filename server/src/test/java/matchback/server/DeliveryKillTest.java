package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import matchback.server.testing.Await;
import matchback.server.testing.Receiver;
import matchback.server.testing.ServerProcess;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kill -9 while conversions are on their way to their destinations.
class DeliveryKillTest {
    private static final int SOURCES = 3;
    private static final int CLICKS_A_ROUND = 60;
    private static final Duration DRAIN_MAX = Duration.ofMinutes(2);

    @TempDir Path data;

    private final List<Receiver> receivers = new ArrayList<>();
    private final List<List<String>> converted = new ArrayList<>();
    private final Random random = new Random(42);

    @Test
    void killed_three_times_no_conversion_is_undelivered_and_none_is_told_as_two() {
        killed(3);
    }

    @Test
    @Tag("long")
    void killed_fifty_times() {
        killed(50);
    }

    private void killed(int times) {
        for (int i = 0; i < SOURCES; i++) {
            receivers.add(new Receiver(20));
            converted.add(new ArrayList<>());
        }
        try {
            for (int round = 0; round < times; round++) {
                try (var server = launch().start()) {
                    if (round == 0) {
                        create(server);
                    }
                    convert(server);
                    awaitSome(round);
                    server.kill();
                }
            }
            int before = repeats();
            try (var server = launch().start()) {
                awaitAll();
                assertThat(server.stop()).isZero();
            }
            System.out.printf(
                    "kill -9 during delivery: %d kills, %d conversions, %d told again%n",
                    times,
                    converted.stream().mapToInt(List::size).sum(),
                    Math.max(before, repeats()));
            receivers.forEach(receiver ->
                    assertThat(receiver.heard().values())
                            .allMatch(heard -> heard.conversions().size() == 1));
        } finally {
            receivers.forEach(Receiver::close);
        }
    }

    private Launch launch() {
        // Slow enough that a kill finds something waiting.
        return Launch.on(data).with("--delivery-concurrency", "2", "--delivery-per-second", "1000");
    }

    private void create(ServerProcess server) {
        try (var client = server.client()) {
            client.create("senders", Map.of("key", "network"));
            client.create(
                    "offers",
                    Map.of(
                            "key",
                            "shoes",
                            "url",
                            "https://offer.example/?s2={clickid}",
                            "sender",
                            "network",
                            "payout",
                            "10.00"));
            for (int i = 0; i < SOURCES; i++) {
                client.create(
                        "traffic-sources",
                        Map.of(
                                "key",
                                "source" + i,
                                "postbackUrl",
                                receivers.get(i).url("/pb?e={event_id}&c={clickid}")));
                client.create(
                        "campaigns",
                        Map.of(
                                "key",
                                "campaign" + i,
                                "source",
                                "source" + i,
                                "offers",
                                List.of(Map.of("offer", "shoes"))));
            }
        }
    }

    private void convert(ServerProcess server) {
        try (var client = server.client()) {
            for (int i = 0; i < CLICKS_A_ROUND; i++) {
                int source = i % SOURCES;
                var click =
                        matchback.server.testing.Installed.clickId(
                                client.get("/c/campaign" + source));
                var answer = client.postback("/postback?clickid=" + click + "&txid=" + click);
                // On a machine that is busy elsewhere a click may find the disk slow.
                if (!answer.path("reason").asText().equals("click_not_recorded")) {
                    assertThat(answer.path("decision").asText()).isEqualTo("counted");
                    converted.get(source).add(click);
                }
            }
        }
    }

    /// Until some of this round are through, and most are not.
    private void awaitSome(int round) {
        int wanted = receivers.getFirst().events() + 1 + random.nextInt(5);
        int all = converted.getFirst().size();
        Await.until(
                "some are through in round " + round,
                () -> receivers.getFirst().events() >= Math.min(wanted, all));
    }

    private void awaitAll() {
        for (int i = 0; i < SOURCES; i++) {
            int all = converted.get(i).size();
            var receiver = receivers.get(i);
            Await.until(
                    "all " + all + " are through, not only " + receiver.events(),
                    DRAIN_MAX,
                    () -> receiver.events() == all);
        }
    }

    private int repeats() {
        return receivers.stream()
                .mapToInt(receiver ->
                        receiver.heard().values().stream().mapToInt(h -> h.times() - 1).sum())
                .sum();
    }
}
