package matchback.ledger.replay;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import matchback.ledger.Event;
import matchback.ledger.Event.Settled;
import matchback.ledger.Ledger;
import matchback.ledger.Snapshot;
import matchback.ledger.replay.Dossiers.Incomplete;
import matchback.ledger.replay.Plan.Settlement;
import matchback.ledger.replay.ReplayProgress.Step;
import matchback.ledger.state.SubjectState;
import matchback.model.RecordId;
import matchback.model.RecordIds;
import matchback.model.Subject;

/// Writes a plan into the ledger, some subjects at a time: whose the transactions are, then the
/// decisions.
final class Applying {
    /// Subjects whose events are under way together.
    private static final int TOGETHER = 64;

    private final Ledger ledger;
    private final Plan plan;
    private final ReplayPreview preview;
    private final RecordIds recordIds;
    private final InstantSource clock;
    private final Set<Subject> left = new LinkedHashSet<>();
    private final Set<Settlement> done = new HashSet<>();
    private long applied;
    private long settled;

    Applying(
            Ledger ledger,
            Plan plan,
            ReplayPreview preview,
            RecordIds recordIds,
            InstantSource clock) {
        this.ledger = ledger;
        this.plan = plan;
        this.preview = preview;
        this.recordIds = recordIds;
        this.clock = clock;
    }

    long applied() {
        return applied;
    }

    long settled() {
        return settled;
    }

    /// @return the subjects that could not be written as planned: they changed meanwhile
    Set<Subject> run(Function<Snapshot, Dossiers> dossiers, ReplayProgress progress) {
        var changed = plan.changed();
        for (int from = 0; from < changed.size(); from += TOGETHER) {
            progress.reached(Step.APPLYING, from, changed.size());
            var some = changed.subList(from, Math.min(from + TOGETHER, changed.size()));
            var writable = settle(some);
            var written = write(writable, dossiers);
            verify(writable, written);
        }
        progress.reached(Step.APPLYING, changed.size(), changed.size());
        return left;
    }

    /// Gives the transactions to their owners.
    ///
    /// @return the parts that can be decided
    private List<Part> settle(List<Part> some) {
        var settlements = new LinkedHashSet<Settlement>();
        some.forEach(part -> settlements.addAll(plan.settlements(part)));
        settlements.removeAll(done);
        submit(settlements.stream().<Event>map(this::event).toList());
        settled += settlements.size();
        done.addAll(settlements);
        var writable = new ArrayList<Part>();
        try (var snapshot = ledger.snapshot()) {
            for (var part : some) {
                boolean isSettled =
                        plan.settlements(part).stream().allMatch(s -> isSettled(snapshot, s));
                // Who gives a postback up must not do so before somebody has it.
                boolean isTaken = part.moved.values().stream().noneMatch(left::contains);
                if (isSettled && isTaken) {
                    writable.add(part);
                } else {
                    left.add(part.subject);
                }
            }
        }
        return writable;
    }

    private static boolean isSettled(Snapshot snapshot, Settlement settlement) {
        var state = state(snapshot, settlement.value());
        var holders = state.places().holders();
        return Objects.equals(state.owner().orElse(null), settlement.to())
                && holders.containsAll(settlement.taken())
                && settlement.released().stream().noneMatch(holders::contains);
    }

    private static SubjectState state(Snapshot snapshot, Subject subject) {
        return new SubjectState(snapshot.state(subject), subject);
    }

    private Settled event(Settlement settlement) {
        return new Settled(
                recordIds.next(),
                clock.millis(),
                plan.catalogVersion(),
                settlement.value(),
                preview.id(),
                settlement.from(),
                settlement.to(),
                settlement.released(),
                settlement.taken());
    }

    private Map<Subject, RecordId> write(List<Part> parts, Function<Snapshot, Dossiers> dossiers) {
        var written = new HashMap<Subject, RecordId>();
        var events = new ArrayList<Event>();
        try (var snapshot = ledger.snapshot()) {
            var reading = dossiers.apply(snapshot);
            for (var part : parts) {
                try {
                    var event =
                            Planner.event(
                                    part,
                                    reading,
                                    preview.request(),
                                    recordIds.next(),
                                    preview.id(),
                                    clock.millis(),
                                    part.leastFactVersion());
                    written.put(part.subject, event.recordId());
                    events.add(event);
                } catch (Incomplete _) {
                    left.add(part.subject);
                }
            }
        }
        submit(events);
        return written;
    }

    private void submit(List<Event> events) {
        var all = events.stream().map(event -> ledger.submit(event, null)).toList();
        all.forEach(CompletableFuture::join);
    }

    private void verify(List<Part> parts, Map<Subject, RecordId> written) {
        try (var snapshot = ledger.snapshot()) {
            for (var part : parts) {
                boolean isWritten =
                        state(snapshot, part.subject)
                                .replay()
                                .filter(r -> r.recordId().equals(written.get(part.subject)))
                                .isPresent();
                if (isWritten) {
                    applied++;
                } else {
                    left.add(part.subject);
                }
            }
        }
    }
}
