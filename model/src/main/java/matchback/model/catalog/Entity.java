package matchback.model.catalog;

/// One thing the operator configured. Replaced whole by a change, never altered.
public sealed interface Entity
        permits TrafficSource,
                Sender,
                Offer,
                Campaign,
                ExchangeRate,
                Destination,
                OldTracker,
                AppleApp,
                Lander,
                Quarantine,
                Validation,
                ReferenceRates,
                User,
                ApiToken {
    /// Identity within its kind: 1 to 64 of a-z, A-Z, 0-9, hyphen and underscore.
    String key();

    /// What people call it.
    String name();

    /// Archived entities stay readable, because events name them, but take part in nothing new.
    boolean archived();
}
