package matchback.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Small values kept by name beside the ledger. They are no events: nothing is folded from them and
/// a rebuild leaves them alone. Safe for use by many threads; not for an event loop.
public interface Cabinet {
    Optional<byte[]> get(String name);

    /// Puts values and removes others at once; returns when that is durable. Throws
    /// [Completion.LedgerFailure] when it could not be written.
    ///
    /// @param removed names, whether something is kept under them or not
    void change(Map<String, byte[]> put, Collection<String> removed);

    /// Puts one value; returns when it is durable.
    default void put(String name, byte[] value) {
        change(Map.of(name, value), List.of());
    }

    /// Visits all names with a prefix, in order.
    void visit(String prefix, BiConsumer<String, byte[]> visitor);
}
