package matchback.attribute;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import matchback.ledger.Event.PostbackReceived;
import matchback.ledger.state.ClickState;
import matchback.model.ClickId;
import matchback.model.Reason;
import matchback.model.catalog.Sender;
import matchback.model.catalog.SignatureRule;
import matchback.model.trace.StepKind;
import org.jspecify.annotations.Nullable;

/// Finds out who reports and about which click, and whether that may be: the door's word first,
/// then sender, proof, ownership, and the click's age by the time of receipt.
final class Admission {
    private final RulesConfig config;

    Admission(RulesConfig config) {
        this.config = config;
    }

    Party admit(Case of) {
        var postback = of.postback();
        var catalog = of.catalog();
        var inPath =
                catalog.sender(postback.sender())
                        .filter(sender -> wasLetIn(of) || !sender.archived());
        var click = click(of);
        if (of.isTest(click.orElse(null))) {
            of.trace().took(StepKind.TEST);
        }
        AdmissionTrace.clickId(of);
        var refusal = postback.refusal();
        if (refusal != null) {
            AdmissionTrace.refused(of, inPath);
            return refused(inPath, click, forwarded(of, inPath, refusal));
        }
        if (postback.clickId().isEmpty()) {
            AdmissionTrace.refused(of, inPath);
            return refused(inPath, click, new Objection(Reason.MISSING_CLICK_ID, ""));
        }
        if (inPath.isEmpty() && !postback.sender().isEmpty()) {
            of.trace().took(StepKind.SENDER_UNKNOWN, postback.sender());
            return refused(Optional.empty(), click, unknownSender(postback));
        }
        var sender = inPath.or(() -> click.flatMap(c -> catalog.sender(c.sender())));
        AdmissionTrace.sender(of, sender, click);
        var objection = objection(of, sender, click);
        return new Party(
                sender.orElse(null),
                click.orElse(null),
                !postback.feed().isOperators()
                        && sender.filter(s -> s.security().isOpen()).isPresent(),
                objection.orElse(null));
    }

    /// What is not about a click of ours is handed on to the tracker before, if its sender is known
    /// and proves itself; whatever stands against that, the door's word stands.
    private static Objection forwarded(Case of, Optional<Sender> sender, Reason refusal) {
        var postback = of.postback();
        boolean isKnown = sender.isPresent() || postback.sender().isEmpty();
        return Forwarding.to(of)
                // Of a test nobody hears.
                .filter(_ -> isKnown && !postback.test())
                .filter(_ -> proof(of, sender, Optional.empty()).isEmpty())
                .map(tracker ->
                        new Objection(
                                Reason.FORWARDED_FOREIGN,
                                "it is handed on to " + Notes.quoted(tracker.name())))
                .orElseGet(() -> new Objection(refusal, postback.detail()));
    }

    private Optional<Objection> objection(
            Case of, Optional<Sender> sender, Optional<ClickState> click) {
        if (of.isAdmitted()) {
            // It is not judged by rules made since it came.
            of.trace().took(StepKind.NOT_JUDGED_AGAIN);
            AdmissionTrace.click(of, click);
            return Optional.empty();
        }
        var proof = proof(of, sender, click);
        if (proof.isPresent()) {
            return proof;
        }
        AdmissionTrace.click(of, click);
        return ownership(of.postback(), click).or(() -> age(of, click, sender));
    }

    /// Whether its sender was known and its proof good when it came.
    private static boolean wasLetIn(Case of) {
        var first = of.first();
        return of.isAdmitted() || (first != null && Judgement.of(first) == Judgement.PASSED);
    }

    private static Party refused(
            Optional<Sender> sender, Optional<ClickState> click, Objection objection) {
        return new Party(sender.orElse(null), click.orElse(null), false, objection);
    }

    /// The click's state, or what the id of an unrecorded one tells.
    private static Optional<ClickState> click(Case of) {
        var postback = of.postback();
        if (postback.clickId().isEmpty()) {
            return Optional.empty();
        }
        return of.state()
                .click()
                .or(() ->
                        UnrecordedClick.of(
                                ClickId.ofAuthentic(postback.clickId()), postback, of.catalog()));
    }

    private static Objection unknownSender(PostbackReceived postback) {
        return new Objection(
                Reason.UNKNOWN_SENDER, "there is no sender " + Notes.quoted(postback.sender()));
    }

    /// What speaks against the sender's proof. In a replay the first judgement stands: rules of
    /// security made since are for what comes, and who was refused has no better proof now.
    private static Optional<Objection> proof(
            Case of, Optional<Sender> sender, Optional<ClickState> click) {
        if (of.postback().feed().isOperators()) {
            of.trace().took(StepKind.OPERATORS_OWN);
            return Optional.empty();
        }
        var first = of.first();
        var judged = first == null ? Judgement.NONE : Judgement.of(first);
        return switch (judged) {
            case PASSED -> {
                of.trace().took(StepKind.PROOF_KEPT);
                yield Optional.empty();
            }
            case FAILED ->
                    Optional.of(
                            new Objection(
                                    Objects.requireNonNull(first),
                                    "it was refused so when it came"));
            case NONE ->
                    sender.flatMap(s -> security(s, of)).filter(o -> !isForgiven(o, of, click));
        };
    }

