package matchback.model;

import java.util.random.RandomGenerator;

/// Issues click ids: one per click, never twice on one node.
///
/// The sequence starts at random in each millisecond, so ids cannot be guessed from neighbours even
/// by someone who had the key's output length; within a millisecond it counts up.
public final class ClickIdMint {
    private final ClickIds ids;
    private final int node;
    private final RandomGenerator random;

    // Guarded by this object's private lock.
    private final Object lock = new Object();
    private long lastMillis;
    private int sequence;

    public ClickIdMint(ClickIds ids, int node, RandomGenerator random) {
        if (node < 0 || node > ClickId.NODE_MAX) {
            throw new IllegalArgumentException("node " + node + "; 0 to " + ClickId.NODE_MAX);
        }
        this.ids = ids;
        this.node = node;
        this.random = random;
    }

    /// A new id for a click at the given time in epoch milliseconds.
    public ClickId issue(long millis, int campaign, boolean unrecorded) {
        int next;
        synchronized (lock) {
            if (millis != lastMillis) {
                lastMillis = millis;
                sequence = random.nextInt(ClickId.SEQUENCE_MAX + 1);
            } else {
                sequence = (sequence + 1) & ClickId.SEQUENCE_MAX;
            }
            next = sequence;
        }
        return ids.signed(millis, campaign, unrecorded ? ClickId.UNRECORDED : 0, node, next);
    }
}
