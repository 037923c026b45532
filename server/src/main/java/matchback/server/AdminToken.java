package matchback.server;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import matchback.model.TokenFingerprints;
import matchback.server.config.Secret;
import matchback.store.embedded.EmbeddedLedger;

/// The token that opens the console. Only its fingerprint is kept; a token that was made is told
/// once.
///
/// @param fingerprints of the tokens that are taken
/// @param made the new token, when one was made just now
record AdminToken(Set<String> fingerprints, Optional<String> made) {
    private static final String META = "admin-token";
    private static final int BYTES = 24;

    /// The configured token wins and is remembered; without one the remembered one stays in force;
    /// without that a new one is made.
    static AdminToken of(
            Secret given, EmbeddedLedger ledger, TokenFingerprints prints, SecureRandom random) {
        if (given.isSet()) {
            return new AdminToken(
                    Set.of(remember(ledger, prints.of(given.text()))), Optional.empty());
        }
        var remembered = ledger.get(META);
        if (remembered.isPresent()) {
            var print = new String(remembered.get(), StandardCharsets.US_ASCII);
            return new AdminToken(Set.of(print), Optional.empty());
        }
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new AdminToken(Set.of(remember(ledger, prints.of(token))), Optional.of(token));
    }

    private static String remember(EmbeddedLedger ledger, String fingerprint) {
        var bytes = fingerprint.getBytes(StandardCharsets.US_ASCII);
        var known = ledger.get(META);
        if (known.isEmpty() || !java.util.Arrays.equals(known.get(), bytes)) {
            ledger.put(META, bytes);
        }
        return fingerprint;
    }
}
