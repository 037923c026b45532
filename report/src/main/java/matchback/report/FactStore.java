package matchback.report;

import java.util.List;
import java.util.function.Function;
import matchback.ledger.Fact;

/// The port of the columns: one table of facts, and how far the ledger was read into it.
///
/// One thread appends; any number may query. A fact is known by its record id and index: one with a
/// higher version replaces the earlier row.
public interface FactStore extends AutoCloseable {

    /// Adds facts and moves the positions, both or neither. Facts may replace each other within the
    /// list too. Throws [FactStoreFailure] when nothing was written.
    void append(List<Fact> facts, Positions positions);

    /// The positions of the last append that succeeded.
    Positions positions();

    /// Has something called after every change of what questions find, on the thread that made it;
    /// it must not block.
    void onChange(Runnable listener);

    /// Forgets every fact; positions are back at the beginning.
    void clear();

    /// Asks a question.
    ///
    /// @param parameters for the question marks, in their order: String, Long or BigDecimal
    /// @param read makes something of each row
    <T> List<T> query(String sql, List<Object> parameters, Function<Row, T> read);

    /// How this engine's SQL differs.
    Dialect dialect();

    @Override
    void close();

    /// The engine failed.
    final class FactStoreFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        public FactStoreFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
