package matchback.deliver.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import matchback.deliver.Timer;

/// A clock and its timers, moved by hand. Safe for use by many threads; tasks run on the thread
/// that moves it.
public final class ManualClock implements InstantSource, Timer {
    private record Alarm(Instant at, long number, Runnable task) {}

    private final Object lock = new Object();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparingLong(Alarm::number));
    private Instant now;
    private long number;

    public ManualClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public Cancellation after(Duration pause, Runnable task) {
        synchronized (lock) {
            var alarm = new Alarm(now.plus(pause), number++, task);
            alarms.add(alarm);
            return () -> {
                synchronized (lock) {
                    alarms.removeIf(other -> other.number() == alarm.number());
                }
            };
        }
    }

    /// Sets the clock forward or back as an operator would: the waits that run keep their length.
    public void jump(Duration span) {
        synchronized (lock) {
            now = now.plus(span);
            var moved =
                    alarms.stream()
                            .map(alarm ->
                                    new Alarm(alarm.at().plus(span), alarm.number(), alarm.task()))
                            .toList();
            alarms.clear();
            alarms.addAll(moved);
        }
    }

    /// Whether an alarm is set for the time up to there.
    public boolean hasAlarmWithin(Duration span) {
        synchronized (lock) {
            var next = alarms.peek();
            return next != null && !next.at().isAfter(now.plus(span));
        }
    }

    /// Moves to the next alarm and runs it; with none up to the limit, moves to the limit.
    ///
    /// @return whether an alarm ran
    public boolean step(Instant limit) {
        Alarm alarm;
        synchronized (lock) {
            alarm = alarms.peek();
            if (alarm == null || alarm.at().isAfter(limit)) {
                now = limit.isAfter(now) ? limit : now;
                return false;
            }
            alarms.remove();
            now = alarm.at().isAfter(now) ? alarm.at() : now;
        }
        alarm.task().run();
        return true;
    }
}
