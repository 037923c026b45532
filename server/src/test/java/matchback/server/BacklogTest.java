package matchback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import matchback.model.ClickId;
import matchback.server.testing.Await;
import matchback.server.testing.Installed;
import matchback.server.testing.KeepAlive;
import matchback.server.testing.ServerProcess.Launch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What networks do to a tracker: the same report twice at the same instant, and the backlog of a
/// day in minutes, all from one address.
class BacklogTest {
    private static final int CONNECTIONS = 64;

    @TempDir Path data;

    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();

    @Test
    void of_ten_thousand_pairs_at_the_same_instant_one_each_counts() throws Exception {
        // given
        try (var installed = Installed.on(Launch.on(data).start())) {
            var clicks = clicks(installed, 10_000);

            // when
            pairs(installed, clicks, clicks);

            // then
            assertThat(answered("counted new_conversion")).isEqualTo(clicks.size());
            assertThat(answered("duplicate duplicate_transaction")).isEqualTo(clicks.size());
            assertSums(installed, 2L * clicks.size(), clicks.size());
        }
    }

    @Test
    void a_txid_that_two_clicks_show_at_the_same_instant_counts_for_one_of_them() throws Exception {
        // given
        try (var installed = Installed.on(Launch.on(data).start())) {
            var first = clicks(installed, 2_000);
            var second = clicks(installed, 2_000);

            // when
            pairs(installed, first, second);

            // then
            assertThat(answered("counted new_conversion")).isEqualTo(first.size());
            assertThat(answered("duplicate duplicate_transaction_other_click"))
                    .isEqualTo(first.size());
            assertSums(installed, 2L * first.size(), first.size());
        }
    }

    @Test
    void a_backlog_from_one_address_is_taken() throws Exception {
        backlog(20_000);
    }

    @Test
    @Tag("long")
    void two_hundred_thousand_from_one_address_are_taken() throws Exception {
        backlog(200_000);
    }

    private void backlog(int count) throws Exception {
        // given
        try (var installed = Installed.on(Launch.on(data).start())) {
            var clicks = clicks(installed, count / 10);

            // when
            long started = System.nanoTime();
            onAll(
                    installed,
                    (connection, worker) -> {
                        for (int i = worker; i < count; i += CONNECTIONS) {
                            report(connection, clicks.get(i % clicks.size()), "B" + i);
                        }
                    });

            // then
            double seconds = (System.nanoTime() - started) / 1e9;
            System.out.printf("backlog of %d taken in %.1f s%n", count, seconds);
            assertThat(answers)
                    .containsOnlyKeys("counted new_conversion", "counted additional_conversion");
            assertSums(installed, count, count);
        }
    }

    private List<String> clicks(Installed installed, int count) throws Exception {
        var clicks = new ArrayList<String>(java.util.Collections.nCopies(count, ""));
        onAll(
                installed,
                (connection, worker) -> {
                    for (int i = worker; i < count; i += CONNECTIONS) {
                        clicks.set(i, click(connection, i));
                    }
                });
        return clicks;
    }

    /// On a busy machine a visitor may go on before the disk has answered; another one comes.
    private static String click(KeepAlive connection, int number) throws IOException {
        while (true) {
            var target = "/c/" + Installed.CAMPAIGN + "?zid=e" + number;
            var location = connection.get(target).headers().getOrDefault("location", "");
            var id = location.replaceAll(".*s2=([0-9A-Z]{32}).*", "$1");
            if (!ClickId.ofAuthentic(id).isUnrecorded()) {
                return id;
            }
        }
    }

    /// Two connections at a time send the same txid, each for its click, when both are ready.
    private void pairs(Installed installed, List<String> first, List<String> second)
            throws Exception {
        int couples = CONNECTIONS / 2;
        var barriers = new ArrayList<CyclicBarrier>();
        for (int i = 0; i < couples; i++) {
            barriers.add(new CyclicBarrier(2));
        }
        onAll(
                installed,
                (connection, worker) -> {
                    int couple = worker / 2;
                    var clicks = worker % 2 == 0 ? first : second;
                    for (int i = couple; i < clicks.size(); i += couples) {
                        barriers.get(couple).await();
                        report(connection, clicks.get(i), "T" + i);
                    }
                });
    }

    private void report(KeepAlive connection, String click, String txid) throws IOException {
        var answer = connection.get("/postback?clickid=" + click + "&payout=1.00&txid=" + txid);
        var words = answer.body().strip().replace(": ", " ");
        answers.computeIfAbsent(words, _ -> new LongAdder()).increment();
    }

    private long answered(String words) {
        var count = answers.get(words);
        return count == null ? 0 : count.sum();
    }

    private interface Work {
        void run(KeepAlive connection, int worker) throws Exception;
    }

    private static void onAll(Installed installed, Work work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int worker = i;
                running.add(
                        threads.submit(() -> {
                            try (var connection = new KeepAlive(installed.server().tracking())) {
                                work.run(connection, worker);
                            }
                            return null;
                        }));
            }
            for (var future : running) {
                future.get();
            }
        }
    }

    private static void assertSums(Installed installed, long received, long counted) {
        var path =
                "/api/v1/report?group=sender&metrics=received,counted,updated,duplicate,held,refused";
        Await.until(
                "the report has " + received,
                () -> installed.client().read(path).at("/totals/received").asLong() == received);
        var totals = installed.client().read(path).path("totals");
        assertThat(totals.path("counted").asLong()).isEqualTo(counted);
        assertThat(
                        totals.path("counted").asLong()
                                + totals.path("updated").asLong()
                                + totals.path("duplicate").asLong()
                                + totals.path("held").asLong()
                                + totals.path("refused").asLong())
                .isEqualTo(received);
    }
}
