package matchback.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.ledger.Accepted;
import matchback.ledger.Completion;
import matchback.ledger.Completion.LedgerFailure;
import matchback.ledger.kit.KitEvents;
import matchback.ledger.kit.KitRules;
import matchback.ledger.kit.Ledgers;
import matchback.ledger.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the committing thread owes to those who submit.
final class CommitterTest {
    @TempDir Path parent;
    private final KitEvents events = new KitEvents(1);

    private EmbeddedLedger open(EmbeddedConfig config) {
        return EmbeddedLedger.open(
                parent.resolve("data"), config, new KitRules(), "USD", EmbeddedHost.SEED);
    }

    /// Keeps the committing thread in a listener until released.
    private static CountDownLatch stall(EmbeddedLedger ledger, KitEvents events) {
        var stalled = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        ledger.onCommit(() -> {
            stalled.countDown();
            await(release);
        });
        ledger.submit(events.click("stall"), null).join();
        await(stalled);
        return release;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_full_queue_fails_submissions_at_once_and_takes_them_again_when_there_is_room() {
        try (var ledger = open(EmbeddedConfig.DEFAULT.withQueueEventsMax(10))) {
            var release = stall(ledger, events);
            var waiting = new ArrayList<CompletableFuture<Accepted>>();
            for (int i = 0; i < 9; i++) {
                waiting.add(ledger.submit(events.click("subject-" + i), null));
            }

            var refused = ledger.submit(events.click("one too many"), null);

            assertThatThrownBy(refused::join)
                    .hasCauseInstanceOf(LedgerFailure.class)
                    .hasMessageContaining("the queue is full");
            assertThat(ledger.health().queuedEvents()).isEqualTo(10);
            assertThat(ledger.health().isAccepting()).isTrue();
            release.countDown();
            waiting.forEach(CompletableFuture::join);
            Await.until("room again", () -> ledger.health().queuedEvents() == 0);
            ledger.submit(events.click("later"), null).join();
        }
    }

    @Test
    void one_executor_gets_one_task_for_all_completions_of_a_batch() {
        var tasks = new AtomicInteger();
        try (var loop = Executors.newSingleThreadExecutor();
                var ledger = open(EmbeddedConfig.DEFAULT)) {
            Executor counted =
                    task -> {
                        tasks.incrementAndGet();
                        loop.execute(task);
                    };
            var release = stall(ledger, events);
            var heard = new ArrayList<String>();
            var all = new CountDownLatch(100);
            for (int i = 0; i < 100; i++) {
                ledger.submit(events.click("s" + i), null, new Hearer(counted, heard, all, "" + i));
            }

            release.countDown();
            await(all);

            assertThat(tasks).hasValue(1);
            assertThat(heard).hasSize(100).startsWith("0", "1", "2").endsWith("98", "99");
            assertThat(ledger.health().largestBatchEvents()).isEqualTo(100);
        }
    }

    private record Hearer(Executor executor, List<String> heard, CountDownLatch all, String name)
            implements Completion {
        @Override
        public void accepted(Accepted accepted) {
            heard.add(name);
            all.countDown();
        }

        @Override
        public void failed(LedgerFailure failure) {
            heard.add("failed");
            all.countDown();
        }
    }

    @Test
    void a_completion_that_throws_or_an_executor_that_is_gone_hurts_nobody_else() {
        try (var ledger = open(EmbeddedConfig.DEFAULT)) {
            var release = stall(ledger, events);
            Executor gone =
                    _ -> {
                        throw new RejectedExecutionException("gone");
                    };
            var heard = new ArrayList<String>();
            var latch = new CountDownLatch(1);
            ledger.submit(events.click("a"), null, new Hearer(gone, heard, latch, "gone"));
            ledger.submit(events.click("b"), null, new Thrower());
            var after = ledger.submit(events.click("c"), null);

            release.countDown();

            assertThat(after.join()).isNotNull();
            assertThat(heard).isEmpty();
            assertThat(ledger.health().isAccepting()).isTrue();
        }
    }

    private record Thrower() implements Completion {
        @Override
        public Executor executor() {
            return Runnable::run;
        }

        @Override
        public void accepted(Accepted accepted) {
            throw new IllegalStateException("a submitter with a bug");
        }

        @Override
        public void failed(LedgerFailure failure) {
            throw failure;
        }
    }

    @Test
    void health_counts_what_was_written() {
        try (var ledger = open(EmbeddedConfig.DEFAULT)) {
            assertThat(ledger.health().batches()).isZero();
            for (int i = 0; i < 5; i++) {
                ledger.submit(events.click("s" + i), events.personal()).join();
            }
            Await.until("finished", () -> ledger.health().queuedEvents() == 0);

            var health = ledger.health();

            assertThat(health.events()).isEqualTo(5);
            assertThat(health.batches()).isEqualTo(5);
            assertThat(health.bytes()).isGreaterThan(5 * 100);
            assertThat(health.queuedBytes()).isZero();
            assertThat(health.commitNanos()).isPositive();
            assertThat(health.failures()).isZero();
            assertThat(health.lastCommitAt()).isEqualTo(1_790_000_000_000L);
            assertThat(health.failure()).isNull();
        }
    }

    @Test
    void a_closed_ledger_says_so() {
        var ledger = open(EmbeddedConfig.DEFAULT);
        ledger.close();

        assertThat(ledger.health().isAccepting()).isFalse();
        assertThatThrownBy(ledger::snapshot).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.get("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.put("x", new byte[1])).isInstanceOf(LedgerFailure.class);
    }

    @Test
    void closing_waits_for_a_snapshot_that_is_still_read() throws Exception {
        var ledger = open(EmbeddedConfig.DEFAULT);
        var event = events.click("a");
        ledger.submit(event, null).join();
        var snapshot = ledger.snapshot();
        var closing = Thread.ofPlatform().start(ledger::close);
        Await.until("closing", () -> !ledger.health().isAccepting());

        assertThat(Ledgers.ids(snapshot)).containsExactly(event.recordId());
        assertThat(closing.isAlive()).isTrue();
        snapshot.close();
        closing.join();

        assertThatThrownBy(() -> snapshot.entries(0, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        open(EmbeddedConfig.DEFAULT).close();
    }
}
