package matchback.server;

import java.security.SecureRandom;
import matchback.console.people.Caller;
import matchback.model.ClickIdMint;
import matchback.model.ClickIds;
import matchback.model.ForeignClickIds;
import matchback.model.TokenFingerprints;
import matchback.model.catalog.Catalog;
import matchback.model.catalog.Permission;
import matchback.server.config.Configuration;
import matchback.store.embedded.EmbeddedLedger;

/// What this installation signs and knows people by; all of it comes from keys in its ledger.
///
/// @param clickIds tells its click ids from others
/// @param mint issues them
/// @param prints fingerprints of tokens
record Identity(ClickIds clickIds, ClickIdMint mint, TokenFingerprints prints, AdminToken token) {

    static Identity of(EmbeddedLedger ledger, Configuration configuration, SecureRandom random) {
        var installation = ledger.installation();
        var clickIds =
                new ClickIds(
                        installation.clickIdKeys(),
                        installation.installedAtMillis(),
                        ForeignClickIds.KNOWN);
        var prints = new TokenFingerprints(installation.fingerprintKey());
        return new Identity(
                clickIds,
                new ClickIdMint(clickIds, configuration.store().node(), random),
                prints,
                AdminToken.of(configuration.console().adminToken(), ledger, prints, random));
    }

    /// Whether the answer to a postback tells a caller with this token all about the click.
    ///
    /// @param at epoch milliseconds
    boolean mayExplain(String fingerprint, Catalog catalog, long at) {
        return token.fingerprints().contains(fingerprint)
                || Caller.ofToken(catalog, fingerprint, at)
                        .filter(caller -> caller.may(Permission.LOGS) && !caller.moneyMasked())
                        .isPresent();
    }
}
