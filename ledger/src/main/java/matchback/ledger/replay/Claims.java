package matchback.ledger.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import matchback.ledger.replay.Plan.Settlement;
import matchback.ledger.replay.Rehearser.Asked;
import matchback.model.CapDay;
import matchback.model.RecordId;
import matchback.model.Subject;

/// Who gets what the subjects of a replay ask for: whoever asked first, as far as the value is not
/// somebody's whom the replay does not touch.
final class Claims {
    private static final Comparator<Claim> FIRST_COME =
            Comparator.<Claim>comparingLong(claim -> claim.asked().at())
                    .thenComparing(claim -> claim.asked().recordId());

    private final Collection<Part> parts;
    private final Dossiers dossiers;
    private final Set<Subject> subjects = new HashSet<>();
    private final Set<RecordId> records = new HashSet<>();
    private final Map<Subject, Subject> owners = new HashMap<>();
    private final Map<Subject, Set<RecordId>> places = new HashMap<>();

    private record Claim(Subject by, Asked asked) {}

    /// @param parts as they were tried out last
    Claims(Collection<Part> parts, Dossiers dossiers) {
        this.parts = parts;
        this.dossiers = dossiers;
        var claims = new HashMap<Subject, List<Claim>>();
        for (var part : parts) {
            subjects.add(part.subject);
            records.addAll(part.records);
            part.arrivals.forEach(arrival -> records.add(arrival.recordId()));
            for (var asked : part.trial.asked()) {
                claims.computeIfAbsent(asked.value(), _ -> new ArrayList<>())
                        .add(new Claim(part.subject, asked));
            }
        }
        claims.forEach((value, all) -> {
            all.sort(FIRST_COME);
            CapDay.of(value).ifPresentOrElse(day -> place(value, day, all), () -> own(value, all));
        });
    }

    private void own(Subject value, List<Claim> all) {
        owners.put(
                value,
                dossiers.state(value)
                        .owner()
                        .filter(owner -> !subjects.contains(owner))
                        .orElse(all.getFirst().by()));
    }

    private void place(Subject value, CapDay day, List<Claim> all) {
        var holders = dossiers.state(value).places().holders();
        holders.removeAll(records);
        int left = dossiers.catalog().places(day) - holders.size();
        var granted = new LinkedHashSet<RecordId>();
        for (var claim : all) {
            if (granted.size() < left) {
                granted.add(claim.asked().recordId());
            }
        }
        places.put(value, granted);
    }

    /// The answers to what a part asked.
    Part.Answers answers(Part part) {
        var foreign = new HashMap<Subject, Subject>();
        var placeless = new HashSet<RecordId>();
        for (var asked : part.trial.asked()) {
            var granted = places.get(asked.value());
            if (granted != null && !granted.contains(asked.recordId())) {
                placeless.add(asked.recordId());
            }
            var owner = owners.get(asked.value());
            if (owner != null && !owner.equals(part.subject)) {
                foreign.put(asked.value(), owner);
            }
        }
        return new Part.Answers(foreign, placeless);
    }

    /// What changes hands.
    List<Settlement> settlements() {
        Set<Subject> values = new LinkedHashSet<>(owners.keySet());
        values.addAll(places.keySet());
        parts.forEach(part -> values.addAll(part.trial.held()));
        return values.stream()
                .map(value -> CapDay.isOne(value) ? places(value) : owner(value))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Settlement> owner(Subject value) {
        var from = dossiers.state(value).owner().orElse(null);
        var to = owners.get(value);
        return Objects.equals(from, to)
                ? Optional.empty()
                : Optional.of(new Settlement(value, from, to, List.of(), List.of()));
    }

    private Optional<Settlement> places(Subject value) {
        var granted = places.getOrDefault(value, Set.of());
        var holders = dossiers.state(value).places().holders();
        var released =
                holders.stream()
                        .filter(records::contains)
                        .filter(record -> !granted.contains(record))
                        .sorted()
                        .toList();
        var taken = granted.stream().filter(record -> !holders.contains(record)).toList();
        return released.isEmpty() && taken.isEmpty()
                ? Optional.empty()
                : Optional.of(new Settlement(value, null, null, released, taken));
    }
}
