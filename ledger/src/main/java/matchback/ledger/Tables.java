package matchback.ledger;

import org.jspecify.annotations.Nullable;

/// What an engine is underneath: ordered maps from bytes to bytes that can be read. Keys are
/// compared as unsigned bytes.
public interface Tables {

    /// The store could not be read. No fault of the event that wanted to read: it is not poisoned,
    /// its batch fails.
    final class ReadFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        public ReadFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    byte @Nullable [] get(Table table, byte[] key);

    /// Visits the keys from one (inclusive) to another (exclusive; empty: to the end) in order,
    /// until the visitor says stop.
    void range(Table table, byte[] from, byte[] to, State.Visitor visitor);

    /// [#range] over all keys with a prefix.
    default void prefix(Table table, byte[] prefix, State.Visitor visitor) {
        range(table, prefix, Keys.after(prefix), visitor);
    }
}
