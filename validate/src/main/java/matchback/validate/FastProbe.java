package matchback.validate;

import java.util.List;
import java.util.Locale;
import matchback.model.FraudCheck;

/// A conversion within a moment of its click.
final class FastProbe implements Probe {
    @Override
    public void look(Seen now, Cohort cohort, Findings findings) {
        long delay = now.conversion().delayMillis();
        if (delay < FraudCheck.MOMENT_MILLIS) {
            findings.suspect(
                    List.of(now),
                    FraudCheck.TOO_FAST,
                    String.format(
                            Locale.ROOT,
                            "it came %.1f s after its click; nobody is faster than 2 s",
                            delay / 1000.0));
        }
    }
}
