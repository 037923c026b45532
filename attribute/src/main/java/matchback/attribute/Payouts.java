package matchback.attribute;

import java.util.Optional;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.catalog.Offer;
import matchback.model.catalog.PayoutRule;
import matchback.model.catalog.Sender;
import matchback.model.trace.StepKind;

/// What a report earns: what a person said, else by the sender's payout rule, else what the report
/// names, else the offer's default.
///
/// A rule is the operator's word, so its fixed amounts need not keep to the sender's limit; a share
/// is of what somebody sent, so it must. A share of a value that only a browser named is taken of
/// nothing, unless a browser's word is taken: it can be told anything.
final class Payouts {
    private final Case of;
    private final Party party;
    private final Report report;
    private final Notes notes;

    Payouts(Case of, Party party, Report report, Notes notes) {
        this.of = of;
        this.party = party;
        this.report = report;
        this.notes = notes;
    }

    /// Of a new conversion.
    Earning first() {
        var rule = rule();
        if (rule.isEmpty()) {
            return namedOrDefaulted();
        }
        return switch (rule.get().kind()) {
            case FIXED -> fixed(rule.get());
            case OFFER_DEFAULT -> ofOffer();
            case SHARE_OF_PAYOUT, SHARE_OF_VALUE -> namedOrDefaulted();
        };
    }

    /// Named by a report about a conversion that is there; empty when it names nothing that changes
    /// a payout.
    Optional<Money> later() {
        var rule = rule();
        boolean isSet = rule.isPresent() && !rule.get().kind().isShare();
        return isSet ? Optional.empty() : named();
    }

    /// The rule in force; a person's word needs none.
    private Optional<PayoutRule> rule() {
        return of.correction().payoutMicros() != null
                ? Optional.empty()
                : Optional.ofNullable(party.sender()).flatMap(Sender::payouts);
    }

    private Optional<Money> named() {
        var rule = rule();
        return rule.isEmpty()
                ? Optional.ofNullable(report.namedPayout())
                : whole(rule.get()).map(whole -> share(rule.get(), whole));
    }

    private Earning namedOrDefaulted() {
        var named = named();
        if (named.isEmpty()) {
            return defaulted();
        }
        var said = of.correction().payoutMicros() == null ? "sent" : "review";
        set(named.get(), rule().isEmpty() ? said : "share");
        return Earning.named(named.get(), of, party);
    }

    private Earning taken(Money payout, String rule) {
        set(payout, rule);
        return Earning.trusted(payout, of);
    }

    private void set(Money payout, String rule) {
        of.trace().took(StepKind.PAYOUT_SET, Earning.text(payout), rule);
    }

    private Optional<Money> whole(PayoutRule rule) {
        return switch (rule.kind()) {
            case SHARE_OF_PAYOUT -> Optional.ofNullable(report.namedPayout());
            case SHARE_OF_VALUE ->
                    party.isTakenAtItsWord(of.postback())
                            ? Optional.ofNullable(report.value())
                            : Optional.empty();
            case FIXED, OFFER_DEFAULT -> Optional.empty();
        };
    }

    private Money share(PayoutRule rule, Money whole) {
        var share = rule.shareOf(whole);
        of.trace()
                .took(
                        StepKind.SHARED,
                        Earning.text(share),
                        String.valueOf(rule.percent()),
                        Earning.text(whole));
        notes.mention(
                "payout "
                        + Earning.text(share)
                        + " is "
                        + rule.percent()
                        + " % of the "
                        + (rule.kind() == PayoutRule.Kind.SHARE_OF_VALUE
                                ? "order's value "
                                : "sent payout ")
                        + Earning.text(whole)
                        + ", by the sender's rule");
        return share;
    }

    private Earning fixed(PayoutRule rule) {
        var sender = party.sender();
        if (sender == null) {
            throw new IllegalStateException("a payout rule without a sender");
        }
        var fixed = new Money(rule.micros(), Earning.currency(sender, of.catalog()));
        notes.mention("payout " + Earning.text(fixed) + " is fixed by the sender's rule");
        return taken(fixed, "fixed");
    }

    /// The offer's, because the report names none.
    private Earning defaulted() {
        return offered()
                .map(payout -> {
                    notes.warn(
                            Reason.PAYOUT_DEFAULTED,
                            "the offer's " + Earning.text(payout) + " was taken");
                    return taken(payout, "default");
                })
                .orElseGet(this::nothingOffered);
    }

    private Earning ofOffer() {
        return offered()
                .map(payout -> {
                    notes.mention(
                            "payout "
                                    + Earning.text(payout)
                                    + " is the offer's, by the sender's rule");
                    return taken(payout, "offer_rule");
                })
                .orElseGet(this::nothingOffered);
    }

    private Optional<Money> offered() {
        return offer().flatMap(offer -> offer.payout(of.catalog().reportCurrency()));
    }

    private Earning nothingOffered() {
        return new Earning.Doubtful(
                new Objection(
                        Reason.NO_PAYOUT,
                        offer().map(o -> "offer " + Notes.quoted(o.key()) + " has no payout")
                                .orElse("the click's offer is not known")));
    }

    private Optional<Offer> offer() {
        var click = party.click();
        return of.catalog().offer(click == null ? "" : click.offer());
    }
}
