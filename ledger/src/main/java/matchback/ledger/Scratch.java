package matchback.ledger;

import org.jspecify.annotations.Nullable;

/// Rows that are thrown away when it is closed, ordered by their keys as unsigned bytes. Used by
/// one thread.
public interface Scratch extends AutoCloseable {
    byte @Nullable [] get(byte[] key);

    void put(byte[] key, byte[] value);

    /// Visits all rows with a prefix, in order, until the visitor says stop.
    void range(byte[] prefix, State.Visitor visitor);

    @Override
    void close();
}
