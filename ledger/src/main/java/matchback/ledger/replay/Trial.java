package matchback.ledger.replay;

import java.util.List;
import matchback.ledger.replay.Rehearser.Asked;
import matchback.model.Subject;

/// What trying a subject out has shown.
///
/// @param asked whose values its postbacks asked for
/// @param held values it owns now, as far as its conversions tell
/// @param isChanged whether anything is different afterwards
record Trial(
        List<Asked> asked,
        List<Subject> held,
        boolean isChanged,
        List<ReplayChange> changes,
        Sums before,
        Sums after,
        int deliveriesWanted,
        int cancelled,
        int notRetractable) {

    /// @param revenue in millionths of the report currency
    record Sums(long conversions, long revenue) {
        static final Sums ZERO = new Sums(0, 0);

        Sums and(Sums more) {
            return new Sums(conversions + more.conversions, revenue + more.revenue);
        }
    }

    static final Trial NONE =
            new Trial(List.of(), List.of(), false, List.of(), Sums.ZERO, Sums.ZERO, 0, 0, 0);
}
