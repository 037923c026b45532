package matchback.attribute;

import java.util.Optional;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.state.NonceState;
import matchback.model.Reason;
import matchback.model.catalog.Sender;
import matchback.model.catalog.SignatureRule;
import matchback.model.signature.Evidence;

/// Judges what the door found out about a signature: whose it is, how old, and whether it was shown
/// before. What is good is remembered with the click, so that a copy of it is known, also after a
/// restart and in every rebuild.
final class Signatures {
    /// How far the clocks of a sender's machines may lie apart.
    private static final long SKEW_MILLIS = 60_000;

    private Signatures() {}

    static Optional<Objection> objection(Sender sender, SignatureRule rule, Case of) {
        return switch (evidence(sender, of)) {
            case Evidence.Failed(_, var detail) ->
                    Optional.of(new Objection(Reason.BAD_SIGNATURE, detail));
            case Evidence.Verified verified -> {
                var stale = stale(rule, verified, of);
                var refused = stale.isPresent() ? stale : replayed(rule, verified, of);
                if (refused.isEmpty()) {
                    AdmissionTrace.signature(of, rule, verified);
                }
                yield refused;
            }
        };
    }

    /// Whether a report bears a signature of a key of the sender, whatever its age.
    static boolean isSigned(Sender sender, PostbackReceived postback) {
        return sender.security().signature() != null
                && postback.signatures().stream()
                        .anyMatch(evidence ->
                                evidence instanceof Evidence.Verified verified
                                        && verified.sender().equals(sender.key()));
    }

    /// What there is about this sender, else about all of them.
    private static Evidence evidence(Sender sender, Case of) {
        var all = of.postback().signatures();
        for (var evidence : all) {
            if (evidence.sender().equals(sender.key())) {
                return evidence;
            }
        }
        for (var evidence : all) {
            if (evidence.sender().isEmpty()) {
                return evidence;
            }
        }
        return new Evidence.Failed(
                sender.key(),
                all.isEmpty()
                        ? "no signature was sent for sender " + Notes.quoted(sender.key())
                        : "the signature is another sender's, not that of "
                                + Notes.quoted(sender.key()));
    }

    private static Optional<Objection> stale(
            SignatureRule rule, Evidence.Verified verified, Case of) {
        if (verified.signedAt() == 0) {
            return Optional.empty();
        }
        long age = of.postback().receivedAt() - verified.signedAt();
        if (Math.abs(age) <= rule.toleranceSeconds() * 1000L) {
            return Optional.empty();
        }
        return Optional.of(
                new Objection(
                        Reason.STALE_SIGNATURE,
                        "the signature's time is "
                                + Math.abs(age) / 1000
                                + " s "
                                + (age > 0 ? "before" : "after")
                                + " ours; at most "
                                + rule.toleranceSeconds()
                                + " s"));
    }

    /// Takes the nonce unless another record has. A record that is decided again has taken it
    /// itself.
    private static Optional<Objection> replayed(
            SignatureRule rule, Evidence.Verified verified, Case of) {
        var postback = of.postback();
        var taken = of.state().nonce(verified.keyId(), verified.nonce());
        if (taken.filter(nonce -> !nonce.recordId().equals(postback.recordId()))
                .filter(nonce -> postback.receivedAt() <= nonce.until())
                .isPresent()) {
            return Optional.of(
                    new Objection(
                            Reason.REPLAYED_SIGNATURE,
                            "the signature was taken before, with receipt "
                                    + taken.orElseThrow().recordId()));
        }
        long until =
                verified.signedAt() == 0
                        ? Long.MAX_VALUE
                        : postback.receivedAt() + 2000L * rule.toleranceSeconds() + SKEW_MILLIS;
        of.state()
                .saveNonce(
                        verified.keyId(),
                        verified.nonce(),
                        new NonceState(postback.recordId(), until));
        return Optional.empty();
    }
}
