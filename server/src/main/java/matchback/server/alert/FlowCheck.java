package matchback.server.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import matchback.console.DeliveryDesk.Flow;
import matchback.report.alert.AlertKind;
import matchback.report.alert.Check;
import matchback.report.alert.Condition;
import matchback.report.alert.Spans;

/// Destinations that wait for a person, and deliveries that have waited for long.
public final class FlowCheck implements Check {
    /// By then the schedule has tried about ten times: it is no hiccup.
    private static final Duration WAIT_MAX = Duration.ofHours(6);

    private final Supplier<List<Flow>> flows;

    public FlowCheck(Supplier<List<Flow>> flows) {
        this.flows = flows;
    }

    @Override
    public Set<AlertKind> kinds() {
        return Set.of(AlertKind.DESTINATION_PARKED, AlertKind.UNDELIVERED);
    }

    @Override
    public List<Condition> look(long now) {
        var found = new ArrayList<Condition>();
        for (var flow : flows.get()) {
            if (flow.standing().equals("parked")) {
                found.add(parked(flow, now));
            } else if (flow.oldestAt() > 0 && now - flow.oldestAt() >= WAIT_MAX.toMillis()) {
                found.add(undelivered(flow, now));
            }
        }
        return found;
    }

    private static Condition parked(Flow flow, long now) {
        var evidence = new ArrayList<String>();
        var last = flow.last();
        if (last != null) {
            evidence.add(
                    "It answered %s: %s"
                            .formatted(
                                    last.httpStatus() == 0 ? "nothing" : last.httpStatus(),
                                    last.note()));
        }
        evidence.add(
                waiting(flow)
                        + " wait, none is lost or used up; put its access right and resume it.");
        return new Condition(
                AlertKind.DESTINATION_PARKED,
                flow.address(),
                flow.address() + " takes nothing until somebody looks at it",
                evidence,
                "/destinations",
                last == null ? now : last.at());
    }

    private static Condition undelivered(Flow flow, long now) {
        var evidence = new ArrayList<String>();
        evidence.add(
                waiting(flow)
                        + " wait, the oldest for "
                        + Spans.text(Duration.ofMillis(now - flow.oldestAt()))
                        + ".");
        var last = flow.last();
        if (last != null) {
            evidence.add(
                    "The last try, at %s: %s %s"
                            .formatted(
                                    Instant.ofEpochMilli(last.at()).truncatedTo(ChronoUnit.SECONDS),
                                    last.httpStatus() == 0 ? "no answer" : last.httpStatus(),
                                    last.note()));
        }
        return new Condition(
                AlertKind.UNDELIVERED,
                flow.address(),
                "Deliveries to " + flow.address() + " have waited for more than 6 hours",
                evidence,
                "/deliveries?state=waiting",
                flow.oldestAt());
    }

    private static String waiting(Flow flow) {
        return (flow.hasMore() ? "More than " : "") + flow.waiting() + " deliveries";
    }
}
