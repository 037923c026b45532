package matchback.report;

import java.math.BigDecimal;

/// One row of an answer. Columns are counted from 0; valid only while it is being read.
public interface Row {
    /// The text, empty where there is none.
    String text(int column);

    /// The whole number, 0 where there is none.
    long number(int column);

    /// The decimal, 0 where there is none.
    BigDecimal decimal(int column);

    boolean isNull(int column);
}
