package matchback.ledger;

import org.jspecify.annotations.Nullable;

/// Keyed, ordered state of one bucket. Keys are compared as unsigned bytes.
public interface State {
    byte @Nullable [] get(byte[] key);

    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /// Visits all keys with a prefix, in order, until the visitor says stop. The visitor may read
    /// but not write.
    void range(byte[] prefix, Visitor visitor);

    interface Visitor {
        /// @return whether to go on
        boolean visit(byte[] key, byte[] value);
    }
}
