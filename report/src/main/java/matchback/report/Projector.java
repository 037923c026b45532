package matchback.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import matchback.ledger.Fact;
import matchback.ledger.Follower;
import matchback.ledger.Ledger;
import matchback.ledger.Snapshot;
import matchback.model.Subject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries facts from the ledger into the columns: reads each bucket after the stored positions and
/// appends facts and new positions together, so that it can be stopped and killed at any moment.
///
/// A failing store is tried again for ever; nothing a visitor waits for depends on it. Columns that
/// are ahead of the ledger (it was restored from an older copy) belong to another history: they are
/// cleared and filled again.
public final class Projector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);

    private final Ledger ledger;
    private final FactStore store;
    private final ProjectorConfig config;
    private final Follower follower;
    private final AtomicLong facts = new AtomicLong();
    private boolean checked;

    /// Where the columns stand.
    ///
    /// @param entriesBehind entries of the ledger that are not in the columns yet
    /// @param facts written since the start
    /// @param failures attempts to write that failed since the start
    public record Lag(long entriesBehind, long facts, long failures) {}

    private record Step(List<Fact> facts, Positions positions, boolean isLast) {}

    public Projector(Ledger ledger, FactStore store, ProjectorConfig config) {
        this.ledger = ledger;
        this.store = store;
        this.config = config;
        this.follower =
                new Follower(
                        "projector",
                        ledger,
                        this::catchUp,
                        new Follower.Pace(config.pause(), config.retryAfter()));
    }

    /// Begins. To be called once.
    public void start() {
        follower.start();
    }

    private void clearIfAhead() {
        var positions = store.positions();
        try (var snapshot = ledger.snapshot()) {
            for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
                if (positions.of(bucket) > snapshot.head(bucket).offset()) {
                    LOG.warn(
                            "columns are ahead of the ledger, filling them again bucket={}",
                            bucket);
                    store.clear();
                    return;
                }
            }
        }
    }

    /// Writes one batch.
    ///
    /// @return whether there is more to write
    private boolean catchUp() {
        if (!checked) {
            clearIfAhead();
            checked = true;
        }
        Step step;
        try (var snapshot = ledger.snapshot()) {
            step = step(snapshot, store.positions());
        }
        if (!step.positions().equals(store.positions())) {
            store.append(step.facts(), step.positions());
        }
        facts.addAndGet(step.facts().size());
        return !step.isLast();
    }

    /// A slice of every bucket, so that the columns are filled about in the order of time also when
    /// they are filled again: engines skip what is outside a report's period by blocks.
    private Step step(Snapshot snapshot, Positions from) {
        var found = new ArrayList<Fact>();
        var offsets = new ArrayList<>(from.offsets());
        int slice = config.entriesMax() / Subject.BUCKETS;
        boolean isLast = true;
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            var entries = snapshot.entries(bucket, from.of(bucket), slice);
            for (var entry : entries) {
                found.addAll(snapshot.facts(entry));
                offsets.set(bucket, entry.offset());
            }
            isLast &= entries.size() < slice;
        }
        return new Step(found, new Positions(offsets), isLast);
    }

    /// How far the columns are behind the ledger.
    public Lag lag() {
        return new Lag(behind(), facts.get(), follower.failures());
    }

    private long behind() {
        var positions = store.positions();
        long behind = 0;
        try (var snapshot = ledger.snapshot()) {
            for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
                behind += Math.max(0, snapshot.head(bucket).offset() - positions.of(bucket));
            }
        }
        return behind;
    }

    /// Waits until everything committed before this call is in the columns.
    ///
    /// @return whether it is; false when the time was too short
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        List<Long> heads = new ArrayList<>();
        try (var snapshot = ledger.snapshot()) {
            for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
                heads.add(snapshot.head(bucket).offset());
            }
        }
        return follower.awaitUntil(() -> reached(heads), patience);
    }

    private boolean reached(List<Long> heads) {
        var positions = store.positions();
        for (int bucket = 0; bucket < Subject.BUCKETS; bucket++) {
            if (positions.of(bucket) < heads.get(bucket)) {
                return false;
            }
        }
        return true;
    }

    /// Stops after the batch at hand.
    @Override
    public void close() {
        follower.close();
    }
}
