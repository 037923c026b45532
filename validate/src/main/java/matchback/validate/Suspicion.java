package matchback.validate;

import matchback.model.FraudCheck;

/// What is found about one conversion.
///
/// @param evidence one sentence with the figures, for a person to judge by
public record Suspicion(Converted conversion, FraudCheck check, String evidence) {}
