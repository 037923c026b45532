package matchback.store.embedded.duck;

import matchback.ledger.Column;
import matchback.report.Dialect;

/// SQL as DuckDB reads it. Earlier versions of a fact are deleted, so the table itself is the
/// latest.
final class DuckDialect implements Dialect {
    static final String TABLE = "facts";

    @Override
    public String latestFacts() {
        return TABLE;
    }

    @Override
    public String type(Column.Type type) {
        return switch (type) {
            case TEXT -> "VARCHAR";
            case NUMBER, TIME -> "BIGINT";
            case MONEY -> "DECIMAL(18,6)";
        };
    }

    @Override
    public String wholeNumber(int bits) {
        return switch (bits) {
            case 8 -> "TINYINT";
            case 32 -> "INTEGER";
            case 64 -> "BIGINT";
            default -> throw new IllegalArgumentException("whole number of " + bits + " bits");
        };
    }

    @Override
    public String quotient(String dividend, String divisor) {
        return "(" + dividend + " // " + divisor + ")";
    }

    @Override
    public String percentile(String number, double share) {
        return "quantile_disc(" + number + ", " + share + ")";
    }

    @Override
    public String months(String epochDays) {
        var date = "(DATE '1970-01-01' + CAST(" + epochDays + " AS INTEGER))";
        return "(year(%s) * 12 + month(%<s) - 1)".formatted(date);
    }
}
