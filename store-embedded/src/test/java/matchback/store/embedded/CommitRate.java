package matchback.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import matchback.ledger.Accepted;
import matchback.ledger.Completion;
import matchback.ledger.Ledger;
import matchback.ledger.kit.KitEvents;
import matchback.ledger.kit.KitRules;

/// Prints how many clicks a second become durable with so many in flight, and how long one waits.
/// Not a test: `java ... CommitRate <folder> <seconds> <in flight> ...`. Two event loops submit;
/// each submits the next click when one of its clicks is acknowledged.
public final class CommitRate {
    private static final int LOOPS = 2;
    private static final int WAITS_MAX = 4_000_000;

    private final Ledger ledger;
    private final long[] waits = new long[WAITS_MAX];
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final CountDownLatch idle;

    private CommitRate(Ledger ledger, int inFlight) {
        this.ledger = ledger;
        this.idle = new CountDownLatch(inFlight);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Path.of(args[0]);
        long seconds = Long.parseLong(args[1]);
        for (int i = 2; i < args.length; i++) {
            int inFlight = Integer.parseInt(args[i]);
            var data = Files.createTempDirectory(folder, "rate");
            var loops = new ExecutorService[LOOPS];
            Arrays.setAll(loops, _ -> Executors.newSingleThreadExecutor());
            try (var ledger =
                    EmbeddedLedger.open(
                            data,
                            EmbeddedConfig.DEFAULT,
                            new KitRules(),
                            "USD",
                            EmbeddedHost.SEED)) {
                new CommitRate(ledger, inFlight).run(loops, inFlight, Math.max(1, seconds / 3));
                var rate = new CommitRate(ledger, inFlight);
                var before = ledger.health();
                rate.run(loops, inFlight, seconds);
                var after = ledger.health();
                rate.print(inFlight, seconds, before, after);
            }
            Arrays.stream(loops).forEach(ExecutorService::close);
        }
    }

    private void run(ExecutorService[] loops, int inFlight, long seconds)
            throws InterruptedException {
        for (int i = 0; i < inFlight; i++) {
            var loop = loops[i % LOOPS];
            var visitor = new Visitor(loop, new KitEvents(System.identityHashCode(this) + i), i);
            loop.execute(visitor::click);
        }
        new CountDownLatch(1).await(seconds, java.util.concurrent.TimeUnit.SECONDS);
        running.set(false);
        idle.await();
    }

    private void print(int inFlight, long seconds, LedgerHealth before, LedgerHealth after) {
        int count = Math.min(done.get(), WAITS_MAX);
        Arrays.sort(waits, 0, count);
        long batches = after.batches() - before.batches();
        System.out.printf(
                "in flight %d: %d clicks/s, wait p50 %.2f ms p99 %.2f ms p99.9 %.2f ms,"
                        + " %.1f clicks a batch, commit %.3f ms, committing %.0f %% of the time%n",
                inFlight,
                done.get() / seconds,
                waits[count / 2] / 1e6,
                waits[(int) (count * 0.99)] / 1e6,
                waits[(int) (count * 0.999)] / 1e6,
                done.get() / (double) batches,
                (after.commitNanos() - before.commitNanos()) / 1e6 / batches,
                (after.commitNanos() - before.commitNanos()) / 1e7 / seconds);
    }

    private final class Visitor implements Completion {
        private final Executor loop;
        private final KitEvents events;
        private final String prefix;
        private long from;
        private long number;

        Visitor(Executor loop, KitEvents events, int number) {
            this.loop = loop;
            this.events = events;
            this.prefix = "SUBJECT-OF-32-CHARACTERS-" + number + '-';
        }

        void click() {
            from = System.nanoTime();
            number++;
            ledger.submit(
                    events.click(prefix + System.identityHashCode(this) + number), null, this);
        }

        @Override
        public Executor executor() {
            return loop;
        }

        @Override
        public void accepted(Accepted accepted) {
            int index = done.getAndIncrement();
            if (index < WAITS_MAX) {
                waits[index] = System.nanoTime() - from;
            }
            if (running.get()) {
                click();
            } else {
                idle.countDown();
            }
        }

        @Override
        public void failed(LedgerFailure failure) {
            throw failure;
        }
    }
}
