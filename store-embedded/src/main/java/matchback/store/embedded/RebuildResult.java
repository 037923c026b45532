package matchback.store.embedded;

import java.util.Map;
import matchback.ledger.Table;

/// What a rebuild did. When it is not equal, whatever was read from the old tables (the reporting
/// columns) must be thrown away and read again.
///
/// @param events folded
/// @param before and
/// @param after digests of the tables that are folded from the ledger
public record RebuildResult(
        long events, Map<Table, TableDigest> before, Map<Table, TableDigest> after) {

    public RebuildResult {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }

    public boolean isEqual() {
        return before.equals(after);
    }
}
