package matchback.validate;

import java.util.EnumSet;
import java.util.Set;
import matchback.model.FraudCheck;

/// A conversion that is kept for a while, with what it is suspected of so far.
final class Seen {
    private final Converted conversion;
    private final Set<FraudCheck> suspectedOf = EnumSet.noneOf(FraudCheck.class);

    Seen(Converted conversion) {
        this.conversion = conversion;
    }

    Converted conversion() {
        return conversion;
    }

    /// Marks it.
    ///
    /// @return whether it was not suspected of that before
    boolean suspect(FraudCheck check) {
        return suspectedOf.add(check);
    }
}
