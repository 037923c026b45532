package matchback.ledger;

/// What a person decides of a held postback.
public enum Verdict {
    /// Decide it again, past what held it.
    APPROVE,
    /// It counts for nothing.
    REJECT
}
