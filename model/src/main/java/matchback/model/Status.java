package matchback.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The state of a conversion, and the changes it may go through:
///
/// ```
///             ┌──────────▶ rejected ─┐
///  pending ───┤               ▲      │
///             └──▶ approved ◀─┼──────┘
///                     ├───────┘
///                     └──▶ reversed
/// ```
///
/// Every other change is stale: reports arrive late and out of order, and the later state stays.
public enum Status {
    PENDING,
    APPROVED,
    REJECTED,
    REVERSED;

    /// Words the field uses, with the state each stands for. Numbers are Affise's (1 approved, 2
    /// pending, 3 declined, 5 hold; help-center.affise.com/en/articles/6655842).
    private static final Map<String, Status> WORDS =
            Map.ofEntries(
                    Map.entry("lead", PENDING),
                    Map.entry("hold", PENDING),
                    Map.entry("pending", PENDING),
                    Map.entry("2", PENDING),
                    Map.entry("5", PENDING),
                    Map.entry("sale", APPROVED),
                    Map.entry("approved", APPROVED),
                    Map.entry("approve", APPROVED),
                    Map.entry("confirmed", APPROVED),
                    Map.entry("1", APPROVED),
                    Map.entry("rejected", REJECTED),
                    Map.entry("reject", REJECTED),
                    Map.entry("declined", REJECTED),
                    Map.entry("trash", REJECTED),
                    Map.entry("3", REJECTED),
                    Map.entry("refund", REVERSED),
                    Map.entry("chargeback", REVERSED),
                    Map.entry("reversed", REVERSED));

    /// The name used in answers, columns and URLs.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The state a sender's word stands for when the sender maps nothing; empty when unknown.
    public static Optional<Status> ofWord(String word) {
        return Optional.ofNullable(WORDS.get(word.strip().toLowerCase(Locale.ROOT)));
    }

    public boolean mayBecome(Status next) {
        return switch (this) {
            case PENDING -> next == APPROVED || next == REJECTED;
            case APPROVED -> next == REJECTED || next == REVERSED;
            case REJECTED -> next == APPROVED;
            case REVERSED -> false;
        };
    }
}
