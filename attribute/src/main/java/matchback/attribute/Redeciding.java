package matchback.attribute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.Edited;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Event.Redecided;
import matchback.ledger.Event.Reviewed;
import matchback.ledger.Fact;
import matchback.ledger.Input;
import matchback.ledger.Outcome;
import matchback.ledger.replay.Rehearser.Asked;
import matchback.ledger.replay.Rehearser.Rehearsal;
import matchback.ledger.state.Counters;
import matchback.ledger.state.MovedState;
import matchback.ledger.state.ReplayState;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.ReportState.Past;
import matchback.ledger.state.SubjectState;
import matchback.model.CapDay;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Catalog;
import matchback.model.trace.Step;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// Decides all that is known of a subject again: forgets what was made of its postbacks, takes them
/// in order by the same rules as ever, and then says what is different from before. Facts of what
/// is no more are withdrawn, deliveries are settled with what was sent.
///
/// Every fact gets one version. What moved to another subject is withdrawn under the version that
/// the subject would have had next, which the other subject's facts are above: so it does not
/// matter which of the two is read first.
final class Redeciding implements Owners {
    private final Rules rules;
    private final Redecided event;
    private final Catalog catalog;
    private final SubjectState state;
    private final List<Asked> asked = new ArrayList<>();
    private final Map<FactId, Fact> facts = new LinkedHashMap<>();

    record FactId(RecordId recordId, int index) {}

    Redeciding(Rules rules, Redecided event, Catalog catalog, SubjectState state) {
        this.rules = rules;
        this.event = event;
        this.catalog = catalog;
        this.state = state;
    }

    /// Whether an event has had its effect already.
    static boolean isPast(Redecided event, SubjectState state) {
        return state.replay()
                .filter(replay -> replay.recordId().equals(event.recordId()))
                .isPresent();
    }

    Rehearsal run() {
        var before = Standing.of(state);
        if (before.counters().version() != event.basedOnVersion()) {
            return new Rehearsal(true, Effects.NONE, List.of());
        }
        forget(before);
        takeAll();
        remember(before);
        long withdrawnAs = Filing.nextVersion(before.counters());
        long version = Math.max(withdrawnAs, event.leastFactVersion());
        var settled = new Redelivering(event, before, state, version).settle();
        var counters = state.counters();
        state.save(
                new Counters(
                        version, counters.conversions(), counters.reports(), settled.deliveries()));
        var rows = new ArrayList<Fact>();
        facts.values().forEach(fact -> rows.add(fact.withVersion(version)));
        rows.addAll(settled.facts());
        rows.addAll(withdrawn(before, withdrawnAs, version));
        return new Rehearsal(false, new Effects(rows, settled.intents(), null), asked);
    }

    private void forget(Standing before) {
        for (var report : before.reports()) {
            var to = event.moved().get(report.recordId());
            if (to != null) {
                state.saveMoved(
                        report.recordId(),
                        new MovedState(
                                to,
                                report.outcome(),
                                report.bucket(event.subject()),
                                report.offset(),
                                report.first()));
            }
        }
        state.unheard().stream()
                .filter(review -> event.moved().containsKey(review.reviewed()))
                .forEach(state::dropUnheard);
        state.forgetDecisions();
        // Who was told of what is settled at the end.
        state.forgetDeliveries();
        Clicks.again(state, catalog);
        var counters = before.counters();
        state.save(new Counters(counters.version(), 0, 0, counters.deliveries()));
        state.save(
                new ReplayState(
                        event.recordId(),
                        event.replay(),
                        event.receivedAt(),
                        event.catalogVersion(),
                        event.by(),
                        event.note()));
    }

    /// All inputs, and between them what persons said of the conversions, at its time. A word on a
    /// conversion that is no more waits for a replay that makes it again.
    private void takeAll() {
        var edits = new ArrayDeque<>(state.editsInOrder());
        for (var input : event.inputs()) {
            while (!edits.isEmpty() && edits.getFirst().receivedAt() < input.event().receivedAt()) {
                edit(edits.removeFirst());
            }
            take(input);
        }
        edits.forEach(this::edit);
    }

    private void edit(Edited edit) {
        collect(new Editing(edit, catalog, state).effects());
    }

    private void take(Input input) {
        switch (input.event()) {
            case PostbackReceived postback -> {
                state.dropMoved(postback.recordId());
                collect(
                        rules.decide(
                                new Case(
                                        postback,
                                        input.offset(),
                                        catalog,
                                        state,
                                        Answers.NONE,
                                        null,
                                        input.first()),
                                this));
            }
            case Reviewed reviewed -> hear(reviewed);
            default ->
                    throw new IllegalStateException(
                            "an input that is decided once: " + input.event().getClass());
        }
    }

