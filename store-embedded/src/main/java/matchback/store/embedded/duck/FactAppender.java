package matchback.store.embedded.duck;

import java.sql.SQLException;
import matchback.ledger.Column;
import matchback.ledger.Fact;
import matchback.report.Kinds;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Writes facts in bulk. The order of values is that of the table's definition
/// ([matchback.report.Dialect#factColumns]).
final class FactAppender implements AutoCloseable {
    private static final Column[] COLUMNS = Column.values();

    private final DuckDBAppender appender;

    FactAppender(DuckDBConnection connection) throws SQLException {
        appender = connection.createAppender(DuckDialect.TABLE);
    }

    void append(Fact fact) throws SQLException {
        appender.beginRow();
        appender.append((byte) Kinds.number(fact.kind()));
        appender.append(fact.recordId().high());
        appender.append(fact.recordId().low());
        appender.append(fact.index());
        appender.append(fact.version());
        appender.append(fact.at());
        for (var column : COLUMNS) {
            append(fact, column);
        }
        appender.endRow();
    }

    private void append(Fact fact, Column column) throws SQLException {
        if (column.type() == Column.Type.TEXT) {
            var text = fact.texts().get(column);
            if (text == null) {
                appender.appendNull();
            } else {
                appender.append(text);
            }
            return;
        }
        var number = fact.numbers().get(column);
        if (number == null) {
            appender.appendNull();
        } else if (column.type() == Column.Type.MONEY) {
            appender.appendDecimal(number.longValue());
        } else {
            appender.append(number.longValue());
        }
    }

    @Override
    public void close() throws SQLException {
        appender.close();
    }
}
