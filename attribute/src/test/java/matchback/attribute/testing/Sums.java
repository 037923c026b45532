package matchback.attribute.testing;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.ledger.Fact.Kind;
import matchback.model.RecordId;

/// Reads facts as the reports do: of each fact the highest version counts.
public record Sums(Collection<Fact> latest) {
    private record Id(RecordId recordId, int index) {}

    public static Sums of(List<Fact> facts) {
        var latest = new HashMap<Id, Fact>();
        for (var fact : facts) {
            latest.merge(
                    new Id(fact.recordId(), fact.index()),
                    fact,
                    (one, other) -> one.version() > other.version() ? one : other);
        }
        return new Sums(List.copyOf(latest.values()));
    }

    public List<Fact> kind(Kind kind) {
        return latest.stream().filter(fact -> fact.kind() == kind).toList();
    }

    public long conversions() {
        return kind(Kind.CONVERSION).stream().filter(Sums::counts).count();
    }

    /// In millionths: conversions that are not rejected, and what was taken back.
    public long revenue() {
        return latest.stream()
                .filter(fact -> fact.kind() == Kind.CONVERSION || fact.kind() == Kind.REVERSAL)
                .filter(Sums::counts)
                .mapToLong(fact -> fact.numbers().getOrDefault(Column.REVENUE, 0L))
                .sum();
    }

    public long clicks() {
        return kind(Kind.CLICK).stream()
                .filter(fact -> fact.numbers().getOrDefault(Column.IS_BOT, 0L) == 0)
                .count();
    }

    /// How many postbacks stand with each decision.
    public Map<String, Long> decisions() {
        var decisions = new HashMap<String, Long>();
        for (var fact : kind(Kind.POSTBACK)) {
            decisions.merge(fact.texts().getOrDefault(Column.DECISION, "none"), 1L, Long::sum);
        }
        return decisions;
    }

    private static boolean counts(Fact fact) {
        return !"rejected".equals(fact.texts().get(Column.STATUS));
    }
}