    /// A person's word on what is held is as good as it was; where nothing is held it is kept for
    /// another replay.
    private void hear(Reviewed reviewed) {
        var waiting = Reviewing.waiting(reviewed, state);
        if (waiting.isEmpty()) {
            state.saveUnheard(reviewed);
            return;
        }
        var first = first(reviewed.reviewed());
        var review = waiting.get().with(reviewed);
        var reopened = waiting.get().reopened(review, catalog, state, first.orElse(null));
        state.dropUnheard(reviewed);
        collect(rules.review(reviewed, reopened, this));
    }

    private Optional<Reason> first(RecordId recordId) {
        return input(recordId).map(Input::first);
    }

    private Optional<Input> input(RecordId recordId) {
        return event.inputs().stream()
                .filter(input ->
                        input.event() instanceof PostbackReceived postback
                                && postback.recordId().equals(recordId))
                .findFirst();
    }

    /// Of each fact the last counts; deliveries are settled at the end.
    private void collect(Effects effects) {
        for (var fact : effects.facts()) {
            if (fact.kind() != Fact.Kind.DELIVERY) {
                facts.put(new FactId(fact.recordId(), fact.index()), fact);
            }
        }
    }

    @Override
    public Optional<Subject> of(Subject value, Case of) {
        asked.add(new Asked(value, of.postback().recordId(), of.decidedAt()));
        if (CapDay.isOne(value)) {
            boolean hasPlace = !event.placeless().contains(of.postback().recordId());
            return Optional.of(hasPlace ? event.subject() : value);
        }
        return Optional.of(event.owners().getOrDefault(value, event.subject()));
    }

    /// Marks the postbacks whose decision or place is another one now.
    private void remember(Standing before) {
        var places = new LinkedHashMap<RecordId, Input>();
        event.inputs().forEach(input -> places.put(input.event().recordId(), input));
        for (var report : state.reports()) {
            var input = places.get(report.recordId());
            if (input == null || input.first() == null) {
                throw new IllegalStateException("a report without an input");
            }
            var then = before.report(report.recordId());
            var same = then.filter(was -> isSame(was.outcome(), report.outcome()));
            var past = same.isPresent() ? same.map(ReportState::past).orElse(null) : past(input);
            state.save(with(report, then.map(ReportState::outcome), past));
        }
    }

    private static boolean isSame(Outcome then, Outcome now) {
        return now.reason() == then.reason()
                && now.conversionId().equals(then.conversionId())
                && now.status() == then.status()
                && Objects.equals(now.payout(), then.payout());
    }

    private Past past(Input input) {
        var first = Objects.requireNonNull(input.first());
        return new Past(event.replay(), event.receivedAt(), first, input.bucket());
    }

    /// @param then what was decided before, if anything was
    private ReportState with(ReportState report, Optional<Outcome> then, @Nullable Past past) {
        return new ReportState(
                report.number(),
                report.recordId(),
                report.offset(),
                report.receivedAt(),
                report.feed(),
                report.sender(),
                event.deliver()
                        ? report.outcome()
                        : keptBack(report.outcome(), then.map(Outcome::deliveries).orElse(0)),
                past);
    }

    /// What is wanted now is sent only if it was sent before.
    private static Outcome keptBack(Outcome now, int sent) {
        if (now.deliveries() <= sent) {
            return now;
        }
        var steps = new ArrayList<>(now.steps());
        steps.removeIf(step -> step.kind() == StepKind.DELIVERY_QUEUED);
        steps.add(Step.of(StepKind.DELIVERY_KEPT_BACK));
        return now.with(sent, steps);
    }

    /// What was a fact and is none any more.
    private List<Fact> withdrawn(Standing before, long asMoved, long version) {
        var rows = new ArrayList<Fact>();
        var click = state.click().orElse(null);
        if (click != null && click.test()) {
            // It never had any.
            return rows;
        }
        for (var id : before.facts().keySet()) {
            if (facts.containsKey(id)) {
                continue;
            }
            boolean isMoved = event.moved().containsKey(id.recordId());
            var maker = new Rows(event.subject(), click, isMoved ? asMoved : version);
            rows.add(maker.withdrawn(id.recordId(), id.index(), before.facts().get(id)));
        }
        var earlier = before.click();
        if (earlier != null && earlier.isVisit() && click != null && !click.isVisit()) {
            rows.add(new Rows(event.subject(), click, version).click(click));
        }
        return rows;
    }
}
