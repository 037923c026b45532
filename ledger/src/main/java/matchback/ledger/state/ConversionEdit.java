package matchback.ledger.state;

import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import matchback.ledger.Event.Edited;
import matchback.ledger.state.ConversionState.Change;
import matchback.model.Feed;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.RecordId;
import matchback.model.Status;
import matchback.model.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// What an edit makes of a conversion: the rules take it, and a preview shows it.
public sealed interface ConversionEdit {
    record Changed(ConversionState conversion) implements ConversionEdit {}

    /// It says what is so already.
    record Nothing() implements ConversionEdit {}

    /// There is no exchange rate for the new payout.
    record NoRate(Money payout) implements ConversionEdit {}

    static ConversionEdit of(ConversionState before, Edited edit, Catalog catalog) {
        var said = edit.correction();
        var status = said.status() == null ? before.status() : said.status();
        var payout = payout(before, edit);
        var revenue = revenue(before, payout, catalog);
        if (revenue.isEmpty()) {
            return new NoRate(payout);
        }
        var type = said.eventType().isEmpty() ? before.eventType() : said.eventType();
        var txid = said.txid().isEmpty() ? before.txid() : said.txid();
        var value = value(before, edit);
        boolean isSame =
                status == before.status()
                        && payout.equals(before.payout())
                        && type.equals(before.eventType())
                        && txid.equals(before.txid())
                        && Objects.equals(value, before.value());
        if (isSame) {
            return new Nothing();
        }
        boolean isReversal = status == Status.REVERSED && before.status() != Status.REVERSED;
        var changes = new ArrayList<>(before.changes());
        changes.add(
                new Change(
                        edit.recordId(),
                        edit.receivedAt(),
                        Feed.API,
                        Reason.EDITED,
                        status,
                        payout));
        boolean isReversed = status == Status.REVERSED;
        @Nullable RecordId reversal = isReversal ? edit.recordId() : before.reversal();
        return new Changed(
                new ConversionState(
                        before.number(),
                        before.recordId(),
                        type,
                        txid,
                        status,
                        payout,
                        revenue.get(),
                        value,
                        before.sender(),
                        before.legs(),
                        before.receivedAt(),
                        before.eventAt(),
                        isReversed ? reversal : null,
                        isReversal ? edit.receivedAt() : isReversed ? before.reversedAt() : 0,
                        before.outboundEventId(),
                        before.browserEventId(),
                        changes));
    }

    private static Money payout(ConversionState before, Edited edit) {
        var said = edit.correction();
        var micros = said.payoutMicros();
        return new Money(
                micros == null ? before.payout().micros() : micros,
                said.currency().isEmpty() ? before.payout().currency() : said.currency());
    }

    /// A payout that stays is worth what it was worth.
    private static Optional<Long> revenue(ConversionState before, Money payout, Catalog catalog) {
        return payout.equals(before.payout())
                ? Optional.of(before.revenueMicros())
                : catalog.inReportCurrency(payout, before.receivedAt()).map(Money::micros);
    }

    private static @Nullable Money value(ConversionState before, Edited edit) {
        var micros = edit.valueMicros();
        var known = before.value();
        if (micros == null) {
            return known;
        }
        var currency = edit.correction().currency();
        return new Money(
                micros,
                !currency.isEmpty()
                        ? currency
                        : known == null ? before.payout().currency() : known.currency());
    }
}
