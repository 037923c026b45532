package matchback.report.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What may be wrong. The word is part of what is posted to users' systems and stays as it is.
public enum AlertKind {
    /// A sender that normally reports does not.
    SENDER_SILENT,
    /// A reason for refusing or holding postbacks became much more frequent.
    REFUSALS,
    /// A destination waits for a person, for example for a new access token.
    DESTINATION_PARKED,
    /// Deliveries have waited for long.
    UNDELIVERED,
    /// The disk of the data folder is nearly full.
    DISK,
    /// The certificate of the listeners ends soon.
    CERTIFICATE,
    /// This machine's clock differs from others'.
    CLOCK,
    /// Reports are behind what came in.
    COLUMNS,
    /// Nothing can be stored.
    LEDGER;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AlertKind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
