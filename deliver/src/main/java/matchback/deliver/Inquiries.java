package matchback.deliver;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// Requests of one destination that were taken and are asked about later, and what was learned. In
/// memory only: what is open at a stop is not asked about. Used by the dispatcher's thread; only
/// [#aftermath] is read by others.
final class Inquiries {
    /// Requests that are remembered; of more nothing is learned.
    static final int OPEN_MAX = 2_000;

    /// Google: wait half an hour, then ask with longer and longer pauses.
    private static final Duration PAUSE_MIN = Duration.ofMinutes(30);

    private static final Duration PAUSE_MAX = Duration.ofHours(8);

    /// Together about three days.
    static final int TIMES_MAX = 12;

    /// A request to be asked about.
    ///
    /// @param receipt the destination's name of it
    /// @param deliveries that were in it
    /// @param times it was asked about
    record Inquiry(String receipt, int deliveries, int times, long dueAt) {}

    private final PriorityQueue<Inquiry> open =
            new PriorityQueue<>(Comparator.comparingLong(Inquiry::dueAt));
    private final Map<String, Long> failed = new HashMap<>();
    private long succeeded;
    private long untold;
    private boolean isAsking;
    private volatile Aftermath aftermath = Aftermath.NONE;

    Aftermath aftermath() {
        return aftermath;
    }

    void taken(String receipt, int deliveries, long now) {
        if (open.size() < OPEN_MAX) {
            open.add(new Inquiry(receipt, deliveries, 0, now + PAUSE_MIN.toMillis()));
        } else {
            untold += deliveries;
        }
        publish();
    }

    /// When there is something to ask next, epoch milliseconds; [Long#MAX_VALUE] when there is not,
    /// or an answer is awaited.
    long nextAt() {
        var next = open.peek();
        return isAsking || next == null ? Long.MAX_VALUE : next.dueAt();
    }

    /// The one to ask about; it stays the one until it is settled or put off.
    Optional<Inquiry> start() {
        isAsking = true;
        return Optional.ofNullable(open.peek());
    }

    void answered(Inquiry inquiry, Afterwards afterwards, long now) {
        switch (afterwards) {
            case Afterwards.Open() -> putOff(inquiry, now);
            case Afterwards.Settled(var good, var bad) -> {
                succeeded += good;
                bad.forEach((reason, count) -> failed.merge(name(reason), count, Long::sum));
                end(inquiry);
            }
            case Afterwards.Unknown() -> {
                untold += inquiry.deliveries();
                end(inquiry);
            }
        }
    }

    /// There was no answer to go by; it is asked about again later, up to a limit.
    void putOff(Inquiry inquiry, long now) {
        int times = inquiry.times() + 1;
        if (times >= TIMES_MAX) {
            untold += inquiry.deliveries();
            end(inquiry);
            return;
        }
        // 30 minutes, 1, 2, 4, 8, 8 ... hours.
        long pause = Math.min(PAUSE_MIN.toMillis() << (times - 1), PAUSE_MAX.toMillis());
        open.remove(inquiry);
        open.add(new Inquiry(inquiry.receipt(), inquiry.deliveries(), times, now + pause));
        isAsking = false;
    }

    private void end(Inquiry inquiry) {
        open.remove(inquiry);
        isAsking = false;
        publish();
    }

    private String name(String reason) {
        return failed.containsKey(reason) || failed.size() < Aftermath.REASONS_MAX
                ? reason
                : Aftermath.OTHER;
    }

    private void publish() {
        long waiting = open.stream().mapToLong(Inquiry::deliveries).sum();
        aftermath = new Aftermath(waiting, succeeded, failed, untold);
    }
}
