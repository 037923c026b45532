package matchback.model;

import java.util.Locale;

/// What became of a postback. Every postback has exactly one current decision.
public enum Decision {
    /// A new conversion was counted.
    COUNTED,
    /// An existing conversion changed its status, its payout or another field.
    UPDATED,
    /// The report said nothing new.
    DUPLICATE,
    /// Kept for a person (or for another record) to decide; counts nowhere until then.
    HELD,
    /// Stored, but never counted.
    REFUSED;

    /// The name used in answers, tables and metrics.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
