package matchback.console;

import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import matchback.console.bench.TestGround;
import matchback.ledger.Ledger;
import matchback.ledger.replay.Replay;
import matchback.model.ClickIds;
import matchback.model.TokenFingerprints;
import matchback.report.Reports;

/// All that pages and API work with.
///
/// @param ids tells authentic click ids from others
/// @param random makes tokens and session ids, so it must not be predictable
/// @param fingerprints of tokens, under the installation's key
/// @param adminFingerprints fingerprints of the tokens that open the console; asked at each request
/// @param handover what reports that are handed in here need
/// @param desk what deliveries that are under way can be asked, and told
/// @param replay decides a period again
/// @param ground where the test bench makes its tests
/// @param validation what is found suspicious
/// @param alerts what is wrong just now
/// @param version of the program, shown on pages and in the description of the API
public record ConsoleContext(
        Ledger ledger,
        Reports reports,
        ClickIds ids,
        InstantSource clock,
        RandomGenerator random,
        TokenFingerprints fingerprints,
        Supplier<Set<String>> adminFingerprints,
        Vitals vitals,
        Handover handover,
        DeliveryDesk desk,
        Replay replay,
        TestGround ground,
        ValidationDesk validation,
        AlertBoard alerts,
        String version) {}
