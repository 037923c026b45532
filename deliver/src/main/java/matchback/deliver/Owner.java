package matchback.deliver;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that does what it is told, in order. A platform thread: reading a snapshot blocks in
/// native code.
final class Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

    private final AtomicInteger pending = new AtomicInteger();
    private final ExecutorService thread;

    Owner(String name) {
        thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
    }

    /// Never blocks. Does nothing after [#close].
    void post(Runnable task) {
        pending.incrementAndGet();
        try {
            thread.execute(() -> run(task));
        } catch (RejectedExecutionException _) {
            pending.decrementAndGet();
        }
    }

    /// The thread's root: one failed task must not stop the others.
    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("delivery step failed error={}", e.getClass(), e);
        } finally {
            pending.decrementAndGet();
        }
    }

    boolean isIdle() {
        return pending.get() == 0;
    }

    void close() {
        thread.shutdown();
    }
}
