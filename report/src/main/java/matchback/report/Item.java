package matchback.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import matchback.model.RecordId;
import org.jspecify.annotations.Nullable;

/// An item of a list. Texts are empty where there is nothing to say.
public sealed interface Item {

    /// A visit.
    ///
    /// @param traits country, device, os and the like by the column's word, and `sub1` to `sub20`;
    ///   only those known
    /// @param cost in the report currency; null when not known
    /// @param bot whether it is a bot's or a prefetch, and so outside the clicks
    record ClickItem(
            RecordId recordId,
            Instant at,
            String clickId,
            String campaign,
            String source,
            String offer,
            String creative,
            String externalId,
            Map<String, String> traits,
            @Nullable BigDecimal cost,
            boolean unique,
            boolean bot)
            implements Item {}

    /// A postback with its current decision.
    ///
    /// @param payout as it was taken; null when none was
    /// @param currency of the payout
    /// @param warnings reason codes
    record PostbackItem(
            RecordId recordId,
            Instant at,
            String decision,
            String reason,
            List<String> warnings,
            String detail,
            String sender,
            String feed,
            String clickId,
            String conversionId,
            String campaign,
            String source,
            String offer,
            String event,
            String status,
            String txid,
            @Nullable BigDecimal payout,
            String currency)
            implements Item {}

    /// A conversion in its current state.
    ///
    /// @param eventAt when it happened, as the sender says; null when not said
    /// @param clickAt null when the click is not known
    /// @param payout in its own currency
    /// @param revenue in the report currency
    /// @param value the order's, in the payout's currency; null when never sent
    record ConversionItem(
            String conversionId,
            Instant at,
            @Nullable Instant eventAt,
            @Nullable Instant clickAt,
            String clickId,
            String campaign,
            String source,
            String offer,
            String creative,
            String sender,
            String externalId,
            String event,
            String status,
            String txid,
            String feed,
            @Nullable BigDecimal payout,
            String currency,
            BigDecimal revenue,
            @Nullable BigDecimal value,
            Doubt doubt)
            implements Item {}

    /// What validation found about a conversion.
    ///
    /// @param checks words of the checks; empty for nothing
    record Doubt(List<String> checks, String evidence) {
        public static final Doubt NONE = new Doubt(List.of(), "");
    }

    /// A conversion on its way to a destination.
    ///
    /// @param number within its click
    /// @param httpStatus of the last answer; 0 without one
    /// @param nextAt when it is tried again; null when it is not
    record DeliveryItem(
            RecordId recordId,
            int number,
            Instant at,
            String destination,
            String state,
            long attempts,
            long httpStatus,
            String detail,
            @Nullable Instant nextAt,
            String clickId,
            String conversionId,
            String campaign,
            String source,
            String event,
            String status,
            String txid)
            implements Item {}

    /// A cost that was stated for a slice of the clicks.
    ///
    /// @param statedAt when it was
    /// @param slice the values that its clicks have, by the word of the column
    /// @param zone in which the bounds were meant
    /// @param amount in its currency
    /// @param cost in the report currency
    /// @param rate by which it was turned; empty when it needed none
    /// @param mode `replace` or `add`
    /// @param state `in_force`, `replaced` or `undone`
    record CostItem(
            RecordId recordId,
            Instant statedAt,
            Map<String, String> slice,
            Instant from,
            Instant to,
            String zone,
            BigDecimal amount,
            String currency,
            BigDecimal cost,
            String rate,
            String mode,
            String state,
            String by,
            String note)
            implements Item {}
}
