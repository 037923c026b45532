package matchback.ingest;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/// Tells a visitor's first click of a campaign in 24 hours from the further ones.
///
/// A visitor is an address with a user agent. Kept in memory as 64-bit hashes with the time of the
/// first click, in two generations for each part: when the younger is full it becomes the elder and
/// the elder is forgotten. Safe for use by many threads.
///
/// Errors in both directions. Told unique although it is not: after a restart; on another node;
/// when more visitors come in 24 hours than two generations hold (2 × [#VISITORS_MAX]); when a
/// visitor's address or agent changes. Told not unique although it is: people who share an address
/// and an agent; and two visitors of one hash, about one in 10¹² clicks with ten million visitors.
final class SeenVisitors {
    static final long WINDOW_MILLIS = 24 * 60 * 60 * 1000L;

    /// Visitors one generation holds, all parts together.
    static final int VISITORS_MAX = 1 << 20;

    private static final int PARTS = 16;
    private static final int SLOTS_MIN = 256;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private final Part[] parts;
    private final long seed;

    /// @param seed makes hashes unlike those of other installations
    SeenVisitors(long seed) {
        this(seed, VISITORS_MAX);
    }

    SeenVisitors(long seed, int visitorsMax) {
        this.seed = seed;
        // A table is filled to a half, so that probing stays short.
        int slotsMax = Integer.highestOneBit(Math.max(visitorsMax / PARTS, 8)) * 2;
        this.parts =
                IntStream.range(0, PARTS).mapToObj(_ -> new Part(slotsMax)).toArray(Part[]::new);
    }

    /// Whether this is the visitor's first click of the campaign in 24 hours; remembers it if so.
    boolean isFirst(String campaign, String address, String agent, long nowMillis) {
        long hash = hash(hash(hash(FNV_OFFSET ^ seed, campaign), address), agent);
        hash = mixed(hash);
        var part = parts[(int) (hash >>> 60)];
        part.lock.lock();
        try {
            return part.isFirst(hash == 0 ? 1 : hash, nowMillis);
        } finally {
            part.lock.unlock();
        }
    }

    /// FNV-1a over the characters and an end mark.
    private static long hash(long from, String text) {
        long hash = from;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return (hash ^ 0x1FFFF) * FNV_PRIME;
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }

    private static final class Part {
        private final ReentrantLock lock = new ReentrantLock();
        private final int slotsMax;
        private Table younger = new Table(SLOTS_MIN);
        private Table elder = new Table(SLOTS_MIN);

        Part(int slotsMax) {
            this.slotsMax = slotsMax;
        }

        boolean isFirst(long hash, long nowMillis) {
            long seen = Math.max(younger.seen(hash), elder.seen(hash));
            if (seen >= 0 && nowMillis - seen < WINDOW_MILLIS) {
                return false;
            }
            if (younger.isFull()) {
                if (younger.slots() < slotsMax) {
                    younger = younger.twice(nowMillis);
                } else {
                    elder = younger;
                    younger = new Table(SLOTS_MIN);
                }
            }
            younger.put(hash, nowMillis);
            return true;
        }
    }

    /// Open addressing; a hash of 0 is an empty slot.
    private static final class Table {
        private final long[] hashes;
        private final long[] times;
        private int used;

        Table(int slots) {
            hashes = new long[slots];
            times = new long[slots];
        }

        int slots() {
            return hashes.length;
        }

        boolean isFull() {
            return used * 2 >= hashes.length;
        }

        long seen(long hash) {
            int slot = slot(hash);
            return hashes[slot] == hash ? times[slot] : -1;
        }

        void put(long hash, long millis) {
            int slot = slot(hash);
            used += hashes[slot] == 0 ? 1 : 0;
            hashes[slot] = hash;
            times[slot] = millis;
        }

        /// A larger table of those that still matter.
        Table twice(long nowMillis) {
            var larger = new Table(hashes.length * 2);
            for (int i = 0; i < hashes.length; i++) {
                if (hashes[i] != 0 && nowMillis - times[i] < WINDOW_MILLIS) {
                    larger.put(hashes[i], times[i]);
                }
            }
            return larger;
        }

        private int slot(long hash) {
            int slot = (int) hash & (hashes.length - 1);
            while (hashes[slot] != 0 && hashes[slot] != hash) {
                slot = (slot + 1) & (hashes.length - 1);
            }
            return slot;
        }
    }
}
