package matchback.console.testing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import matchback.console.Vitals;

/// An installation whose readiness can be switched.
public final class TestingVitals implements Vitals {
    private volatile boolean ready = true;
    private volatile Optional<Instant> pagesSeen = Optional.empty();

    public void ready(boolean now) {
        ready = now;
    }

    @Override
    public Readiness readiness() {
        return new Readiness(
                ready, List.of(new Check("ledger", ready, ready ? "" : "the disk is full")));
    }

    /// From now on a page of any campaign was seen then.
    public void pagesSeen(Instant at) {
        pagesSeen = Optional.of(at);
    }

    @Override
    public Optional<Instant> pagesSeen(String campaign) {
        return pagesSeen;
    }

    @Override
    public String metrics() {
        return "# TYPE matchback_up gauge\nmatchback_up 1\n";
    }
}
