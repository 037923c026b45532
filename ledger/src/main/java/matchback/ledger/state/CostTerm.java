package matchback.ledger.state;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import matchback.ledger.Fields;
import matchback.ledger.Fields.CorruptRecord;
import matchback.ledger.Fields.Writer;
import matchback.model.Money;
import matchback.model.catalog.Campaign;
import matchback.model.catalog.Catalog;

/// What each conversion of a click costs, as its campaign said when the visitor came: an amount, or
/// a share of what it earns.
///
/// @param amountMicros in the report currency; 0 for a share
/// @param sharePercentMicros millionths of a percent of the revenue; 0 for an amount
public record CostTerm(long amountMicros, long sharePercentMicros) {
    private static final int TERM = 1;

    /// Millionths of a percent in the whole.
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100_000_000);

    /// The term of a campaign; nothing when its clicks cost something else, or when the amount has
    /// no rate.
    ///
    /// @param at of the click, epoch milliseconds
    public static Optional<CostTerm> of(Campaign campaign, Catalog catalog, long at) {
        var cost = campaign.costMicros();
        if (cost == null) {
            return Optional.empty();
        }
        return switch (campaign.costModel()) {
            case CPA ->
                    catalog.inReportCurrency(
                                    new Money(
                                            cost,
                                            campaign.currency() == null
                                                    ? catalog.reportCurrency()
                                                    : campaign.currency()),
                                    at)
                            .map(money -> new CostTerm(money.micros(), 0));
            case REVSHARE -> Optional.of(new CostTerm(0, cost));
            case NONE, CPC, CPM, DAILY -> Optional.empty();
        };
    }

    /// What a conversion costs that earns so much, in millionths, rounded half up.
    public long costOf(long revenueMicros) {
        return sharePercentMicros == 0
                ? amountMicros
                : BigDecimal.valueOf(revenueMicros)
                        .multiply(BigDecimal.valueOf(sharePercentMicros))
                        .divide(WHOLE, 0, RoundingMode.HALF_UP)
                        .longValueExact();
    }

    byte[] encode() {
        return new Writer(TERM).number(1, amountMicros).number(2, sharePercentMicros).toBytes();
    }

    static CostTerm decode(byte[] bytes) {
        return Fields.read(
                bytes,
                in -> {
                    if (in.kind() != TERM) {
                        throw new CorruptRecord("a cost term of kind " + in.kind());
                    }
                    return new CostTerm(in.number(1), in.number(2));
                });
    }
}
