package matchback.attribute;

import java.util.Optional;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Sender;
import matchback.model.trace.StepKind;

/// A payout with its worth in the report currency, or what stands against it.
sealed interface Earning {

    /// @param revenueMicros the payout in the report currency
    record Earned(Money payout, long revenueMicros) implements Earning {}

    record Doubtful(Objection objection) implements Earning {}

    /// A payout that the sender named: it must keep to the sender's limit.
    private static Earning named(Money payout, Party party, Case of) {
        var catalog = of.catalog();
        long at = of.postback().receivedAt();
        var sender = party.sender();
        var limit = sender == null ? Optional.<Money>empty() : limit(sender, catalog);
        if (limit.isEmpty()) {
            return trusted(payout, of);
        }
        boolean sameCurrency = limit.get().currency().equals(payout.currency());
        var most = sameCurrency ? limit : catalog.inReportCurrency(limit.get(), at);
        var found = sameCurrency ? Optional.of(payout) : catalog.inReportCurrency(payout, at);
        if (most.isEmpty() || found.isEmpty()) {
            return noRate(found.isEmpty() ? payout : limit.get());
        }
        if (found.get().micros() > most.get().micros()) {
            return new Doubtful(
                    new Objection(
                            Reason.AMOUNT_OVER_LIMIT,
                            "payout "
                                    + text(payout)
                                    + " is over the sender's limit of "
                                    + text(limit.get())));
        }
        of.trace().took(StepKind.WITHIN_LIMIT, text(limit.get()));
        return trusted(payout, of);
    }

    /// A payout that a report named, or a person for it; the limit does not bind a person.
    static Earning named(Money payout, Case of, Party party) {
        return of.isReleased() || of.correction().payoutMicros() != null
                ? trusted(payout, of)
                : named(payout, party, of);
    }

    /// A payout that the operator set.
    static Earning trusted(Money payout, Case of) {
        var catalog = of.catalog();
        long at = of.postback().receivedAt();
        var revenue = catalog.inReportCurrency(payout, at);
        if (revenue.isEmpty()) {
            return noRate(payout);
        }
        if (!payout.currency().equals(catalog.reportCurrency())) {
            var rate = catalog.rateTable().rate(payout.currency(), at).orElseThrow().text();
            of.trace().took(StepKind.CONVERTED, text(payout), text(revenue.get()), rate);
        }
        return new Earned(payout, revenue.get().micros());
    }

    /// What was earned before and this too, in the currency of before.
    static Earning sum(Earned before, Earned more, Catalog catalog) {
        var currency = before.payout().currency();
        boolean sameCurrency = currency.equals(more.payout().currency());
        if (!sameCurrency && !currency.equals(catalog.reportCurrency())) {
            return noRate(more.payout());
        }
        long micros =
                before.payout().micros()
                        + (sameCurrency ? more.payout().micros() : more.revenueMicros());
        long revenue = before.revenueMicros() + more.revenueMicros();
        return Math.max(micros, revenue) > Money.MICROS_MAX
                ? new Doubtful(
                        new Objection(
                                Reason.AMOUNT_OVER_LIMIT,
                                "with payout "
                                        + text(more.payout())
                                        + " the sum has over 18 digits"))
                : new Earned(new Money(micros, currency), revenue);
    }

    private static Optional<Money> limit(Sender sender, Catalog catalog) {
        var micros = sender.payoutLimitMicros();
        return micros == null
                ? Optional.empty()
                : Optional.of(new Money(micros, currency(sender, catalog)));
    }

    /// Of the amounts that the operator set for a sender.
    static String currency(Sender sender, Catalog catalog) {
        return sender.defaultCurrency().orElse(catalog.reportCurrency());
    }

    private static Earning noRate(Money money) {
        return new Doubtful(
                new Objection(
                        Reason.NO_RATE,
                        "there is no exchange rate that takes " + text(money) + " along"));
    }

    static String text(Money money) {
        return money.plain() + ' ' + money.currency();
    }
}
