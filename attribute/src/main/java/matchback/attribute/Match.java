package matchback.attribute;

import matchback.ledger.state.ConversionState;

/// Which conversion of the click a report is about.
sealed interface Match {

    /// None so far: it makes a new one.
    record None() implements Match {}

    record Of(ConversionState conversion, By by) implements Match {}

    /// It names none, and the click has several of its type.
    record Several() implements Match {}

    /// How a conversion was found, in the order of trying.
    enum By {
        EVENT_ID,
        TRANSACTION,
        /// The report names a txid, the conversion had none until now.
        ADOPTION,
        /// The report names no txid, and the click has this one conversion of its type.
        ONLY_ONE
    }
}
