package matchback.validate;

import matchback.model.RecordId;
import matchback.model.Subject;

/// A conversion as it was counted, as far as it is judged. Texts are empty where nothing is known;
/// times are epoch milliseconds.
///
/// @param recordId of the report that made it
/// @param click its subject
/// @param at when it happened, as its sender says
/// @param receivedAt when it was reported
/// @param isFurther whether the click had converted before: when that happens says nothing, as with
///   a subscription that is renewed
/// @param publisher where the source showed the ad
/// @param payoutMicros what it earns, in the report currency
/// @param valueMicros the order's value; 0 for none
/// @param address of the click
/// @param network of the click's address: its /24 or /64
public record Converted(
        RecordId recordId,
        Subject click,
        long clickedAt,
        long at,
        long receivedAt,
        boolean isFurther,
        String source,
        String publisher,
        String offer,
        String sender,
        String eventType,
        String txid,
        long payoutMicros,
        long valueMicros,
        String address,
        String network) {

    /// From click to conversion in milliseconds; never negative.
    long delayMillis() {
        return Math.max(0, at - clickedAt);
    }

    /// What its delay and its amounts are compared with.
    String kind() {
        return offer + '\0' + eventType;
    }

    /// Who brought it: the smallest unit that is judged.
    String cohort() {
        return source + '\0' + publisher;
    }
}
