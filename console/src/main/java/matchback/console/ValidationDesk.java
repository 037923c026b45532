package matchback.console;

import java.util.List;
import java.util.Map;
import matchback.model.FraudCheck;
import matchback.model.catalog.Validation;

/// What the console can see of validation. The server implements it, because it alone knows that
/// stage.
public interface ValidationDesk {

    /// What was judged since the start.
    ///
    /// @param micros mean cost of judging one conversion, in microseconds
    /// @param found suspicions by check
    record Work(long conversions, double micros, Map<FraudCheck, Long> found) {}

    /// Something that would have been found.
    ///
    /// @param at when the conversion was reported, epoch milliseconds
    record Sign(
            String clickId,
            long at,
            String source,
            String publisher,
            FraudCheck check,
            String evidence) {}

    /// What other settings would have found in a period.
    ///
    /// @param conversions of the period
    /// @param suspected how many of them, by whatever check
    /// @param found how many, by check
    /// @param first the first ones
    /// @param isCut whether the end of the period is missing, because there was too much to read
    record Preview(
            int conversions,
            int suspected,
            Map<FraudCheck, Integer> found,
            List<Sign> first,
            boolean isCut) {}

    Work work();

    /// Judges a period of the past again and writes nothing. Reads the ledger: takes seconds for
    /// millions of entries.
    ///
    /// @param from and
    /// @param to epoch milliseconds; the second one is not part of the period
    Preview preview(Validation settings, long from, long to);
}
