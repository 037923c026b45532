package matchback.deliver;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Predicate;
import matchback.ledger.Intent.OutboxEntry;
import matchback.ledger.Snapshot;

/// The front of a destination's outbox, read ahead so that a long one is not passed over again for
/// every request. What stands here may be gone by the time it is taken: who takes it looks. Used by
/// one thread.
final class Page {
    static final int ENTRIES_MAX = 1_000;

    private final ArrayDeque<OutboxEntry> entries = new ArrayDeque<>();
    private long nextDue;
    private boolean isOutdated = true;

    /// Whether this page was full and none of its entries about a delivery that waits. That cannot
    /// be; if it is, it must not be read again and again.
    private boolean isBarren;

    /// Something may have come since it was read.
    void outdate() {
        isOutdated = true;
    }

    /// Reads on when nothing is left and there may be more.
    ///
    /// @param isHeld entries to leave out: they are under way
    void fill(Snapshot snapshot, String destination, Predicate<OutboxEntry> isHeld, long now) {
        if (!entries.isEmpty() || (!isOutdated && (nextDue > now || isBarren))) {
            return;
        }
        isOutdated = false;
        nextDue = Long.MAX_VALUE;
        snapshot.outbox(
                destination,
                entry -> {
                    if (isHeld.test(entry)) {
                        return true;
                    }
                    if (entry.dueAt() > now || entries.size() == ENTRIES_MAX) {
                        nextDue = entry.dueAt();
                        return false;
                    }
                    entries.add(entry);
                    return true;
                });
        isBarren = entries.size() == ENTRIES_MAX;
    }

    /// The entry taken last is about a delivery that waits.
    void bearsFruit() {
        isBarren = false;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Optional<OutboxEntry> next() {
        return Optional.ofNullable(entries.poll());
    }

    /// When the next entry behind this page falls due, as far as is known; [Long#MAX_VALUE] when
    /// there is none.
    long nextDue() {
        return isBarren ? Long.MAX_VALUE : nextDue;
    }
}
