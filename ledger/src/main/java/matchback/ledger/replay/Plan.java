package matchback.ledger.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import matchback.ledger.replay.ReplaySummary.ReasonChange;
import matchback.ledger.replay.ReplaySummary.Skipped;
import matchback.ledger.replay.Trial.Sums;
import matchback.model.RecordId;
import matchback.model.Subject;
import org.jspecify.annotations.Nullable;

/// All subjects of a replay, tried out: what is different, and whose each transaction is.
final class Plan {
    private final long catalogVersion;
    private final Map<Subject, Part> parts;
    private final Map<Subject, Settlement> settlements;
    private final List<Skipped> skipped;

    /// A value that changes hands: a transaction its owner, null for nobody; a cap's day the
    /// records that have its places.
    record Settlement(
            Subject value,
            @Nullable Subject from,
            @Nullable Subject to,
            List<RecordId> released,
            List<RecordId> taken) {}

    /// A postback that a subject gives up, or gave up.
    record Gift(Subject from, RecordId recordId) {}

    Plan(
            long catalogVersion,
            Map<Subject, Part> parts,
            Collection<Settlement> settlements,
            List<Skipped> skipped) {
        this.catalogVersion = catalogVersion;
        this.parts = new LinkedHashMap<>(parts);
        this.settlements = new HashMap<>();
        this.skipped = List.copyOf(skipped);
        settlements.forEach(settlement -> this.settlements.put(settlement.value(), settlement));
    }

    long catalogVersion() {
        return catalogVersion;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    Part part(Subject subject) {
        var part = parts.get(subject);
        if (part == null) {
            throw new IllegalArgumentException("no part of the plan: " + subject);
        }
        return part;
    }

    /// The parts in which anything is different: those at which postbacks arrive before those that
    /// give them up, so that none is ever nowhere.
    List<Part> changed() {
        var changed = new ArrayList<Part>();
        parts.values().stream().filter(p -> !p.arrivals.isEmpty()).forEach(changed::add);
        parts.values().stream()
                .filter(p -> p.arrivals.isEmpty() && p.isChanged())
                .forEach(changed::add);
        return changed;
    }

    /// The values that a part gains or loses.
    List<Settlement> settlements(Part part) {
        Set<Subject> values = new LinkedHashSet<>(part.trial.held());
        part.trial.asked().forEach(asked -> values.add(asked.value()));
        return values.stream()
                .map(settlements::get)
                .flatMap(settlement -> Optional.ofNullable(settlement).stream())
                .toList();
    }

    /// The postbacks that were to move to these subjects.
    List<Gift> gifts(Set<Subject> to) {
        return parts.values().stream()
                .flatMap(part ->
                        part.moved.entrySet().stream()
                                .filter(moved -> to.contains(moved.getValue()))
                                .map(moved -> new Gift(part.subject, moved.getKey())))
                .toList();
    }

    List<ReplayChange> changes() {
        return parts.values().stream()
                .flatMap(part -> part.trial.changes().stream())
                .sorted(Comparator.comparing(ReplayChange::recordId))
                .toList();
    }

    ReplaySummary summary(String currency) {
        var reasons = new HashMap<ReasonChange, Long>();
        long records = 0;
        long changed = 0;
        long wanted = 0;
        long cancelled = 0;
        long notRetractable = 0;
        var before = Sums.ZERO;
        var after = Sums.ZERO;
        for (var part : parts.values()) {
            var trial = part.trial;
            records += part.records.size();
            changed += part.isChanged() ? 1 : 0;
            wanted += trial.deliveriesWanted();
            cancelled += trial.cancelled();
            notRetractable += trial.notRetractable();
            before = before.and(trial.before());
            after = after.and(trial.after());
            trial.changes()
                    .forEach(change ->
                            reasons.merge(
                                    new ReasonChange(
                                            change.before().reason(), change.after().reason()),
                                    1L,
                                    Long::sum));
        }
        return new ReplaySummary(
                catalogVersion,
                records,
                parts.size(),
                changed,
                reasons,
                currency,
                before.conversions(),
                after.conversions(),
                before.revenue(),
                after.revenue(),
                wanted,
                cancelled,
                notRetractable,
                skipped);
    }
}
