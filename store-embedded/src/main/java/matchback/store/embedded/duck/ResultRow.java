package matchback.store.embedded.duck;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import matchback.report.FactStore.FactStoreFailure;
import matchback.report.Row;
import org.jspecify.annotations.Nullable;

/// The current row of a result set.
final class ResultRow implements Row {
    private final ResultSet result;

    ResultRow(ResultSet result) {
        this.result = result;
    }

    @Override
    public String text(int column) {
        var value = value(column);
        return value == null ? "" : value.toString();
    }

    @Override
    public long number(int column) {
        return switch (value(column)) {
            case null -> 0;
            case Long number -> number;
            case Integer number -> number;
            case Short number -> number;
            case Byte number -> number;
            case BigInteger number -> number.longValueExact();
            case BigDecimal number -> number.longValueExact();
            case Object other -> throw unexpected(column, other);
        };
    }

    @Override
    public BigDecimal decimal(int column) {
        return switch (value(column)) {
            case null -> BigDecimal.ZERO;
            case BigDecimal number -> number;
            case BigInteger number -> new BigDecimal(number);
            case Long number -> BigDecimal.valueOf(number);
            case Integer number -> BigDecimal.valueOf(number);
            case Short number -> BigDecimal.valueOf(number);
            case Byte number -> BigDecimal.valueOf(number);
            case Object other -> throw unexpected(column, other);
        };
    }

    @Override
    public boolean isNull(int column) {
        return value(column) == null;
    }

    private @Nullable Object value(int column) {
        try {
            return result.getObject(column + 1);
        } catch (SQLException e) {
            throw new FactStoreFailure("column " + column + " cannot be read", e);
        }
    }

    private static IllegalStateException unexpected(int column, Object value) {
        return new IllegalStateException(
                "column " + column + " is a " + value.getClass() + "; expected an exact number");
    }
}
