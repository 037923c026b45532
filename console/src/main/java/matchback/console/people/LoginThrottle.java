package matchback.console.people;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Slows down whoever guesses. Failures are counted by what they have in common; from the first
/// free ones on each further one doubles the wait. Forgets a count after a quarter of an hour.
///
/// Nobody can lock somebody else out with it: a browser that was logged in before is counted by
/// itself alone, and a wait is minutes at most.
final class LoginThrottle {
    static final int FREE = 5;
    static final Duration WAIT_MAX = Duration.ofMinutes(5);

    /// For all attempts on an account from browsers that are not known: guessing by turns from many
    /// addresses.
    static final int ACCOUNT_FREE = 20;

    /// For all attempts from an address: it may be a proxy's, with a whole team behind it.
    static final int ADDRESS_FREE = 50;

    static final Duration SHARED_WAIT_MAX = Duration.ofMinutes(1);

    private static final Duration MEMORY = Duration.ofMinutes(15);
    private static final int COUNTS_MAX = 10_000;

    /// What attempts have in common.
    ///
    /// @param isOwn whether only attempts on one account from one place are counted in it
    record Common(String what, int free, Duration waitMax, boolean isOwn) {}

    private record Failures(int count, long lastAt) {}

    private final InstantSource clock;

    /// Guards failures.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Failures> failures =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > COUNTS_MAX;
                }
            };

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /// For attempts of a browser that was logged in to the account before.
    static List<Common> known(String account, String device) {
        return List.of(new Common("device " + device + ' ' + account, FREE, WAIT_MAX, true));
    }

    /// For attempts of any other browser.
    static List<Common> unknown(String account, String address) {
        var network = network(address);
        return List.of(
                new Common("pair " + network + ' ' + account, FREE, WAIT_MAX, true),
                new Common("address " + network, ADDRESS_FREE, SHARED_WAIT_MAX, false),
                new Common("account " + account, ACCOUNT_FREE, SHARED_WAIT_MAX, false));
    }

    /// For attempts with the installation's token, which cannot be guessed by turns.
    static List<Common> token(String address) {
        return List.of(new Common("token " + network(address), FREE, WAIT_MAX, true));
    }

    /// Whoever has one address of version 6 has 2^64 of them.
    private static String network(String address) {
        try {
            var parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
                    : address;
        } catch (IllegalArgumentException _) {
            return address;
        }
    }

    /// How long to wait before the next attempt; empty when it may be made.
    Optional<Duration> waitOf(List<Common> commons) {
        lock.lock();
        try {
            return commons.stream()
                    .map(this::left)
                    .filter(left -> left > 0)
                    .max(Long::compare)
                    .map(Duration::ofMillis);
        } finally {
            lock.unlock();
        }
    }

    private long left(Common common) {
        var found = failures.get(common.what());
        if (found == null || found.count() < common.free()) {
            return 0;
        }
        long wait = 1000L << Math.min(20, found.count() - common.free());
        return found.lastAt() + Math.min(common.waitMax().toMillis(), wait) - clock.millis();
    }

    void failed(List<Common> commons) {
        lock.lock();
        try {
            long now = clock.millis();
            for (var common : commons) {
                var before = failures.remove(common.what());
                int count =
                        before == null || now - before.lastAt() > MEMORY.toMillis()
                                ? 0
                                : before.count();
                failures.put(common.what(), new Failures(count + 1, now));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Forgets what is theirs alone: whoever has an account cannot wipe out their guesses at
    /// others.
    void succeeded(List<Common> commons) {
        lock.lock();
        try {
            commons.stream().filter(Common::isOwn).forEach(own -> failures.remove(own.what()));
        } finally {
            lock.unlock();
        }
    }
}
