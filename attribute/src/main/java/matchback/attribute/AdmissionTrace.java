package matchback.attribute;

import java.util.Optional;
import matchback.ledger.state.ClickState;
import matchback.model.ClickId;
import matchback.model.Reason;
import matchback.model.catalog.Sender;
import matchback.model.catalog.SignatureRule;
import matchback.model.signature.Evidence;
import matchback.model.trace.StepKind;

/// Notes the steps of [Admission].
final class AdmissionTrace {
    private AdmissionTrace() {}

    /// What the door made of the click id.
    static void clickId(Case of) {
        var postback = of.postback();
        var parameter = postback.clickParameter();
        if (!postback.clickId().isEmpty()) {
            of.trace().took(StepKind.CLICK_ID_READ, parameter);
        } else if (postback.refusal() == Reason.MISSING_CLICK_ID || parameter.isEmpty()) {
            of.trace().took(StepKind.CLICK_ID_MISSING);
        } else {
            of.trace().took(StepKind.CLICK_ID_WRONG, parameter);
        }
    }

    /// A report that goes no further than to who sent it.
    static void refused(Case of, Optional<Sender> inPath) {
        inPath.ifPresent(sender -> of.trace().took(StepKind.SENDER_IN_PATH, sender.key()));
    }

    /// @param sender the one found, by the address or by the click's offer
    static void sender(Case of, Optional<Sender> sender, Optional<ClickState> click) {
        if (sender.isEmpty()) {
            of.trace().took(StepKind.SENDER_NONE);
        } else if (of.postback().sender().isEmpty()) {
            var offer = click.map(ClickState::offer).orElse("");
            of.trace().took(StepKind.SENDER_BY_OFFER, sender.get().key(), offer);
        } else {
            of.trace().took(StepKind.SENDER_IN_PATH, sender.get().key());
        }
    }

    /// What the sender asks for was shown.
    static void signature(Case of, SignatureRule rule, Evidence.Verified verified) {
        var scheme =
                rule.keys().stream()
                        .filter(key -> key.kid().equals(verified.keyId()))
                        .findFirst()
                        .map(key -> key.scheme().word())
                        .orElse("");
        var age =
                verified.signedAt() == 0
                        ? ""
                        : seconds(of.postback().receivedAt() - verified.signedAt());
        of.trace().took(StepKind.SIGNATURE_RIGHT, verified.keyId(), scheme, age);
    }

    static void click(Case of, Optional<ClickState> found) {
        var postback = of.postback();
        var age = seconds(postback.receivedAt() - ClickId.ofAuthentic(postback.clickId()).millis());
        if (found.isEmpty()) {
            of.trace().took(StepKind.CLICK_UNKNOWN, age);
            return;
        }
        var click = found.get();
        if (click.recorded()) {
            of.trace().took(StepKind.CLICK_FOUND, click.campaign(), click.offer(), age);
        } else {
            of.trace().took(StepKind.CLICK_BY_ID, click.campaign(), age);
        }
    }

    private static String seconds(long millis) {
        return Long.toString(millis / 1000);
    }
}
