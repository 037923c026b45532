package matchback.deliver;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import matchback.ledger.Wordless;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that does what it is told, in order. A platform thread: reading a snapshot blocks in
/// native code.
final class Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

    private final AtomicLong posted = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final ExecutorService thread;

    Owner(String name) {
        thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
    }

    /// Never blocks. Does nothing after [#close].
    void post(Runnable task) {
        posted.incrementAndGet();
        try {
            thread.execute(() -> run(task));
        } catch (RejectedExecutionException _) {
            done.incrementAndGet();
        }
    }

    /// The thread's root: one failed task must not stop the others.
    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("delivery step failed", Wordless.of(e));
        } finally {
            done.incrementAndGet();
        }
    }

    /// Tasks so far, and how many of them are done.
    long posted() {
        return posted.get();
    }

    long done() {
        return done.get();
    }

    void close() {
        thread.shutdown();
    }
}
