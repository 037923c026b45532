package matchback.ledger;

import java.util.EnumMap;
import java.util.Map;
import matchback.ledger.Event.ClickRecorded;
import matchback.model.RecordId;

/// One row for the reports. A fact with the same id and a higher version replaces the earlier one.
///
/// @param kind what the row is about
/// @param recordId and
/// @param index together the fact's id
/// @param version counts the changes of the fact's subject
/// @param at epoch milliseconds: when it counts
/// @param texts values of text columns, none empty
/// @param numbers values of all other columns
public record Fact(
        Kind kind,
        RecordId recordId,
        int index,
        long version,
        long at,
        Map<Column, String> texts,
        Map<Column, Long> numbers) {

    public enum Kind {
        CLICK,
        /// A conversion in its current state.
        CONVERSION,
        /// The negative of a conversion that was reversed, dated to the reversal.
        REVERSAL,
        /// A postback with its current decision.
        POSTBACK,
        /// A delivery in its current state.
        DELIVERY,
        /// A visitor's step from a lander to an offer.
        LANDER_CLICK,
        /// One thing that a visitor's browser saw after the click.
        BROWSER_EVENT,
        /// Nothing any more: what the fact said before holds no longer.
        WITHDRAWN,
        /// A cost that was stated for a slice of the clicks, with what became of it.
        COST;

        private static final Map<Integer, Kind> BY_NUMBER =
                Map.of(
                        1,
                        CLICK,
                        2,
                        CONVERSION,
                        3,
                        REVERSAL,
                        4,
                        POSTBACK,
                        5,
                        DELIVERY,
                        6,
                        WITHDRAWN,
                        7,
                        LANDER_CLICK,
                        11,
                        BROWSER_EVENT,
                        9,
                        COST);

        /// The kind's number in stored facts; fixed for good.
        int number() {
            return switch (this) {
                case CLICK -> 1;
                case CONVERSION -> 2;
                case REVERSAL -> 3;
                case POSTBACK -> 4;
                case DELIVERY -> 5;
                case WITHDRAWN -> 6;
                case LANDER_CLICK -> 7;
                case BROWSER_EVENT -> 11;
                case COST -> 9;
            };
        }

        static Kind ofNumber(int number) {
            var kind = BY_NUMBER.get(number);
            if (kind == null) {
                throw new Fields.CorruptRecord("fact of kind " + number);
            }
            return kind;
        }
    }

    /// The same fact under another version.
    public Fact withVersion(long other) {
        return new Fact(kind, recordId, index, other, at, texts, numbers);
    }

    /// Collects a fact's values; empty texts are left out.
    public static final class Builder {
        private static final String AHEAD = "prefetch";

        private final Map<Column, String> texts = new EnumMap<>(Column.class);
        private final Map<Column, Long> numbers = new EnumMap<>(Column.class);

        public Builder() {}

        public Builder text(Column column, String value) {
            if (!value.isEmpty()) {
                texts.put(column, value);
            }
            return this;
        }

        public Builder number(Column column, long value) {
            numbers.put(column, value);
            return this;
        }

        /// Why the click is no visit: a bot's reason, or that a browser only asked ahead.
        ///
        /// @param isAhead whether it was fetched ahead and is no visit yet
        public Builder bot(String reason, boolean isAhead) {
            return text(Column.BOT, reason.isEmpty() && isAhead ? AHEAD : reason);
        }

        /// Values by the column's word (subs, country ...); words that are no column are left out.
        public Builder words(Map<String, String> values) {
            values.forEach((word, value) -> Column.ofWord(word).ifPresent(c -> text(c, value)));
            return this;
        }

        public Fact build(Kind kind, RecordId recordId, int index, long version, long at) {
            return new Fact(kind, recordId, index, version, at, texts, numbers);
        }
    }

    /// The fact of a click: the event says it all, so it is not stored a second time.
    public static Fact ofClick(ClickRecorded click) {
        var fact =
                new Builder()
                        .number(Column.CLICK_AT, click.receivedAt())
                        .text(Column.CLICK_ID, click.subject().text())
                        .text(Column.CAMPAIGN, click.campaign())
                        .text(Column.SOURCE, click.source())
                        .text(Column.OFFER, click.offer())
                        .text(Column.CREATIVE, click.creative())
                        .text(Column.EXTERNAL_ID, click.externalId())
                        .number(Column.IS_UNIQUE, click.unique() ? 1 : 0)
                        .number(Column.IS_BOT, click.bot().isEmpty() && !click.prefetch() ? 0 : 1)
                        .bot(click.bot(), click.prefetch())
                        .words(click.subs())
                        .words(click.traits());
        if (click.reportCostMicros() >= 0) {
            fact.number(Column.COST, click.reportCostMicros());
        }
        return fact.build(Kind.CLICK, click.recordId(), 0, 1, click.receivedAt());
    }
}
