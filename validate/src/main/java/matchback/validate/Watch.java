package matchback.validate;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import matchback.ledger.Event.Suspected;
import matchback.ledger.Follower;
import matchback.ledger.Ledger;
import matchback.ledger.Snapshot;
import matchback.ledger.state.Suspicions;
import matchback.model.FraudCheck;
import matchback.model.RecordIds;
import matchback.model.catalog.Validation;
import matchback.model.catalog.Validation.Mode;

/// Watches the ledger: reads what is new, has it judged, and writes what is found back as events of
/// the conversions' own subjects. Nothing a visitor or a sender waits for waits for it, and since
/// each verdict is a record of its own, a rebuild needs no detector.
///
/// After a start it reads the last two weeks again to know what is usual. What it found there
/// before is in the state already; what it finds anew of them is said too, so that a crash between
/// reading and writing loses nothing.
public final class Watch implements AutoCloseable {
    private static final Duration LEARNS_FROM = Duration.ofDays(14);
    private static final Duration HOLDS_FOR = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int AT_ONCE = 10_000;
    private static final int UNSAID_MAX = 10_000;
    private static final int EVIDENCE_CHARS_MAX = 500;

    private final Ledger ledger;
    private final RecordIds recordIds;
    private final InstantSource clock;
    private final Follower follower;
    private final Deque<Suspicion> unsaid = new ArrayDeque<>();
    private final Quarantines quarantines;
    private Judge judge;

    /// Guards all fields below.
    private final ReentrantLock workLock = new ReentrantLock();

    private long judged;
    private long nanos;
    private final Map<FraudCheck, Long> found = new EnumMap<>(FraudCheck.class);

    /// What it did since the start.
    ///
    /// @param micros mean cost of judging one conversion
    /// @param found suspicions by check
    public record Work(long conversions, double micros, Map<FraudCheck, Long> found) {}

    /// A detector by the settings of one time, with its place in the ledger.
    private record Judge(Validation settings, Detector detector, Intake intake, History history) {}

    public Watch(Ledger ledger, RecordIds recordIds, InstantSource clock) {
        this(ledger, recordIds, clock, PAUSE);
    }

    /// @param pause after each round, to let commits gather
    Watch(Ledger ledger, RecordIds recordIds, InstantSource clock, Duration pause) {
        this.ledger = ledger;
        this.recordIds = recordIds;
        this.clock = clock;
        this.quarantines = new Quarantines(ledger, clock);
        this.judge = judge();
        this.follower =
                new Follower(
                        "validation", ledger, this::round, new Follower.Pace(pause, RETRY_AFTER));
    }

    private Judge judge() {
        var settings = ledger.catalog().validation();
        try (var snapshot = ledger.snapshot()) {
            return new Judge(
                    settings,
                    new Detector(settings),
                    new Intake(settings.publisher()),
                    History.since(snapshot, clock.millis() - LEARNS_FROM.toMillis()));
        }
    }

    /// Begins. To be called once.
    public void start() {
        follower.start();
    }

    /// Reads on, judges, and says what was found.
    ///
    /// @return whether there is more to read
    private boolean round() {
        if (!ledger.catalog().validation().equals(judge.settings())) {
            // By other settings the past looks different; it is learnt again.
            judge = judge();
        }
        var suspicions = new ArrayList<Suspicion>();
        boolean isMore;
        try (var snapshot = ledger.snapshot()) {
            var listener = new Listening(suspicions);
            isMore =
                    judge.history()
                            .read(
                                    snapshot,
                                    AT_ONCE,
                                    entry -> judge.intake().take(entry, snapshot, listener));
            suspicions.removeIf(suspicion -> isPast(suspicion, snapshot));
        }
        unsaid.addAll(suspicions);
        say();
        return isMore;
    }

    private final class Listening implements Intake.Listener {
        private final List<Suspicion> suspicions;

        Listening(List<Suspicion> suspicions) {
            this.suspicions = suspicions;
        }

        @Override
        public void clicked(String source, String publisher, long at) {
            judge.detector().clicked(source, publisher, at, 1);
        }

        @Override
        public void converted(Converted conversion) {
            long begin = System.nanoTime();
            var all = judge.detector().converted(conversion);
            count(System.nanoTime() - begin, all);
            suspicions.addAll(all);
        }
    }

    private void count(long took, List<Suspicion> all) {
        workLock.lock();
        try {
            judged++;
            nanos += took;
            all.forEach(suspicion -> found.merge(suspicion.check(), 1L, Long::sum));
        } finally {
            workLock.unlock();
        }
    }

    /// Whether it is said already.
    private static boolean isPast(Suspicion suspicion, Snapshot snapshot) {
        var conversion = suspicion.conversion();
        return new Suspicions(snapshot.state(conversion.click()), conversion.click())
                .has(conversion.recordId(), suspicion.check());
    }

    /// What the ledger does not take now is said in the next round.
    private void say() {
        while (unsaid.size() > UNSAID_MAX) {
            unsaid.removeFirst();
        }
        while (!unsaid.isEmpty()) {
            var suspicion = unsaid.getFirst();
            try {
                ledger.submit(event(suspicion), null).join();
            } catch (CompletionException e) {
                throw new IllegalStateException("the ledger does not take a suspicion", e);
            }
            if (isToHold(suspicion)) {
                quarantines.begin(suspicion, judge.settings());
            }
            unsaid.removeFirst();
        }
    }

    /// What was found in the past, after a start or a change of the settings, is over.
    private boolean isToHold(Suspicion suspicion) {
        return judge.settings().rule(suspicion.check()).mode() == Mode.HOLD
                && suspicion.conversion().receivedAt() >= clock.millis() - HOLDS_FOR.toMillis();
    }

    private Suspected event(Suspicion suspicion) {
        var publisher = suspicion.conversion().publisher();
        var evidence =
                (publisher.isEmpty() ? "" : "publisher '" + publisher + "': ")
                        + suspicion.evidence();
        return new Suspected(
                recordIds.next(),
                clock.millis(),
                ledger.catalog().version(),
                suspicion.conversion().click(),
                suspicion.conversion().recordId(),
                suspicion.check(),
                evidence.length() <= EVIDENCE_CHARS_MAX
                        ? evidence
                        : evidence.substring(0, EVIDENCE_CHARS_MAX));
    }

    public Work work() {
        workLock.lock();
        try {
            double micros = judged == 0 ? 0 : nanos / 1000.0 / judged;
            return new Work(judged, micros, Map.copyOf(found));
        } finally {
            workLock.unlock();
        }
    }

    /// Waits until everything committed before this call is judged, and what was found is written.
    ///
    /// @return whether it is; false when the time was too short
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return follower.awaitCaughtUp(patience);
    }

    /// Stops after the round at hand.
    @Override
    public void close() {
        follower.close();
    }
}
