package matchback.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What is going to happen, in order, and the numbers given out.
final class Agenda {
    /// Transaction ids kept of each sender, for whoever wants to use them again.
    private static final int PAST_MAX = 2000;

    private record Planned(Act act, long order) {}

    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(
                    Comparator.<Planned, Instant>comparing(p -> p.act().at())
                            .thenComparingLong(Planned::order));
    private final Map<String, List<Report>> past = new HashMap<>();
    private long order;
    private long visits;
    private long conversions;

    long newVisit() {
        return ++visits;
    }

    long newConversion() {
        return ++conversions;
    }

    void add(Act act) {
        planned.add(new Planned(act, order++));
    }

    boolean isEmpty() {
        return planned.isEmpty();
    }

    /// Whether something is to happen at this time or before it.
    boolean isDue(Instant at) {
        var first = planned.peek();
        return first != null && !first.act().at().isAfter(at);
    }

    /// The next act. Throws when there is none.
    Act take() {
        var act = planned.remove().act();
        if (act instanceof Report report && report.label().isHonest() && report.attempt() == 1) {
            remember(report);
        }
        return act;
    }

    /// A report that a sender made some time ago; null before the first.
    @Nullable Report past(String sender, RandomGenerator random) {
        var reports = past.getOrDefault(sender, List.of());
        return reports.isEmpty() ? null : Drawing.any(reports, random);
    }

    private void remember(Report report) {
        var reports = past.computeIfAbsent(report.sender(), _ -> new ArrayList<>());
        if (reports.size() < PAST_MAX) {
            reports.add(report);
        } else {
            reports.set((int) (order % PAST_MAX), report);
        }
    }
}
