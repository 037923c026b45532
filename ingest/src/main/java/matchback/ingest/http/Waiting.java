package matchback.ingest.http;

/// Something that waits on an event loop until it is settled, by whatever comes first. Touched by
/// the loop's thread alone.
abstract class Waiting {
    private boolean settled;
    private long deadlineNanos;

    /// True for the first caller only.
    final boolean settle() {
        boolean isFirst = !settled;
        settled = true;
        return isFirst;
    }

    final boolean isSettled() {
        return settled;
    }

    final long deadlineNanos() {
        return deadlineNanos;
    }

    final void waitUntil(long nanos) {
        deadlineNanos = nanos;
    }

    /// The time is over; called at most once, and not after it was settled.
    abstract void expired();
}
