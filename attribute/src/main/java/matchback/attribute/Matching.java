package matchback.attribute;

import matchback.attribute.Match.By;
import matchback.ledger.state.SubjectState;

/// Finds the conversion a report is about: by event id; by type and txid; by adopting one that has
/// no txid yet; a report without txid joins the click's only conversion of its type.
final class Matching {
    private final RulesConfig config;

    Matching(RulesConfig config) {
        this.config = config;
    }

    /// @param receivedAt of the report
    Match match(Report report, long receivedAt, SubjectState state) {
        if (!report.eventId().isEmpty()) {
            var known = state.byEventId(report.eventId());
            if (known.isPresent()) {
                return new Match.Of(known.get(), By.EVENT_ID);
            }
        }
        return report.txid().isEmpty()
                ? withoutTransaction(report, state)
                : withTransaction(report, receivedAt, state);
    }

    private Match withTransaction(Report report, long receivedAt, SubjectState state) {
        var known = state.byTransaction(report.eventType(), report.txid());
        if (known.isPresent()) {
            return new Match.Of(known.get(), By.TRANSACTION);
        }
        for (var conversion : state.withoutTransaction(report.eventType())) {
            if (receivedAt - conversion.receivedAt() <= config.adoptWithin().toMillis()) {
                return new Match.Of(conversion, By.ADOPTION);
            }
        }
        return new Match.None();
    }

    private static Match withoutTransaction(Report report, SubjectState state) {
        // Two are as good as all: whoever knows a click's id can report any number of them.
        var ofType = state.ofType(report.eventType(), 2);
        return switch (ofType.size()) {
            case 0 -> new Match.None();
            case 1 -> new Match.Of(ofType.getFirst(), By.ONLY_ONE);
            default -> new Match.Several();
        };
    }
}
