package matchback.server.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/// When what is to happen happens: now and faster, or in the past.
interface Pace {
    /// Returns when it is time for an act of this virtual time.
    void await(Instant at);

    /// What the server's clock shows at this virtual time.
    Instant shown(Instant at);

    /// How many requests may be on their way at once.
    int atOnce();

    /// From now on, each second of the traffic in a second divided by the speed.
    ///
    /// @param from when the traffic begins, by the clock
    static Pace live(InstantSource clock, Instant from, double speed) {
        return new Pace() {
            @Override
            public void await(Instant at) {
                var wait = Duration.between(clock.instant(), shown(at));
                while (wait.isPositive()) {
                    LockSupport.parkNanos(wait.toNanos());
                    wait = Duration.between(clock.instant(), shown(at));
                }
            }

            @Override
            public Instant shown(Instant at) {
                var since = Duration.between(from, at);
                return from.plusMillis(Math.round(since.toMillis() / speed));
            }

            @Override
            public int atOnce() {
                return 64;
            }
        };
    }

    /// As fast as the server answers, with its clock set to each act: one after the other, or a
    /// click would be later than it says.
    static Pace past(PastClock clock) {
        return new Pace() {
            @Override
            public void await(Instant at) {
                clock.set(at);
            }

            @Override
            public Instant shown(Instant at) {
                return at;
            }

            @Override
            public int atOnce() {
                return 1;
            }
        };
    }
}
