package matchback.ledger.kit;

import java.util.Map;
import matchback.ledger.Ledger;
import matchback.ledger.Table;

/// An engine under test, with a place of its own for its data; empty at first.
public interface KitHost extends AutoCloseable {

    /// Opens the ledger with [KitRules], again on what the last one left.
    Ledger open();

    /// Ends the open ledger as suddenly as the engine can end, keeping what it holds durable.
    void crash();

    /// Folds the closed ledger again.
    Digests rebuild();

    /// Closes what is open and removes the data.
    @Override
    void close();

    /// Digests of [matchback.ledger.Rebuild#FOLDED].
    record Digests(Map<Table, String> before, Map<Table, String> after) {}
}
