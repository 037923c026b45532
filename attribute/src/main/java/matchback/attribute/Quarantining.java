package matchback.attribute;

import java.util.Locale;
import java.util.Optional;
import matchback.ledger.state.ClickState;
import matchback.model.FraudCheck;
import matchback.model.Reason;
import matchback.model.catalog.Validation.Mode;
import matchback.model.trace.StepKind;

/// Keeps new conversions for a person to see whose publisher is in quarantine, or that come within
/// a moment of their clicks where the operator wants such ones held. What is later said of a
/// conversion that was counted already is taken as ever.
final class Quarantining {
    private Quarantining() {}

    static Optional<Objection> objection(Case of, Party party, Report report, Ruling ruling) {
        var click = party.click();
        if (click == null || !(ruling instanceof Ruling.Count) || of.isReleased()) {
            return Optional.empty();
        }
        return quarantined(of, click)
                .or(() -> tooFast(of, click, report))
                .map(objection -> {
                    of.trace()
                            .took(
                                    StepKind.QUARANTINED,
                                    objection.reason().code(),
                                    objection.detail());
                    return objection;
                });
    }

    private static Optional<Objection> quarantined(Case of, ClickState click) {
        return of.catalog()
                .quarantine(click.source(), click.subs(), of.postback().receivedAt())
                .map(quarantine -> new Objection(quarantine.reason(), quarantine.evidence()));
    }

    private static Optional<Objection> tooFast(Case of, ClickState click, Report report) {
        if (of.catalog().validation().rule(FraudCheck.TOO_FAST).mode() != Mode.HOLD) {
            return Optional.empty();
        }
        long delay = report.eventAt() - click.clickedAt();
        return delay >= FraudCheck.MOMENT_MILLIS
                ? Optional.empty()
                : Optional.of(
                        new Objection(
                                Reason.FRAUD_TOO_FAST,
                                String.format(
                                        Locale.ROOT,
                                        "it came %.1f s after its click",
                                        delay / 1000.0)));
    }
}
