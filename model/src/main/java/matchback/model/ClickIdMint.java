package matchback.model;

import java.util.random.RandomGenerator;

/// Issues click ids: one per click, never twice on one node.
///
/// The sequence starts at random in each millisecond, so ids cannot be guessed from neighbours even
/// by someone who had the key's output length; within a millisecond it counts up.
public final class ClickIdMint {
    private static final long STEP_BACK_MILLIS_MAX = 60_000;

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

    /// The id of a click of earlier, the same whenever it is made again.
    ///
    /// @param seed of what makes the click what it is; another click of the same campaign and
    ///   millisecond gets the same id by chance once in a thousand million
    public ClickId again(long millis, int campaign, long seed) {
        return ids.signed(millis, campaign, 0, node, (int) (seed & ClickId.SEQUENCE_MAX));
    }

    /// A new id for a click at the given time in epoch milliseconds. A time a little before that of
    /// the last id (threads read the clock before they come here, and clocks are set back) is taken
    /// for the last one's: a second start in the same millisecond might meet the first.
    public ClickId issue(long millis, int campaign, boolean unrecorded) {
        int next;
        long time;
        synchronized (lock) {
            if (millis > lastMillis || millis < lastMillis - STEP_BACK_MILLIS_MAX) {
                lastMillis = millis;
                sequence = random.nextInt(ClickId.SEQUENCE_MAX + 1);
            } else {
                sequence = (sequence + 1) & ClickId.SEQUENCE_MAX;
            }
            next = sequence;
            time = lastMillis;
        }
        return ids.signed(time, campaign, unrecorded ? ClickId.UNRECORDED : 0, node, next);
    }
}
