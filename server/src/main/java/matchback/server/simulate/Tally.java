package matchback.server.simulate;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import matchback.simulation.Act;
import matchback.simulation.Label;
import matchback.simulation.Report;
import matchback.simulation.Visit;

/// What was sent, and what the server made of it, by the truth about it. Safe to share between
/// threads.
public final class Tally {
    private static final List<String> DECISIONS =
            List.of("counted", "updated", "duplicate", "held", "refused");

    /// Guarded by this map.
    private final Map<Label, Line> lines = new TreeMap<>();

    private static final class Line {
        private long visits;
        private long reports;
        private final Map<String, Long> decisions = new TreeMap<>();
        private final Map<String, Long> reasons = new TreeMap<>();
    }

    /// A visit that was redirected.
    void visited(Visit visit) {
        synchronized (lines) {
            line(visit).visits++;
        }
    }

    /// A report that was answered.
    void reported(Report report, String decision, String reason) {
        synchronized (lines) {
            var line = line(report);
            line.reports++;
            line.decisions.merge(decision, 1L, Long::sum);
            line.reasons.merge(decision + " " + reason, 1L, Long::sum);
        }
    }

    /// Of all labels.
    public long visits() {
        synchronized (lines) {
            return lines.values().stream().mapToLong(line -> line.visits).sum();
        }
    }

    /// Of all labels.
    public long reports() {
        synchronized (lines) {
            return lines.values().stream().mapToLong(line -> line.reports).sum();
        }
    }

    /// A table of labels and decisions, and the reasons of each label.
    void print(PrintStream out) {
        synchronized (lines) {
            out.printf("%n  %-18s %9s %8s", "label", "visits", "reports");
            DECISIONS.forEach(decision -> out.printf(" %9s", decision));
            out.println();
            lines.forEach((label, line) -> {
                out.printf(
                        Locale.ROOT, "  %-18s %,9d %,8d", label.word(), line.visits, line.reports);
                DECISIONS.forEach(decision ->
                        out.printf(
                                Locale.ROOT, " %,9d", line.decisions.getOrDefault(decision, 0L)));
                out.println();
            });
            out.println();
            lines.forEach((label, line) -> out.printf("  %-18s %s%n", label.word(), reasons(line)));
        }
    }

    private static String reasons(Line line) {
        var text =
                line.reasons.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(reason -> reason.getKey() + " " + reason.getValue())
                        .collect(Collectors.joining(", "));
        return text.isEmpty() ? "no report was answered" : text;
    }

    private Line line(Act act) {
        return lines.computeIfAbsent(act.label(), _ -> new Line());
    }
}
