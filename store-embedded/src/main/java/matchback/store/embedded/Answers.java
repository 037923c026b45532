package matchback.store.embedded;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a batch has to tell to whom: one task for each executor, so one wake-up per event loop.
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    // By identity: an executor is a place, not a value.
    private final IdentityHashMap<Executor, List<Runnable>> answers = new IdentityHashMap<>();

    void add(Executor executor, Runnable answer) {
        answers.computeIfAbsent(executor, _ -> new ArrayList<>()).add(answer);
    }

    void give() {
        answers.forEach((executor, list) -> {
            try {
                executor.execute(() -> list.forEach(Answers::run));
            } catch (RuntimeException e) {
                LOG.warn("answers={} found their executor gone", list.size(), e);
            }
        });
    }

    /// Runs what others gave us; their trouble is not ours.
    static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a completion or listener failed", e);
        }
    }
}
