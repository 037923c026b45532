package matchback.validate;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import matchback.ledger.Ledger;
import matchback.ledger.catalog.CatalogChange;
import matchback.model.catalog.Quarantine;
import matchback.model.catalog.Validation;

/// Puts publishers into quarantine where the operator wants that of a check. A person who ended a
/// quarantine is not overruled before its time is over.
final class Quarantines {
    private static final String BY = "validation";
    private static final long HOUR_MILLIS = 3_600_000L;

    /// Quarantines that hold at once; more than that is for a person to look at.
    private static final int OPEN_MAX = 200;

    private final Ledger ledger;
    private final InstantSource clock;

    Quarantines(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    void begin(Suspicion suspicion, Validation settings) {
        var conversion = suspicion.conversion();
        long now = clock.millis();
        var all = ledger.catalog().all(Quarantine.class);
        var key = key(suspicion);
        var known = all.get(key);
        boolean isKnown = known != null && now < known.until();
        long open = all.values().stream().filter(quarantine -> quarantine.isOpen(now)).count();
        if (isKnown || open >= OPEN_MAX) {
            return;
        }
        var publisher = conversion.publisher();
        var quarantine =
                new Quarantine(
                        key,
                        (publisher.isEmpty() ? conversion.source() : publisher)
                                + ": "
                                + suspicion.check().word(),
                        conversion.source(),
                        settings.publisher(),
                        publisher,
                        suspicion.check().word(),
                        suspicion.evidence(),
                        now,
                        now + settings.holdHours() * HOUR_MILLIS,
                        false);
        try {
            ledger.change(new CatalogChange(now, BY, quarantine)).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the ledger does not take a quarantine", e);
        }
    }

    /// The same for the same publisher and check, so that there is one at a time.
    private static String key(Suspicion suspicion) {
        var of = suspicion.conversion().cohort() + '\0' + suspicion.check().word();
        return "auto-" + UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
    }
}