    /// The test bench sends from this machine and knows no token and no key, so what is missing
    /// there is told and not held against it: a test counts for nothing anyway.
    private static boolean isForgiven(Objection missing, Case of, Optional<ClickState> click) {
        boolean isBench = of.postback().test() && click.filter(ClickState::test).isPresent();
        if (isBench) {
            of.trace().took(StepKind.PROOF_NOT_TESTED, missing.reason().code(), missing.detail());
        }
        return isBench;
    }

    private static Optional<Objection> security(Sender sender, Case of) {
        var security = sender.security();
        if (security.isOpen()) {
            of.trace().took(StepKind.PROOF_NOT_ASKED);
            return Optional.empty();
        }
        var signature = security.signature();
        if (!of.postback().feed().isServer()) {
            return browser(sender, signature, of);
        }
        return path(sender, of)
                .or(() -> token(sender, of))
                .or(() -> address(sender, of))
                .or(() ->
                        signature == null
                                ? Optional.empty()
                                : Signatures.objection(sender, signature, of));
    }

    /// A page shows all it has to everybody, so a token in it proves nothing; a server may have
    /// signed the page's report.
    private static Optional<Objection> browser(
            Sender sender, @Nullable SignatureRule signature, Case of) {
        if (sender.browsers().unproven() && !Signatures.isSigned(sender, of.postback())) {
            of.trace().took(StepKind.PROOF_NOT_OF_BROWSERS);
            return Optional.empty();
        }
        return signature == null
                ? Optional.of(
                        new Objection(
                                Reason.BAD_TOKEN,
                                "a browser cannot prove that sender "
                                        + Notes.quoted(sender.key())
                                        + " sent it; allow reports by browsers there, or have"
                                        + " its pixels signed"))
                : Signatures.objection(sender, signature, of);
    }

    private static Optional<Objection> path(Sender sender, Case of) {
        var path = sender.security().path();
        if (path == null) {
            return Optional.empty();
        }
        if (path.takes(of.postback().tokenFingerprints(), of.postback().receivedAt())) {
            of.trace().took(StepKind.PATH_RIGHT);
            return Optional.empty();
        }
        return Optional.of(
                new Objection(
                        Reason.BAD_TOKEN,
                        "the secret in the path is not that of sender "
                                + Notes.quoted(sender.key())
                                + ", or there is none"));
    }

    private static Optional<Objection> token(Sender sender, Case of) {
        var taken = sender.security().tokenFingerprints();
        var shown = of.postback().tokenFingerprints();
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        if (!Collections.disjoint(taken, shown)) {
            of.trace().took(StepKind.TOKEN_RIGHT);
            return Optional.empty();
        }
        return Optional.of(
                new Objection(
                        Reason.BAD_TOKEN,
                        (shown.isEmpty()
                                        ? "no token was sent for sender "
                                        : "the token is not that of sender ")
                                + Notes.quoted(sender.key())));
    }

    private static Optional<Objection> address(Sender sender, Case of) {
        if (sender.security().addresses().isEmpty()) {
            return Optional.empty();
        }
        if (!of.postback().refusingSenders().contains(sender.key())) {
            of.trace().took(StepKind.ADDRESS_LISTED);
            return Optional.empty();
        }
        return Optional.of(
                new Objection(
                        Reason.ADDRESS_NOT_ALLOWED,
                        "the address is not on the list of sender " + Notes.quoted(sender.key())));
    }

    /// A sender converts only clicks of its own offers.
    private static Optional<Objection> ownership(
            PostbackReceived postback, Optional<ClickState> click) {
        var caller = postback.sender();
        var owner = click.map(ClickState::sender).orElse("");
        if (caller.isEmpty() || owner.isEmpty() || owner.equals(caller)) {
            return Optional.empty();
        }
        return Optional.of(
                new Objection(
                        Reason.WRONG_SENDER,
                        "the click's offer belongs to sender "
                                + Notes.quoted(owner)
                                + ", not "
                                + Notes.quoted(caller)));
    }

    private Optional<Objection> age(Case of, Optional<ClickState> click, Optional<Sender> sender) {
        var postback = of.postback();
        long clickedAt = ClickId.ofAuthentic(postback.clickId()).millis();
        long receivedAt = postback.receivedAt();
        var age = Duration.ofMillis(receivedAt - clickedAt);
        if (click.isPresent() && click.get().convertedAt() != 0) {
            return receivedAt <= convertedUntil(clickedAt)
                    ? Optional.empty()
                    : expired(age, config.convertedMonths() + " months, even after a conversion");
        }
        if (age.compareTo(config.longestWindow()) > 0) {
            return expired(age, config.longestWindow().toDays() + " days");
        }
        if (click.isEmpty()) {
            return Optional.of(new Objection(Reason.UNKNOWN_CLICK, ""));
        }
        return Windows.objection(click.get(), of, sender);
    }

    private long convertedUntil(long clickedAt) {
        return Instant.ofEpochMilli(clickedAt)
                .atOffset(ZoneOffset.UTC)
                .plusMonths(config.convertedMonths())
                .toInstant()
                .toEpochMilli();
    }

    private static Optional<Objection> expired(Duration age, String limit) {
        return Optional.of(
                new Objection(
                        Reason.EXPIRED_CLICK,
                        "the click is " + age.toDays() + " days old; at most " + limit));
    }
}
