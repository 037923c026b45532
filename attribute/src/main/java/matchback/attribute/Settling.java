package matchback.attribute;

import java.util.Objects;
import matchback.ledger.Decider.Effects;
import matchback.ledger.Event.Settled;
import matchback.ledger.state.SubjectState;
import matchback.model.CapDay;
import matchback.model.catalog.Catalog;

/// Lets values change hands, as a replay found: a transaction, or the places of a cap's day.
final class Settling {
    private Settling() {}

    static Effects settle(Settled settled, Catalog catalog, SubjectState state) {
        var day = CapDay.of(settled.subject());
        if (day.isPresent()) {
            settled.released().forEach(state.places()::release);
            int most = catalog.places(day.get());
            settled.taken().forEach(record -> state.places().take(record, most));
        } else if (Objects.equals(state.owner().orElse(null), settled.expected())) {
            var owner = settled.owner();
            if (owner == null) {
                state.disown();
            } else {
                state.own(owner);
            }
        }
        return Effects.NONE;
    }
}
