package matchback.ledger.replay;

import java.util.Locale;

/// How far a replay is. Written by the thread that works, read and cancelled by any.
public final class ReplayProgress {
    /// What is being done.
    public enum Step {
        /// Looking through the ledger for the postbacks of the period.
        SEARCHING,
        /// Reading them and trying them out.
        REHEARSING,
        /// Writing what changes.
        APPLYING;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param of how much there is in all; 0 while that is not known
    public record At(Step step, long done, long of) {}

    /// Thrown out of the work when somebody cancelled it.
    public static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cancelled() {
            super("the replay was cancelled", null, false, false);
        }
    }

    private volatile At at = new At(Step.SEARCHING, 0, 0);
    private volatile boolean isCancelled;

    public ReplayProgress() {}

    public At at() {
        return at;
    }

    /// The work stops soon. What was applied stays applied.
    public void cancel() {
        isCancelled = true;
    }

    void reached(Step step, long done, long of) {
        if (isCancelled) {
            throw new Cancelled();
        }
        at = new At(step, done, of);
    }
}
