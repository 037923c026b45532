package matchback.validate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import matchback.ledger.Ledger;
import matchback.model.FraudCheck;
import matchback.model.RecordId;
import matchback.model.catalog.Validation;

/// What other settings would have found in the past. Writes nothing.
public final class WhatIf {
    /// Entries read at most.
    public static final int ENTRIES_MAX = 3_000_000;

    private static final Duration LEARNS_FROM = Duration.ofDays(14);
    private static final int AT_ONCE = 10_000;
    private static final int SHOWN_MAX = 200;

    private WhatIf() {}

    /// @param conversions of the period
    /// @param suspected how many of them, by whatever check
    /// @param found how many, by check
    /// @param first the first suspicions, at most 200
    /// @param isCut whether there was more than can be read at once: the end of the period is
    ///   missing
    public record Result(
            int conversions,
            int suspected,
            Map<FraudCheck, Integer> found,
            List<Suspicion> first,
            boolean isCut) {}

    /// @param from and
    /// @param to epoch milliseconds; the second one is not part of the period
    public static Result of(Ledger ledger, Validation settings, long from, long to) {
        var run = new Run(settings, from, to);
        History history;
        try (var snapshot = ledger.snapshot()) {
            history = History.since(snapshot, from - LEARNS_FROM.toMillis());
        }
        boolean isMore = true;
        for (int read = 0; isMore && !run.isOver && read < ENTRIES_MAX; read += AT_ONCE) {
            // A new view each time: one that is kept long keeps old data alive.
            try (var snapshot = ledger.snapshot()) {
                isMore =
                        history.read(
                                snapshot,
                                AT_ONCE,
                                entry -> {
                                    run.isOver |= entry.event().receivedAt() >= to;
                                    if (!run.isOver) {
                                        run.intake.take(entry, snapshot, run);
                                    }
                                });
            }
        }
        return run.result(isMore && !run.isOver);
    }

    private static final class Run implements Intake.Listener {
        private final Detector detector;
        private final Intake intake;
        private final long from;
        private final long to;
        private final Map<FraudCheck, Integer> found = new EnumMap<>(FraudCheck.class);
        private final Set<RecordId> suspected = new HashSet<>();
        private final List<Suspicion> first = new ArrayList<>();
        private int conversions;
        private boolean isOver;

        Run(Validation settings, long from, long to) {
            this.detector = new Detector(settings);
            this.intake = new Intake(settings.publisher());
            this.from = from;
            this.to = to;
        }

        @Override
        public void clicked(String source, String publisher, long at) {
            detector.clicked(source, publisher, at, 1);
        }

        @Override
        public void converted(Converted conversion) {
            conversions += isOfPeriod(conversion) ? 1 : 0;
            for (var suspicion : detector.converted(conversion)) {
                if (isOfPeriod(suspicion.conversion())) {
                    found.merge(suspicion.check(), 1, Integer::sum);
                    suspected.add(suspicion.conversion().recordId());
                    if (first.size() < SHOWN_MAX) {
                        first.add(suspicion);
                    }
                }
            }
        }

        private boolean isOfPeriod(Converted conversion) {
            return conversion.receivedAt() >= from && conversion.receivedAt() < to;
        }

        Result result(boolean isCut) {
            return new Result(
                    conversions, suspected.size(), Map.copyOf(found), List.copyOf(first), isCut);
        }
    }
}
