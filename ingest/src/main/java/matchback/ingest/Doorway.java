package matchback.ingest;

import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import matchback.ingest.visitor.Visitors;
import matchback.ledger.Ledger;
import matchback.model.ClickIdMint;
import matchback.model.ClickIds;
import matchback.model.RecordIds;
import matchback.model.TokenFingerprints;

/// All the door needs from outside: where events go, whence ids, time and chance come.
///
/// @param random safe for use by many threads, and hard to predict: salts of personal blocks are
///   drawn from it as well as the choice of offers
/// @param apiTokens whether a fingerprint is that of an API token, whose bearer is told more
/// @param testPass shown with postbacks of the test bench
/// @param caps which offers and paths take clicks today
/// @param visitors tells of agents and addresses
public record Doorway(
        Ledger ledger,
        ClickIds clickIds,
        ClickIdMint mint,
        RecordIds recordIds,
        InstantSource clock,
        RandomGenerator random,
        TokenFingerprints fingerprints,
        Predicate<String> apiTokens,
        TestPass testPass,
        DayCaps caps,
        Visitors visitors) {

    /// A door that nobody tests anything through, whose caps begin to count now, and that knows
    /// little of visitors.
    public Doorway(
            Ledger ledger,
            ClickIds clickIds,
            ClickIdMint mint,
            RecordIds recordIds,
            InstantSource clock,
            RandomGenerator random,
            TokenFingerprints fingerprints,
            Predicate<String> apiTokens) {
        this(
                ledger,
                clickIds,
                mint,
                recordIds,
                clock,
                random,
                fingerprints,
                apiTokens,
                TestPass.made(random),
                DayCaps.fromNow(ledger, clock),
                Visitors.UNAIDED);
    }

    /// The same door, knowing visitors by these.
    public Doorway knowing(Visitors others) {
        return new Doorway(
                ledger,
                clickIds,
                mint,
                recordIds,
                clock,
                random,
                fingerprints,
                apiTokens,
                testPass,
                caps,
                others);
    }
}
