package matchback.model.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// By what two reports of a sender about one click are known to be about one conversion. Whatever
/// the rule, a txid belongs to one click of its sender, and a record that comes again is one
/// report.
public enum DuplicateRule {
    /// Event id; else type and txid; a report without txid joins the click's only conversion of its
    /// type, one with a txid adopts an earlier one without.
    STANDARD,
    /// Type and txid alone; reports without txid are one conversion of their own.
    TRANSACTION,
    /// Event id alone; reports without one are one conversion of their type.
    EVENT_ID,
    /// One conversion per type and click; later reports change its status and values.
    CLICK_AND_TYPE,
    /// One conversion per type and click; later reports change its status, the first one's values
    /// stay.
    KEEP_FIRST,
    /// One conversion per type and click; each report with a txid or event id of its own adds its
    /// payout and value to it.
    ADD_UP,
    /// Every report is a conversion of its own, unless its event id or txid is known.
    EACH_REPORT;

    /// The spelling in the API, for example `click_and_type`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DuplicateRule> ofWord(String word) {
        return Arrays.stream(values()).filter(rule -> rule.word().equals(word)).findFirst();
    }
}
