package matchback.ledger;

import java.util.Locale;

/// The tables of an engine: ordered maps from bytes to bytes.
public enum Table {
    /// bucket (1 byte), offset (8) → event.
    LEDGER,
    /// bucket (1), key → value.
    STATE,
    /// bucket (1), offset (8) → the facts of that event; clicks have none here.
    FACTS,
    /// record id (16) → personal block.
    PERSONAL,
    /// destination, 0, due time (8), delivery (4), subject → nothing.
    OUTBOX,
    /// version (8) → catalog change.
    CATALOG,
    /// Format version, heads of the chains, keys of the installation.
    META,
    /// Record id of a postback (16) → where it stands: bucket (1), offset (8).
    RECORDS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
