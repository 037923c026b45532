package matchback.attribute;

import matchback.ledger.state.ConversionState;
import matchback.model.Reason;
import matchback.model.Subject;

/// What is to be done about a report.
sealed interface Ruling {

    /// No conversion is touched.
    record Aside(Objection objection) implements Ruling {}

    /// It waits until it is known whom a value belongs to.
    ///
    /// @param subject that knows
    /// @param question for the message, one sentence without a full stop
    record Ask(Subject subject, String question) implements Ruling {}

    /// It makes a new conversion.
    record Count(Reason reason, ConversionState conversion) implements Ruling {}

    /// It is about a conversion that is there; `after` equals `before` when it adds nothing.
    ///
    /// @param txid one that leads to the conversion from now on; empty for none that is new
    record Join(Reason reason, ConversionState before, ConversionState after, String txid)
            implements Ruling {}
}
