package matchback.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import matchback.ledger.Ledger;
import matchback.report.Overview;
import matchback.report.Reports;
import org.jspecify.annotations.Nullable;

/// Today's numbers, told again as soon as they change.
///
/// However many look on, the numbers of a zone are asked for once per change of the columns or
/// minute, and while they keep changing never for more than a quarter of the time. Whoever looks on
/// waits on a thread of its own: a slow reader holds up nobody. Safe for use by many threads.
public final class Live implements AutoCloseable {
    /// Streams at the same time.
    public static final int STREAMS_MAX = 64;

    /// Conversions that are told of, newest first.
    public static final int CONVERSIONS_MAX = 50;

    /// From one change that is told to the next, at least.
    private static final Duration PACE = Duration.ofMillis(250);

    /// Of the time that asking took.
    private static final int REST_TIMES = 3;

    private static final int ZONES_MAX = 64;

    private final Reports reports;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<ZoneId, Numbers> numbers = new ConcurrentHashMap<>();

    /// Guards the three fields below.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private long changes;
    private int streams;
    private boolean closed;

    /// What numbers depend on.
    ///
    /// @param change counts the changes of the columns since the start
    /// @param minute in which they were asked for: periods end with now
    /// @param catalogVersion what is paid by the day stands there
    public record State(long change, Instant minute, long catalogVersion) {}

    /// @param took nanoseconds to ask for them
    public record News(State state, Overview overview, long took) {}

    public Live(Reports reports, Ledger ledger, InstantSource clock) {
        this.reports = reports;
        this.ledger = ledger;
        this.clock = clock;
        reports.onChange(this::wake);
    }

    private void wake() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes a place for a stream; false when there is none left. Whoever has one gives it back by
    /// [#leave].
    public boolean enter() {
        lock.lock();
        try {
            if (closed || streams >= STREAMS_MAX) {
                return false;
            }
            streams++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Whether there is no place for a stream.
    public boolean isFull() {
        lock.lock();
        try {
            return closed || streams >= STREAMS_MAX;
        } finally {
            lock.unlock();
        }
    }

    public void leave() {
        lock.lock();
        try {
            streams--;
        } finally {
            lock.unlock();
        }
    }

    /// The numbers as they are now.
    public Overview overview(ZoneId zone) {
        return news(zone).overview();
    }

    /// What is known now.
    public News news(ZoneId zone) {
        if (numbers.size() > ZONES_MAX) {
            numbers.clear();
        }
        return numbers.computeIfAbsent(zone, Numbers::new).read();
    }

    /// Waits for numbers later than those that were seen.
    ///
    /// @return empty when there were none in that time, or this is closed
    public Optional<News> after(News seen, ZoneId zone, Duration patience)
            throws InterruptedException {
        long now = System.nanoTime();
        long deadline = now + patience.toNanos();
        long notBefore = now + Math.max(PACE.toNanos(), REST_TIMES * seen.took());
        lock.lock();
        try {
            while (!closed) {
                now = System.nanoTime();
                long until = changes == seen.state().change() ? deadline : notBefore;
                if (now >= until) {
                    break;
                }
                changed.awaitNanos(until - now);
            }
            if (closed) {
                return Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        var news = news(zone);
        return Optional.of(news).filter(found -> !found.state().equals(seen.state()));
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Ends all streams.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private State state() {
        var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        long version = ledger.catalog().version();
        lock.lock();
        try {
            return new State(changes, minute, version);
        } finally {
            lock.unlock();
        }
    }

    /// The numbers of one zone. Those who ask at the same time wait for one answer.
    private final class Numbers {
        private final ZoneId zone;

        /// Guards the field below.
        private final ReentrantLock readLock = new ReentrantLock();

        private @Nullable News last;

        Numbers(ZoneId zone) {
            this.zone = zone;
        }

        News read() {
            readLock.lock();
            try {
                // Before the question: a change while it is asked makes the answer old.
                var state = state();
                var known = last;
                if (known != null && known.state().equals(state)) {
                    return known;
                }
                long begin = System.nanoTime();
                var overview = reports.overview(zone, CONVERSIONS_MAX);
                var found = new News(state, overview, System.nanoTime() - begin);
                last = found;
                return found;
            } finally {
                readLock.unlock();
            }
        }
    }
}
