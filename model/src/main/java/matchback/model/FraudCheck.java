package matchback.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a conversion may be suspected of. Each check looks for one pattern; its verdict has the
/// reason of the same name with `fraud_` before it.
public enum FraudCheck {
    /// Nobody converts within a moment of the click.
    TOO_FAST(Reason.FRAUD_TOO_FAST),
    /// Many conversions a few seconds after their clicks: the click was made when the conversion
    /// was under way.
    INJECTION(Reason.FRAUD_INJECTION),
    /// Many clicks, few conversions, and those at any time: clicks made in the hope of one.
    FLOODING(Reason.FRAUD_FLOODING),
    /// Many conversions within seconds whose clicks share an address or a network.
    CLUSTER(Reason.FRAUD_CLUSTER),
    /// Payouts or values far above what the offer usually brings.
    AMOUNT(Reason.FRAUD_AMOUNT),
    /// Equal delays or equal gaps, as a program makes them.
    RHYTHM(Reason.FRAUD_RHYTHM),
    /// A transaction id that was another click's, made up a little.
    TRANSACTION(Reason.FRAUD_TRANSACTION),
    /// Figures of a publisher's conversions that together are unlike those of all others.
    UNUSUAL(Reason.FRAUD_UNUSUAL);

    /// Nobody converts faster than that after a click.
    public static final long MOMENT_MILLIS = 2000;

    private final Reason reason;

    FraudCheck(Reason reason) {
        this.reason = reason;
    }

    /// What a conversion is held as.
    public Reason reason() {
        return reason;
    }

    /// As it is written in settings, for example `too_fast`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FraudCheck> ofWord(String word) {
        return Arrays.stream(values()).filter(check -> check.word().equals(word)).findFirst();
    }
}
