package matchback.ingest;

import java.util.concurrent.atomic.AtomicLongArray;

/// Limits how many requests without an authentic click id one address may send.
///
/// A token bucket for each slot of a fixed table, kept as the one time up to which its tokens are
/// spent. Addresses that fall into the same slot share its tokens: one may be limited because of
/// another, never the reverse. Safe for use by many threads.
final class DoubtLimiter {
    private static final int SLOTS = 1 << 14;
    private static final long MICROS = 1_000_000;

    private final AtomicLongArray spentUntil = new AtomicLongArray(SLOTS);
    private final long costMicros;
    private final long burstMicros;
    private final int seed;

    /// @param perSecond tokens that come back each second; 0: no limit
    /// @param burst tokens of a full bucket
    /// @param seed keeps others from choosing addresses that share a slot
    DoubtLimiter(int perSecond, int burst, int seed) {
        this.costMicros = perSecond == 0 ? 0 : Math.max(1, MICROS / perSecond);
        this.burstMicros = costMicros * Math.max(1, burst);
        this.seed = seed;
    }

    /// Takes a token; false when the address has none left.
    boolean take(Address address, long nowMillis) {
        return take(address.hashCode(), nowMillis);
    }

    /// @param whom a hash of who asks
    boolean take(int whom, long nowMillis) {
        if (costMicros == 0) {
            return true;
        }
        int slot = ((whom ^ seed) * 0x9E3779B9) >>> 18;
        long now = nowMillis * 1000;
        while (true) {
            long before = spentUntil.get(slot);
            long after = Math.max(before, now) + costMicros;
            if (after - now > burstMicros) {
                return false;
            }
            if (spentUntil.compareAndSet(slot, before, after)) {
                return true;
            }
        }
    }
}
