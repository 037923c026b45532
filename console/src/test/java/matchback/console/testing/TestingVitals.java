package matchback.console.testing;

import java.util.List;
import matchback.console.Vitals;

/// An installation whose readiness can be switched.
public final class TestingVitals implements Vitals {
    private volatile boolean ready = true;

    public void ready(boolean now) {
        ready = now;
    }

    @Override
    public Readiness readiness() {
        return new Readiness(
                ready, List.of(new Check("ledger", ready, ready ? "" : "the disk is full")));
    }

    @Override
    public String metrics() {
        return "# TYPE matchback_up gauge\nmatchback_up 1\n";
    }
}
