package matchback.console;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Slows down whoever tries tokens: after [#FREE] failures from one address each further one
/// doubles the wait, up to [#WAIT_MAX]. Forgets an address after a quarter of an hour.
final class LoginThrottle {
    static final int FREE = 5;
    static final Duration WAIT_MAX = Duration.ofMinutes(5);
    private static final Duration MEMORY = Duration.ofMinutes(15);
    private static final int ADDRESSES_MAX = 10_000;

    private record Failures(int count, long lastAt) {}

    private final InstantSource clock;

    /// Guards failures.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Failures> failures =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > ADDRESSES_MAX;
                }
            };

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /// How long the address has to wait; empty when it may try.
    Optional<Duration> waitOf(String address) {
        lock.lock();
        try {
            var found = failures.get(address);
            if (found == null || found.count() < FREE) {
                return Optional.empty();
            }
            long wait = Math.min(WAIT_MAX.toMillis(), 1000L << Math.min(20, found.count() - FREE));
            long left = found.lastAt() + wait - clock.millis();
            return left > 0 ? Optional.of(Duration.ofMillis(left)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void failed(String address) {
        lock.lock();
        try {
            long now = clock.millis();
            var before = failures.remove(address);
            int count =
                    before == null || now - before.lastAt() > MEMORY.toMillis()
                            ? 0
                            : before.count();
            failures.put(address, new Failures(count + 1, now));
        } finally {
            lock.unlock();
        }
    }

    void succeeded(String address) {
        lock.lock();
        try {
            failures.remove(address);
        } finally {
            lock.unlock();
        }
    }
}
