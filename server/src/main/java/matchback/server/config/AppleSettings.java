package matchback.server.config;

import java.util.List;
import java.util.Map;

/// What Apple's postbacks are checked with, and what ads are signed with.
///
/// @param skanOldKey for SKAdNetwork 1.0 and 2.0; empty: as published
/// @param skanKey for SKAdNetwork 2.1 and later; empty: as published
/// @param keys of AdAttributionKit by kid; none: as published
/// @param developmentKeys of its developer mode by kid; none: as published
/// @param adNetwork id of the operator as an ad network; empty: is none
/// @param adKey private key whose public one Apple has
public record AppleSettings(
        String skanOldKey,
        String skanKey,
        Map<String, String> keys,
        Map<String, String> developmentKeys,
        String adNetwork,
        Secret adKey) {

    static final Setting<String> SKAN_OLD_KEY =
            Setting.of(
                    "apple-skan-old-key",
                    Form.publicKey(192),
                    "",
                    "Apple's public key for SKAdNetwork 1.0 and 2.0, on the curve P-192; empty: the"
                            + " one Apple published.");
    static final Setting<String> SKAN_KEY =
            Setting.of(
                    "apple-skan-key",
                    Form.publicKey(256),
                    "",
                    "Apple's public key for SKAdNetwork 2.1 and later, on the curve P-256; empty:"
                            + " the one Apple published.");
    static final Setting<Map<String, String>> KEYS =
            Setting.of(
                    "apple-keys",
                    Form.PUBLIC_KEYS,
                    "",
                    "Apple's public keys for AdAttributionKit by kid, on P-256; empty: those Apple"
                            + " published.");
    static final Setting<Map<String, String>> DEVELOPMENT_KEYS =
            Setting.of(
                    "apple-development-keys",
                    Form.PUBLIC_KEYS,
                    "",
                    "The same for developer mode; what they sign counts only where an app takes"
                            + " tests.");

    static final Setting<String> AD_NETWORK =
            Setting.of(
                    "apple-ad-network",
                    Form.AD_NETWORK,
                    "",
                    "Your id as an ad network registered with Apple, to sign ads with; empty: you"
                            + " are none.");
    static final Setting<Secret> AD_KEY =
            Setting.secret(
                    "apple-ad-key",
                    Form.AD_KEY,
                    "The private key whose public one you gave Apple, on P-256, as PKCS#8 in base64:"
                            + " a PEM file without its first and last line.");

    static final List<Setting<?>> ALL =
            List.of(SKAN_OLD_KEY, SKAN_KEY, KEYS, DEVELOPMENT_KEYS, AD_NETWORK, AD_KEY);

    static AppleSettings from(Values values) {
        return new AppleSettings(
                values.get(SKAN_OLD_KEY),
                values.get(SKAN_KEY),
                values.get(KEYS),
                values.get(DEVELOPMENT_KEYS),
                values.get(AD_NETWORK),
                values.get(AD_KEY));
    }
}
