package matchback.deliver;

/// A bucket of tokens that fills evenly and holds a tenth of a second's worth. Used by one thread.
final class RateLimit {
    private static final int BURSTS_PER_SECOND = 10;
    private static final double MILLIS_PER_SECOND = 1000;

    private final double perMilli;
    private final double capacity;
    private double tokens;
    private long filledAt;

    RateLimit(int perSecond, long now) {
        this.perMilli = perSecond / MILLIS_PER_SECOND;
        this.capacity = Math.max(1, (double) perSecond / BURSTS_PER_SECOND);
        this.tokens = capacity;
        this.filledAt = now;
    }

    int available(long now) {
        // A clock that was set back adds nothing.
        tokens = Math.min(capacity, tokens + Math.max(0, now - filledAt) * perMilli);
        filledAt = now;
        return (int) tokens;
    }

    void take() {
        tokens--;
    }

    /// When the next token is there, given that there is none.
    long nextAt(long now) {
        return now + (long) Math.ceil(Math.max(0, 1 - tokens) / perMilli);
    }
}
