package matchback.console.api;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import matchback.console.api.ReplayJob.Now;
import matchback.console.api.ReplayJob.State;
import matchback.ledger.Wordless;
import matchback.ledger.replay.Replay;
import matchback.ledger.replay.Replay.TooMuch;
import matchback.ledger.replay.ReplayPreview;
import matchback.ledger.replay.ReplayProgress.Cancelled;
import matchback.ledger.replay.ReplayRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The replays of this console. One runs at a time, on a thread of its own; the last few are kept
/// until the program ends. What they wrote stands in the ledger.
public final class ReplayJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayJobs.class);

    /// Previews hold every change they found.
    private static final int KEPT_MAX = 5;

    private static final long STOP_MILLIS_MAX = 10_000;

    private final Replay replay;
    private final InstantSource clock;

    /// Guards the fields below.
    private final ReentrantLock jobsLock = new ReentrantLock();

    private final Deque<ReplayJob> jobs = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean isClosed;

    /// What became of a wish to begin something.
    public sealed interface Begun {
        record Yes(ReplayJob job) implements Begun {}

        /// Another one runs.
        record Busy(ReplayJob job) implements Begun {}

        /// There is nothing (any more) to apply.
        record NotReady() implements Begun {}

        /// @param clicks that changed since the preview
        /// @param isOtherCatalog whether it was made by other rules than those of now
        record Outdated(long clicks, boolean isOtherCatalog) implements Begun {}
    }

    private interface Work {
        Now run();
    }

    public ReplayJobs(Replay replay, InstantSource clock) {
        this.replay = replay;
        this.clock = clock;
    }

    /// The last ones, newest first.
    public List<ReplayJob> all() {
        jobsLock.lock();
        try {
            return List.copyOf(jobs);
        } finally {
            jobsLock.unlock();
        }
    }

    public Optional<ReplayJob> job(String id) {
        return all().stream().filter(job -> job.id().toString().equals(id)).findFirst();
    }

    /// Begins a preview.
    public Begun preview(ReplayRequest request) {
        jobsLock.lock();
        try {
            var running = running();
            if (running.isPresent()) {
                return new Begun.Busy(running.get());
            }
            var job = new ReplayJob(replay.newId(), request, clock.millis());
            jobs.addFirst(job);
            while (jobs.size() > KEPT_MAX) {
                jobs.removeLast();
            }
            begin(job, () -> previewed(job));
            return new Begun.Yes(job);
        } finally {
            jobsLock.unlock();
        }
    }

    private Now previewed(ReplayJob job) {
        var preview = replay.preview(job.id(), job.request(), job.progress());
        return new Now(State.READY, preview, null, "");
    }

    /// Begins to write what a preview has shown.
    ///
    /// @param again whether clicks that changed since are tried out again on the way; without it
    ///   nothing is written when there are any
    public Begun apply(ReplayJob job, boolean again) {
        jobsLock.lock();
        try {
            var running = running();
            if (running.isPresent()) {
                return new Begun.Busy(running.get());
            }
            var preview = job.now().preview();
            if (job.now().state() != State.READY || preview == null) {
                return new Begun.NotReady();
            }
            boolean isOtherCatalog = !replay.isByNewestCatalog(preview);
            long outdated = replay.outdated(preview);
            if (isOtherCatalog || (outdated > 0 && !again)) {
                return new Begun.Outdated(outdated, isOtherCatalog);
            }
            job.become(job.now().become(State.APPLYING));
            begin(job, () -> applied(job, preview));
            return new Begun.Yes(job);
        } finally {
            jobsLock.unlock();
        }
    }

    private Now applied(ReplayJob job, ReplayPreview preview) {
        return new Now(State.APPLIED, preview, replay.apply(preview, job.progress()), "");
    }

    private Optional<ReplayJob> running() {
        return jobs.stream().filter(job -> job.now().isRunning()).findFirst();
    }

    private void begin(ReplayJob job, Work work) {
        if (isClosed) {
            job.become(job.now().failed("the console is stopping"));
            return;
        }
        thread = Thread.ofPlatform().name("replay").daemon().start(() -> run(job, work));
    }

    /// The thread's root: whatever the work throws, the job says so.
    private static void run(ReplayJob job, Work work) {
        try {
            job.become(work.run());
        } catch (Cancelled _) {
            job.become(job.now().become(State.CANCELLED));
        } catch (TooMuch e) {
            job.become(job.now().failed(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("replay failed replay={}", job.id(), Wordless.of(e));
            job.become(
                    job.now()
                            .failed(
                                    "it broke off; the log of the server has the details, and"
                                            + " running it again finishes it"));
        }
        LOG.info("replay={} state={}", job.id(), job.now().state().word());
    }

    /// Stops what runs, and takes away what waits to be applied.
    public void cancel(ReplayJob job) {
        jobsLock.lock();
        try {
            job.progress().cancel();
            if (job.now().state() == State.READY) {
                job.become(job.now().become(State.CANCELLED));
            }
        } finally {
            jobsLock.unlock();
        }
    }

    /// Stops what runs and waits for it: it reads the ledger, which is closed next.
    @Override
    public void close() {
        Thread running;
        jobsLock.lock();
        try {
            isClosed = true;
            jobs.forEach(job -> job.progress().cancel());
            running = thread;
        } finally {
            jobsLock.unlock();
        }
        if (running == null) {
            return;
        }
        try {
            running.join(STOP_MILLIS_MAX);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
