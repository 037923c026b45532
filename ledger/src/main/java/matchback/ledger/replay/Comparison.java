package matchback.ledger.replay;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import matchback.ledger.Outcome;
import matchback.ledger.replay.Rehearser.Asked;
import matchback.ledger.replay.Trial.Sums;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.DeliveryState;
import matchback.ledger.state.DeliveryState.Progress;
import matchback.ledger.state.ReportState;
import matchback.ledger.state.SubjectState;
import matchback.model.CapDay;
import matchback.model.Params;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.Subject;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// Compares a subject as it is with what trying it out has made of it.
final class Comparison {
    private final Part part;
    private final Dossiers dossiers;
    private final SubjectState before;
    private final SubjectState after;

    /// @param after tried out with deliveries, so that they can be counted
    Comparison(Part part, Dossiers dossiers, SubjectState after) {
        this.part = part;
        this.dossiers = dossiers;
        this.before = dossiers.state(part.subject);
        this.after = after;
    }

    /// @param deliver whether new deliveries are a difference
    Trial trial(List<Asked> asked, boolean deliver) {
        var changes = changes();
        var deliveries = deliveries();
        int wanted = deliveries.getOrDefault(Progress.WAITING, 0);
        int cancelled = deliveries.getOrDefault(Progress.CANCELLED, 0);
        int notRetractable = deliveries.getOrDefault(Progress.NOT_RETRACTABLE, 0);
        boolean isChanged =
                !changes.isEmpty()
                        || cancelled > 0
                        || notRetractable > 0
                        || deliveries.containsKey(Progress.DELIVERED)
                        || (deliver && wanted > 0)
                        || !outcomes(before).equals(outcomes(after))
                        || !held(before).equals(held(after))
                        || !before.links().equals(after.links())
                        || !before.click().equals(after.click())
                        || !worth(before).equals(worth(after));
        return new Trial(
                asked,
                owned(),
                isChanged,
                changes,
                sums(before),
                sums(after),
                wanted,
                cancelled,
                notRetractable);
    }

    private List<ReplayChange> changes() {
        var earlier = new HashMap<RecordId, Outcome>();
        for (var arrival : part.arrivals) {
            dossiers.last(arrival.from(), arrival.recordId())
                    .ifPresent(outcome -> earlier.put(arrival.recordId(), outcome));
        }
        before.reports().forEach(report -> earlier.put(report.recordId(), report.outcome()));
        var changes = new ArrayList<ReplayChange>();
        for (var report : after.reports()) {
            var was = earlier.get(report.recordId());
            if (was != null && !isSame(was, report.outcome())) {
                changes.add(
                        new ReplayChange(
                                report.recordId(), report.receivedAt(), was, report.outcome()));
            }
        }
        return changes;
    }

    /// All that is said of each postback, down to the last detail.
    private static Map<RecordId, Outcome> outcomes(SubjectState state) {
        var outcomes = new HashMap<RecordId, Outcome>();
        state.reports().forEach(report -> outcomes.put(report.recordId(), report.outcome().bare()));
        return outcomes;
    }

    /// What is kept of the postbacks that wait for a person: it is decided by that one day.
    private static Map<RecordId, Params> held(SubjectState state) {
        var held = new HashMap<RecordId, Params>();
        for (var report : state.reports()) {
            state.held(report.recordId())
                    .ifPresent(postback -> held.put(report.recordId(), postback.params()));
        }
        return held;
    }

    /// Which conversion a report is of may be called by another record; that alone changes nothing
    /// for anybody.
    private static boolean isSame(Outcome one, Outcome other) {
        return one.reason() == other.reason()
                && one.clickId().equals(other.clickId())
                && one.event().equals(other.event())
                && one.status() == other.status()
                && Objects.equals(one.payout(), other.payout());
    }

    /// Deliveries that stand elsewhere, by where they stand now.
    private Map<Progress, Integer> deliveries() {
        var earlier = new HashMap<Integer, Progress>();
        before.deliveries().forEach(d -> earlier.put(d.number(), d.progress()));
        var changed = new HashMap<Progress, Integer>();
        for (DeliveryState delivery : after.deliveries()) {
            if (earlier.get(delivery.number()) != delivery.progress()) {
                changed.merge(delivery.progress(), 1, Integer::sum);
            }
        }
        return changed;
    }

    /// What a conversion is, apart from its number and its history.
    private record Worth(
            RecordId recordId,
            String eventType,
            String txid,
            Status status,
            Object payout,
            long revenue,
            @Nullable Object value,
            long eventAt,
            long reversedAt) {}

    private static Set<Worth> worth(SubjectState state) {
        var worth = new HashSet<Worth>();
        for (var conversion : state.conversions()) {
            worth.add(
                    new Worth(
                            conversion.recordId(),
                            conversion.eventType(),
                            conversion.txid(),
                            conversion.status(),
                            conversion.payout(),
                            conversion.revenueMicros(),
                            conversion.value(),
                            conversion.eventAt(),
                            conversion.reversedAt()));
        }
        return worth;
    }

    private static Sums sums(SubjectState state) {
        long conversions = 0;
        long revenue = 0;
        for (ConversionState conversion : state.conversions()) {
            switch (conversion.status()) {
                case PENDING, APPROVED -> {
                    conversions++;
                    revenue += conversion.revenueMicros();
                }
                // Counts, but its money was taken back.
                case REVERSED -> conversions++;
                case REJECTED -> {}
            }
        }
        return new Sums(conversions, revenue);
    }

    /// What is the subject's own now and may be nobody's afterwards: transactions that lead to no
    /// conversion any more, and days of caps on which it has places. A transaction that a person
    /// named stays without anybody asking for it.
    private List<Subject> owned() {
        var senders = new LinkedHashSet<String>();
        before.reports().forEach(report -> senders.add(report.sender()));
        senders.remove("");
        var owned = new ArrayList<Subject>();
        var gone = before.transactions();
        gone.removeAll(after.transactions());
        for (var txid : gone) {
            for (var sender : senders) {
                var value = Subject.transaction(sender, txid);
                if (dossiers.state(value).owner().filter(part.subject::equals).isPresent()) {
                    owned.add(value);
                }
            }
        }
        for (var report : before.reports()) {
            owned.addAll(days(report));
        }
        return owned;
    }

    /// The steps to a decision tell of the place that was taken.
    private List<Subject> days(ReportState report) {
        var days = new ArrayList<Subject>();
        for (var step : report.outcome().steps()) {
            if (step.kind() == StepKind.CAP_TAKEN) {
                var day = LocalDate.parse(step.value("day"));
                var offer = step.value("offer");
                for (var type : Arrays.asList(null, report.outcome().event())) {
                    var value = new CapDay(offer, day, type).subject();
                    if (dossiers.state(value).places().holders().contains(report.recordId())) {
                        days.add(value);
                    }
                }
            }
        }
        return days;
    }
}
