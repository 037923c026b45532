package matchback.server.simulate;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that shows what it was set to last, and never goes back.
public final class PastClock implements InstantSource {
    private final AtomicReference<Instant> now;

    public PastClock(Instant from) {
        this.now = new AtomicReference<>(from);
    }

    void set(Instant at) {
        now.accumulateAndGet(at, (before, next) -> next.isAfter(before) ? next : before);
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
