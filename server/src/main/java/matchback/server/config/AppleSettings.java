package matchback.server.config;

import java.util.List;
import java.util.Map;

/// What Apple's postbacks are checked with.
///
/// @param skanOldKey for SKAdNetwork 1.0 and 2.0; empty: as published
/// @param skanKey for SKAdNetwork 2.1 and later; empty: as published
/// @param keys of AdAttributionKit by kid; none: as published
/// @param developmentKeys of its developer mode by kid; none: as published
public record AppleSettings(
        String skanOldKey,
        String skanKey,
        Map<String, String> keys,
        Map<String, String> developmentKeys) {

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

    static final List<Setting<?>> ALL = List.of(SKAN_OLD_KEY, SKAN_KEY, KEYS, DEVELOPMENT_KEYS);

    static AppleSettings from(Values values) {
        return new AppleSettings(
                values.get(SKAN_OLD_KEY),
                values.get(SKAN_KEY),
                values.get(KEYS),
                values.get(DEVELOPMENT_KEYS));
    }
}
