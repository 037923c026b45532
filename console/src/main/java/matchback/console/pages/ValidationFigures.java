package matchback.console.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import matchback.console.ConsoleContext;
import matchback.ledger.Column;
import matchback.ledger.Fact.Kind;
import matchback.model.Decision;
import matchback.model.FraudCheck;
import matchback.model.Reason;
import matchback.report.ListQuery;

/// How validation did in the last 30 days: what it found, and what persons said of what was held.
final class ValidationFigures {
    private static final Duration PERIOD = Duration.ofDays(30);

    /// At most so many of a thousand honest conversions may be held.
    private static final int BUDGET_PER_MILLE = 5;

    private final ConsoleContext context;
    private final Instant from;
    private final Map<FraudCheck, Long> found = new EnumMap<>(FraudCheck.class);
    private final Map<FraudCheck, Long> approved = new EnumMap<>(FraudCheck.class);
    private final Map<FraudCheck, Long> rejected = new EnumMap<>(FraudCheck.class);
    private final long conversions;

    ValidationFigures(ConsoleContext context) {
        this.context = context;
        this.from = context.clock().instant().minus(PERIOD);
        this.conversions = count(Kind.CONVERSION, Map.of());
        for (var check : FraudCheck.values()) {
            var heldAs = Map.of(Column.HELD_AS, check.reason().code());
            found.put(check, count(Kind.CONVERSION, Map.of(Column.SUSPICIONS, check.word())));
            long decided = count(Kind.POSTBACK, heldAs);
            long refused =
                    decided == 0
                            ? 0
                            : count(
                                    Kind.POSTBACK,
                                    Map.of(
                                            Column.HELD_AS,
                                            check.reason().code(),
                                            Column.REASON,
                                            Reason.REJECTED_IN_REVIEW.code()));
            long stillHeld =
                    decided == 0
                            ? 0
                            : count(
                                    Kind.POSTBACK,
                                    Map.of(
                                            Column.HELD_AS,
                                            check.reason().code(),
                                            Column.DECISION,
                                            Decision.HELD.word()));
            rejected.put(check, refused);
            approved.put(check, decided - refused - stillHeld);
        }
    }

    private long count(Kind kind, Map<Column, String> filters) {
        return context.reports()
                .count(
                        new ListQuery(
                                kind,
                                from,
                                null,
                                filters,
                                null,
                                "",
                                ListQuery.Sort.NEWEST_FIRST,
                                1,
                                null));
    }

    long found(FraudCheck check) {
        return found.getOrDefault(check, 0L);
    }

    long approved(FraudCheck check) {
        return approved.getOrDefault(check, 0L);
    }

    long rejected(FraudCheck check) {
        return rejected.getOrDefault(check, 0L);
    }

    private long falseAlarms() {
        return approved.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean isOverBudget() {
        return falseAlarms() * 1000 > BUDGET_PER_MILLE * conversions;
    }

    String budget(Visit visit) {
        return visit.texts()
                .of(
                        "validation.budget",
                        visit.formats().count(falseAlarms()),
                        visit.formats().count(conversions),
                        visit.formats().percent(falseAlarms(), Math.max(1, conversions)));
    }
}
