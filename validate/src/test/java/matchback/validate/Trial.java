package matchback.validate;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import matchback.model.FraudCheck;
import matchback.model.RecordId;
import matchback.model.Subject;
import matchback.model.catalog.Validation;
import matchback.simulation.Act;
import matchback.simulation.Label;
import matchback.simulation.Report;
import matchback.simulation.Traffic;
import matchback.simulation.Visit;
import org.jspecify.annotations.Nullable;

/// Simulated traffic, judged in memory: what was suspected, what would have been held if every
/// check might hold, and what was true.
final class Trial {
    private final Detector detector;
    private final Map<Long, Visit> visits = new HashMap<>();
    private final Map<RecordId, Label> truth = new HashMap<>();
    private final Map<RecordId, Set<FraudCheck>> suspected = new HashMap<>();
    private final Set<Long> counted = new HashSet<>();
    private final Set<Long> converted = new HashSet<>();
    private final Map<String, Long> txids = new HashMap<>();
    private final Map<String, Instant> quarantines = new HashMap<>();
    private final Map<Label, Integer> held = new HashMap<>();
    private final List<Long> nanos = new ArrayList<>();
    private @Nullable Instant begun;
    private @Nullable Instant found;

    private Trial(Validation settings) {
        this.detector = new Detector(settings);
    }

    static Trial of(Traffic traffic, Validation settings) {
        var trial = new Trial(settings);
        traffic.acts().forEach(trial::take);
        return trial;
    }

    private void take(Act act) {
        switch (act) {
            case Visit visit -> {
                visits.put(visit.number(), visit);
                detector.clicked(visit.source(), visit.publisher(), visit.at().toEpochMilli(), 1);
            }
            case Report report -> report(report);
        }
    }

    /// What the rules refuse, join or call a duplicate is no new conversion.
    private void report(Report report) {
        if (report.visit() == 0
                || report.status().equals("refund")
                || report.status().equals("rejected")
                || !counted.add(report.conversion())
                || isOfOther(report)) {
            return;
        }
        var visit = Objects.requireNonNull(visits.get(report.visit()));
        var conversion = converted(report, visit);
        truth.put(conversion.recordId(), report.label());
        if (!report.label().isHonest() && begun == null) {
            begun = report.at();
        }
        var until = quarantines.get(conversion.cohort());
        if (until != null && report.at().isBefore(until)) {
            held.merge(report.label(), 1, Integer::sum);
        }
        long begin = System.nanoTime();
        var suspicions = detector.converted(conversion);
        nanos.add(System.nanoTime() - begin);
        suspicions.forEach(suspicion -> suspect(suspicion, report.at()));
    }

    private boolean isOfOther(Report report) {
        var owner = txids.putIfAbsent(report.sender() + ' ' + report.txid(), report.visit());
        return !report.txid().isEmpty() && owner != null && owner != report.visit();
    }

    private void suspect(Suspicion suspicion, Instant at) {
        var conversion = suspicion.conversion();
        suspected
                .computeIfAbsent(conversion.recordId(), _ -> new HashSet<>())
                .add(suspicion.check());
        quarantines.putIfAbsent(conversion.cohort(), at.plus(Duration.ofHours(24)));
        if (found == null && truth.get(conversion.recordId()) != Label.HONEST) {
            found = at;
        }
    }

    private Converted converted(Report report, Visit visit) {
        return new Converted(
                new RecordId(report.conversion(), visit.number()),
                new Subject("visit-" + visit.number()),
                visit.at().toEpochMilli(),
                report.happenedAt().toEpochMilli(),
                report.at().toEpochMilli(),
                !converted.add(visit.number()),
                visit.source(),
                visit.publisher(),
                visit.offer(),
                report.sender(),
                report.event(),
                report.txid(),
                micros(report.payout()),
                micros(report.value()),
                visit.address(),
                Network.of(visit.address()));
    }

    private static long micros(String amount) {
        return amount.isEmpty() ? 0 : new BigDecimal(amount).movePointRight(6).longValueExact();
    }

    int conversions(Label label) {
        return (int) truth.values().stream().filter(label::equals).count();
    }

    int suspected(Label label) {
        return (int) suspected.keySet().stream().filter(id -> truth.get(id) == label).count();
    }

    int held(Label label) {
        return held.getOrDefault(label, 0);
    }

    /// From the first conversion of the attack to the first suspicion of one of them.
    Optional<Duration> timeToFlag() {
        return begun == null || found == null
                ? Optional.empty()
                : Optional.of(Duration.between(begun, found));
    }

    /// What judging each conversion took, in nanoseconds.
    List<Long> nanos() {
        return nanos;
    }
}
