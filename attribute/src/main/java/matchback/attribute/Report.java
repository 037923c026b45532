package matchback.attribute;

import matchback.model.Amount;
import matchback.model.Money;
import matchback.model.Status;
import org.jspecify.annotations.Nullable;

/// What a postback says, read by its sender's mapping.
///
/// @param eventType empty when it was not looked at or is not known
/// @param status null when it was not looked at or is not known
/// @param namesStatus whether the sender named `status`
/// @param currency of the amounts, in ISO 4217
/// @param payout missing also when it could not be read
/// @param value the order's value; null when there is none
/// @param txid empty when there is none
/// @param eventId empty when there is none
/// @param eventAt epoch milliseconds; the time of receipt when the sender names none
/// @param namesTime whether the sender named `eventAt`
/// @param objection null when nothing stands against taking it as it is
record Report(
        String eventType,
        @Nullable Status status,
        boolean namesStatus,
        String currency,
        Amount payout,
        @Nullable Money value,
        String txid,
        String eventId,
        long eventAt,
        boolean namesTime,
        @Nullable Objection objection) {

    /// A report that nobody looked into.
    static Report unread(long receivedAt, String currency) {
        return new Report(
                "",
                null,
                false,
                currency,
                new Amount.Missing(),
                null,
                "",
                "",
                receivedAt,
                false,
                null);
    }

    /// Whether it says which conversion it is about.
    boolean isIdentified() {
        return !txid.isEmpty() || !eventId.isEmpty();
    }

    /// The payout it names, if it names one.
    @Nullable Money namedPayout() {
        return switch (payout) {
            case Amount.Value(var micros) -> new Money(micros, currency);
            case Amount.Missing _, Amount.Malformed _ -> null;
        };
    }
}
