package matchback.attribute;

import java.util.List;
import java.util.Optional;
import matchback.ledger.state.ConversionState;
import matchback.ledger.state.ConversionState.Change;
import matchback.ledger.state.ConversionState.Leg;
import matchback.model.Money;
import matchback.model.Reason;
import matchback.model.Status;
import matchback.model.apple.ApplePostback;
import matchback.model.catalog.AppleApp;
import matchback.model.trace.StepKind;

/// What the winning postback of an app that is set up counts as, by the app's conversion values.
///
/// A value that no rule fits, or none at all, is an install, a redownload or a re-engagement
/// without revenue, in the first window. A later window tells of the same install once more:
/// without a rule it counts for nothing.
final class AppleMeaning {
    private final Case of;
    private final Notes notes;
    private final ApplePostback told;
    private final AppleApp app;

    AppleMeaning(Case of, Notes notes, ApplePostback told, AppleApp app) {
        this.of = of;
        this.notes = notes;
        this.told = told;
        this.app = app;
    }

    private record Worth(String eventType, Money payout) {}

    Ruling ruling() {
        var worth = worth();
        if (worth.isEmpty()) {
            return new Ruling.Aside(
                    new Objection(
                            Reason.LATER_WINDOW,
                            "it is window "
                                    + (told.window() + 1)
                                    + (told.value().isEmpty() ? "" : ", value " + told.value())));
        }
        var payout = worth.get().payout();
        return of.catalog()
                .inReportCurrency(payout, of.postback().receivedAt())
                .<Ruling>map(revenue -> count(worth.get(), revenue))
                .orElseGet(() ->
                        new Ruling.Aside(
                                new Objection(
                                        Reason.NO_RATE,
                                        "there is no rate for " + payout.currency())));
    }

    private Optional<Worth> worth() {
        var currency = app.currency() == null ? of.catalog().reportCurrency() : app.currency();
        var rule = app.value(told);
        if (rule.isPresent()) {
            var payout = new Money(rule.get().revenueMicros(), currency);
            of.trace()
                    .took(
                            StepKind.APPLE_VALUE,
                            told.value(),
                            rule.get().eventType(),
                            payout.plain() + ' ' + payout.currency());
            return Optional.of(corrected(new Worth(rule.get().eventType(), payout)));
        }
        boolean isNamed = !of.correction().eventType().isEmpty();
        if (told.window() > 0 && !isNamed) {
            return Optional.empty();
        }
        var event = told.gain().word();
        of.trace().took(StepKind.APPLE_VALUE_OPEN, told.value(), event);
        if (!told.value().isEmpty() && !app.values().isEmpty()) {
            notes.warn(
                    Reason.UNMAPPED_VALUE,
                    "conversion value " + told.value() + " of window " + (told.window() + 1));
        }
        return Optional.of(corrected(new Worth(event, new Money(0, currency))));
    }

    /// What a person knows better.
    private Worth corrected(Worth worth) {
        var said = of.correction();
        var micros = said.payoutMicros();
        return new Worth(
                said.eventType().isEmpty() ? worth.eventType() : said.eventType(),
                new Money(
                        micros == null ? worth.payout().micros() : micros,
                        said.currency().isEmpty() ? worth.payout().currency() : said.currency()));
    }

    private Ruling count(Worth worth, Money revenue) {
        var postback = of.postback();
        var said = of.correction().status();
        var status = said == null ? Status.APPROVED : said;
        boolean isReversed = status == Status.REVERSED;
        var change =
                new Change(
                        postback.recordId(),
                        postback.receivedAt(),
                        postback.feed(),
                        Reason.NEW_CONVERSION,
                        status,
                        worth.payout());
        return new Ruling.Count(
                Reason.NEW_CONVERSION,
                new ConversionState(
                        1,
                        postback.recordId(),
                        worth.eventType(),
                        told.id(),
                        status,
                        worth.payout(),
                        revenue.micros(),
                        null,
                        postback.sender(),
                        List.of(new Leg(postback.feed(), postback.receivedAt())),
                        postback.receivedAt(),
                        postback.receivedAt(),
                        isReversed ? postback.recordId() : null,
                        isReversed ? postback.receivedAt() : 0,
                        "",
                        "",
                        List.of(change)));
    }
}
