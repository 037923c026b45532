package matchback.report.alert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which alerts are open, and which were.
///
/// A condition is raised when it is found, and cleared when it was not found for [#CALM_MILLIS]:
/// what comes and goes every minute is one alert, not sixty. Safe for use by many threads.
public final class AlertBook {
    /// How long a condition must be gone before its alert is closed.
    public static final long CALM_MILLIS = 5 * 60_000L;

    /// Closed alerts that are kept, the newest.
    public static final int PAST_MAX = 200;

    private record Name(AlertKind kind, String key) {
        static Name of(Condition condition) {
            return new Name(condition.kind(), condition.key());
        }
    }

    private final Map<Name, Alert> open = new LinkedHashMap<>();
    private final Deque<Alert> past = new ArrayDeque<>();

    /// Begins with what was written down before.
    public AlertBook(Collection<Alert> alerts) {
        alerts.stream()
                .sorted(Comparator.comparingLong(Alert::raisedAt))
                .forEach(alert -> {
                    if (alert.isOpen()) {
                        open.put(Name.of(alert.condition()), alert);
                    } else {
                        close(alert);
                    }
                });
    }

    /// Takes in what was found.
    ///
    /// @param looked kinds that were looked for; of others nothing is known, and nothing changes
    /// @return alerts that were raised or cleared by it
    public synchronized List<Alert> take(long now, List<Condition> found, Set<AlertKind> looked) {
        var turned = new ArrayList<Alert>();
        for (var condition : found) {
            var name = Name.of(condition);
            var before = open.get(name);
            var after =
                    before == null
                            ? new Alert(condition, now, now, 0)
                            : before.seen(condition, now);
            open.put(name, after);
            if (before == null) {
                turned.add(after);
            }
        }
        var calm =
                open.values().stream()
                        .filter(alert -> looked.contains(alert.condition().kind()))
                        .filter(alert -> now - alert.seenAt() >= CALM_MILLIS)
                        .toList();
        for (var alert : calm) {
            open.remove(Name.of(alert.condition()));
            var cleared = alert.cleared(now);
            close(cleared);
            turned.add(cleared);
        }
        return turned;
    }

    private void close(Alert alert) {
        past.addFirst(alert);
        if (past.size() > PAST_MAX) {
            past.removeLast();
        }
    }

    /// Open alerts, the newest first.
    public synchronized List<Alert> open() {
        return open.values().stream()
                .sorted(Comparator.comparingLong(Alert::raisedAt).reversed())
                .toList();
    }

    /// Closed alerts, the last closed first.
    public synchronized List<Alert> past() {
        return List.copyOf(past);
    }
}
