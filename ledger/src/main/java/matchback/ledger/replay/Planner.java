package matchback.ledger.replay;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import matchback.ledger.Event.Redecided;
import matchback.ledger.replay.Dossiers.Incomplete;
import matchback.ledger.replay.Plan.Gift;
import matchback.ledger.replay.ReplayProgress.Step;
import matchback.ledger.replay.ReplaySummary.Skipped;
import matchback.ledger.state.SubjectState;
import matchback.model.CapDay;
import matchback.model.RecordId;
import matchback.model.Subject;

/// Makes a plan out of the subjects that are to be decided again.
///
/// Subjects meet only in the values that belong to one of them, such as a sender's transaction.
/// Each subject is first tried out as if all it asks for were its own; then every value goes to
/// whoever asked first, and those who thought otherwise are tried out again, until nobody is
/// surprised. What came up to any moment is right after as many rounds as there were surprises
/// before it, so this ends with what a run in the order of time would have come to.
final class Planner {
    private static final int ROUNDS_MAX = 50;
    private static final RecordId TRYING = new RecordId(0, 0);

    private final Dossiers dossiers;
    private final Rehearser rehearser;
    private final ReplayRequest request;
    private final ReplayLimits limits;
    private final ReplayProgress progress;
    private final Map<Subject, Part> parts = new LinkedHashMap<>();
    private final Map<Subject, String> skipped = new LinkedHashMap<>();

    Planner(
            Dossiers dossiers,
            Rehearser rehearser,
            ReplayRequest request,
            ReplayLimits limits,
            ReplayProgress progress) {
        this.dossiers = dossiers;
        this.rehearser = rehearser;
        this.request = request;
        this.limits = limits;
        this.progress = progress;
    }

    /// @param gifts postbacks that are nowhere: given up, and not taken yet
    Plan plan(Collection<Subject> subjects, Collection<Gift> gifts) {
        collect(subjects, gifts);
        skipWithNeighbours();
        var claims = settle();
        return new Plan(
                dossiers.catalog().version(),
                parts,
                claims.settlements(),
                skipped.entrySet().stream()
                        .map(entry -> new Skipped(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /// Reads the subjects, and those that their postbacks belong to now.
    private void collect(Collection<Subject> subjects, Collection<Gift> gifts) {
        Deque<Subject> waiting = new ArrayDeque<>(new LinkedHashSet<>(subjects));
        Set<Subject> known = new HashSet<>(waiting);
        var given = new LinkedHashMap<Gift, Subject>();
        for (var gift : gifts) {
            var to = dossiers.given(gift.from(), gift.recordId()).event().subject();
            given.put(gift, to);
            if (known.add(to)) {
                waiting.add(to);
            }
        }
        long done = 0;
        while (!waiting.isEmpty()) {
            progress.reached(Step.REHEARSING, done++, 2L * known.size());
            var subject = waiting.removeFirst();
            try {
                read(subject)
                        .moved
                        .forEach((recordId, to) -> {
                            given.put(new Gift(subject, recordId), to);
                            if (known.add(to)) {
                                waiting.add(to);
                            }
                        });
            } catch (Incomplete e) {
                skipped.put(subject, Objects.requireNonNull(e.getMessage()));
            }
        }
        given.forEach(this::arrive);
        parts.values().forEach(this::skipTooLarge);
    }

    private void arrive(Gift gift, Subject to) {
        var target = parts.get(to);
        if (target != null) {
            // One above the version that the giver has next.
            long version = dossiers.state(gift.from()).counters().version();
            target.arrivals.add(
                    new Part.Arrival(gift.from(), gift.recordId(), Math.max(1, version) + 2));
        }
    }

    private void skipTooLarge(Part part) {
        int records = part.records.size() + part.arrivals.size();
        if (records > limits.recordsPerSubjectMax()) {
            skipped.put(
                    part.subject,
                    "it has "
                            + records
                            + " postbacks; at most "
                            + limits.recordsPerSubjectMax()
                            + " are decided again together");
        }
    }

    private Part read(Subject subject) {
        var postbacks = dossiers.postbacks(subject);
        var records = new HashSet<RecordId>();
        postbacks.forEach(input -> records.add(input.event().recordId()));
        var part = new Part(subject, dossiers.state(subject).counters().version(), records);
        for (var input : postbacks) {
            if (!input.event().subject().equals(subject)) {
                part.moved.put(input.event().recordId(), input.event().subject());
            }
        }
        parts.put(subject, part);
        return part;
    }

    /// What would give a postback to a subject that is left as it is, or get one from it, is left
    /// too.
    private void skipWithNeighbours() {
        boolean isMore = true;
        while (isMore) {
            isMore = false;
            for (var part : parts.values()) {
                isMore |= !skipped.containsKey(part.subject) && skip(part);
            }
        }
        parts.keySet().removeAll(skipped.keySet());
    }

    private boolean skip(Part part) {
        var neighbours = new LinkedHashSet<>(part.moved.values());
        part.arrivals.forEach(arrival -> neighbours.add(arrival.from()));
        for (var neighbour : neighbours) {
            if (skipped.containsKey(neighbour)) {
                skipped.put(part.subject, "it shares a postback with " + neighbour.text());
                return true;
            }
        }
        return false;
    }

    /// Tries everything out until all agree on the owners.
    private Claims settle() {
        long done = parts.size();
        for (var part : List.copyOf(parts.values())) {
            progress.reached(Step.REHEARSING, done++, 2L * parts.size());
            tryOut(part, Part.Answers.ALL_ITS_OWN);
        }
        for (int round = 0; round < ROUNDS_MAX; round++) {
            var claims = new Claims(parts.values(), dossiers);
            boolean isSettled = true;
            for (var part : List.copyOf(parts.values())) {
                var answers = claims.answers(part);
                if (!answers.equals(part.answers)) {
                    progress.reached(Step.REHEARSING, done, done);
                    tryOut(part, answers);
                    isSettled = false;
                }
            }
            if (isSettled) {
                return claims;
            }
        }
        throw new IllegalStateException("owners not settled after " + ROUNDS_MAX + " rounds");
    }

    private void tryOut(Part part, Part.Answers answers) {
        try {
            part.answers = answers;
            var overlay = new Overlay(dossiers.snapshot().state(part.subject));
            var event = event(part, dossiers, request.delivering(), TRYING, TRYING, 0, 0);
            var rehearsal = rehearser.rehearse(event, dossiers.catalog(), overlay);
            part.trial =
                    new Comparison(part, dossiers, new SubjectState(overlay, part.subject))
                            .trial(rehearsal.asked(), request.deliver());
        } catch (Incomplete e) {
            skipped.put(part.subject, Objects.requireNonNull(e.getMessage()));
            skipWithNeighbours();
        }
    }

    /// The event that decides a part again.
    static Redecided event(
            Part part,
            Dossiers dossiers,
            ReplayRequest request,
            RecordId recordId,
            RecordId replay,
            long now,
            long leastFactVersion) {
        var owners = new HashMap<Subject, Subject>();
        part.trial.asked().forEach(asked -> owners.put(asked.value(), part.subject));
        owners.keySet().removeIf(CapDay::isOne);
        owners.putAll(part.answers.owners());
        return new Redecided(
                recordId,
                now,
                dossiers.catalog().version(),
                part.subject,
                replay,
                request.by(),
                request.note(),
                request.deliver(),
                part.version,
                leastFactVersion,
                dossiers.inputs(part),
                part.moved,
                owners,
                part.answers.placeless().stream().sorted().toList());
    }
}
