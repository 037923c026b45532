package matchback.report;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import matchback.ledger.Column;

/// Where the engines' SQL differs. Everything else is written once, in what they share.
///
/// The table of facts has the columns of [#ID_COLUMNS] and one for each [Column], under its word.
/// Kinds are the numbers of [Kinds], times epoch milliseconds, money DECIMAL(18,6).
public interface Dialect {
    /// What every row has: `fact_at` is when it counts; `record_high` and `record_low` are the
    /// record id, with `idx` the fact's.
    String ID_COLUMNS = "kind, record_high, record_low, idx, version, fact_at";

    /// What to read from: each fact in its latest version only.
    String latestFacts();

    /// The type of a column in a table's definition.
    String type(Column.Type type);

    /// Type of a small whole number, of a 32-bit one and of a 64-bit one.
    String wholeNumber(int bits);

    /// Whole part of the quotient of two whole numbers that are not negative.
    String quotient(String dividend, String divisor);

    default String quotient(String dividend, long divisor) {
        return quotient(dividend, Long.toString(divisor));
    }

    /// Months since year 0 (year times 12 plus month, from 0) of an expression in days since 1970.
    String months(String epochDays);

    /// The smallest of a group's whole numbers that a share of them does not exceed (nearest rank);
    /// NULL of none.
    ///
    /// @param share above 0, at most 1
    String percentile(String number, double share);

    /// All column definitions of the table of facts, for CREATE TABLE.
    default String factColumns() {
        var ids =
                Stream.of(
                        "kind " + wholeNumber(8),
                        "record_high " + wholeNumber(64),
                        "record_low " + wholeNumber(64),
                        "idx " + wholeNumber(32),
                        "version " + wholeNumber(64),
                        "fact_at " + wholeNumber(64));
        var values = Stream.of(Column.values()).map(c -> c.word() + ' ' + type(c.type()));
        return Stream.concat(ids, values).collect(Collectors.joining(",\n    "));
    }
}
