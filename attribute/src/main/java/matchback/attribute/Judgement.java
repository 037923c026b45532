package matchback.attribute;

import java.util.EnumSet;
import java.util.Set;
import matchback.model.Decision;
import matchback.model.Reason;

/// How a postback's proof was judged when it came, as its first decision tells.
enum Judgement {
    /// It was let in.
    PASSED,
    /// Its token, address or signature was not good.
    FAILED,
    /// Nobody looked: it was refused before that, or deciding it failed.
    NONE;

    private static final Set<Reason> UNPROVEN =
            EnumSet.of(
                    Reason.BAD_TOKEN,
                    Reason.BAD_SIGNATURE,
                    Reason.STALE_SIGNATURE,
                    Reason.REPLAYED_SIGNATURE,
                    Reason.ADDRESS_NOT_ALLOWED);

    /// What is refused after the proof: whose click it is, how old, what it says; what is not ours
    /// is handed on only for who proved himself.
    private static final Set<Reason> REFUSED_LATER =
            EnumSet.of(
                    Reason.WRONG_SENDER,
                    Reason.UNKNOWN_CLICK,
                    Reason.EXPIRED_CLICK,
                    Reason.TOO_LATE,
                    Reason.IGNORED_STATUS,
                    Reason.OVER_CAP,
                    Reason.FORWARDED_FOREIGN,
                    Reason.REJECTED_IN_REVIEW);

    static Judgement of(Reason first) {
        if (UNPROVEN.contains(first)) {
            return FAILED;
        }
        boolean isEarly = first.decision() == Decision.REFUSED && !REFUSED_LATER.contains(first);
        return isEarly || first == Reason.INTERNAL_ERROR ? NONE : PASSED;
    }
}
