package matchback.console.recovery;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import matchback.ledger.Accepted;
import matchback.ledger.Event;
import matchback.ledger.Event.ClickRecorded;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.Ledger;
import matchback.ledger.PersonalBlock;
import matchback.ledger.Sandbox;
import matchback.ledger.Snapshot;
import matchback.ledger.intake.Missed;
import matchback.ledger.intake.Rescue;
import matchback.ledger.intake.Rescue.Rescued;
import matchback.ledger.state.ClickState;
import matchback.ledger.state.SubjectState;
import matchback.model.Reason;

/// Goes through missed requests, some hundred at a time.
///
/// A click that was missed was answered with an error page: its id went nowhere and no postback
/// will ever name it. It is recorded all the same, for it was a visit that was paid for.
public final class Recovery {
    private static final int AT_ONCE = 500;

    private final Ledger ledger;
    private final Rescue rescue;
    private final Supplier<Sandbox> sandboxes;

    /// What became of the requests, or would.
    ///
    /// @param postbacks how many ended so
    /// @param postbacksBefore that were taken earlier; they are in no other figure
    /// @param clicks that are recorded
    /// @param clicksBefore that were taken earlier
    /// @param nowhere clicks on links that lead to no campaign that takes any
    /// @param others requests that are neither
    public record Summary(
            Map<Reason, Long> postbacks,
            long postbacksBefore,
            long clicks,
            long clicksBefore,
            long nowhere,
            long others) {}

    /// What is wanted.
    ///
    /// @param withClicks whether clicks are taken too
    public record Wish(boolean isDry, boolean withClicks) {}

    /// @param before whether it was taken earlier
    private record Step(Event event, PersonalBlock personal, boolean before) {}

    private static final class Counter {
        private final Map<Reason, Long> postbacks = new EnumMap<>(Reason.class);
        private long postbacksBefore;
        private long clicks;
        private long clicksBefore;
        private long nowhere;
        private long others;
        private final boolean withClicks;

        Counter(boolean withClicks) {
            this.withClicks = withClicks;
        }

        void count(Step step, Accepted accepted) {
            boolean isClick = step.event() instanceof ClickRecorded;
            if (step.before()) {
                clicksBefore += isClick ? 1 : 0;
                postbacksBefore += isClick ? 0 : 1;
            } else if (isClick) {
                clicks++;
            } else {
                var outcome = accepted.outcome();
                var reason = outcome == null ? Reason.CHECK_PENDING : outcome.reason();
                postbacks.merge(reason, 1L, Long::sum);
            }
        }

        Summary summary() {
            return new Summary(postbacks, postbacksBefore, clicks, clicksBefore, nowhere, others);
        }
    }

    public Recovery(Ledger ledger, Rescue rescue, Supplier<Sandbox> sandboxes) {
        this.ledger = ledger;
        this.rescue = rescue;
        this.sandboxes = sandboxes;
    }

    /// Takes the requests, or tells what would become of them. Throws CompletionException when one
    /// could not be stored; those before it stay.
    public Summary run(Iterator<Missed> requests, Wish wish) {
        return wish.isDry()
                ? preview(requests, new Counter(wish.withClicks()))
                : apply(requests, new Counter(wish.withClicks()));
    }

    private Summary preview(Iterator<Missed> requests, Counter counter) {
        try (var sandbox = sandboxes.get()) {
            while (requests.hasNext()) {
                var steps = steps(next(requests), sandbox.base(), counter);
                steps.forEach(step -> counter.count(step, sandbox.accept(step.event())));
            }
            return counter.summary();
        }
    }

    private Summary apply(Iterator<Missed> requests, Counter counter) {
        while (requests.hasNext()) {
            List<Step> steps;
            try (var snapshot = ledger.snapshot()) {
                steps = steps(next(requests), snapshot, counter);
            }
            steps.stream().map(step -> step.event().subject()).distinct().forEach(ledger::prefetch);
            var waiting = new ArrayList<CompletableFuture<Accepted>>();
            steps.forEach(step -> waiting.add(ledger.submit(step.event(), step.personal())));
            for (int i = 0; i < steps.size(); i++) {
                counter.count(steps.get(i), waiting.get(i).join());
            }
        }
        return counter.summary();
    }

    private static List<Missed> next(Iterator<Missed> requests) {
        var some = new ArrayList<Missed>();
        while (some.size() < AT_ONCE && requests.hasNext()) {
            some.add(requests.next());
        }
        return some;
    }

    private List<Step> steps(List<Missed> requests, Snapshot stored, Counter counter) {
        var steps = new ArrayList<Step>();
        for (var missed : requests) {
            switch (rescue.take(missed)) {
                case Rescued.Postback(var entry) ->
                        steps.add(
                                new Step(
                                        entry.event(),
                                        entry.personal(),
                                        isKnown(entry.event(), stored)));
                case Rescued.Click(var event, var personal) -> {
                    if (counter.withClicks) {
                        steps.add(new Step(event, personal, isKnown(event, stored)));
                    }
                }
                case Rescued.Nowhere() -> counter.nowhere++;
                case Rescued.Other() -> counter.others++;
            }
        }
        return steps;
    }

    private static boolean isKnown(PostbackReceived postback, Snapshot stored) {
        return state(postback, stored).report(postback.recordId()).isPresent();
    }

    private static boolean isKnown(ClickRecorded click, Snapshot stored) {
        return state(click, stored)
                .click()
                .map(ClickState::recordId)
                .equals(Optional.of(click.recordId()));
    }

    private static SubjectState state(Event event, Snapshot stored) {
        return new SubjectState(stored.state(event.subject()), event.subject());
    }
}
