package matchback.ledger;

import matchback.model.Status;
import org.jspecify.annotations.Nullable;

/// Values that stand in for those of a report or a conversion.
///
/// @param status null: as reported
/// @param eventType empty: as reported
/// @param payoutMicros null: as reported
/// @param currency of the amounts, in ISO 4217; empty: as reported
/// @param txid empty: as reported
public record Correction(
        @Nullable Status status,
        String eventType,
        @Nullable Long payoutMicros,
        String currency,
        String txid) {
    public static final Correction NONE = new Correction(null, "", null, "", "");
}
