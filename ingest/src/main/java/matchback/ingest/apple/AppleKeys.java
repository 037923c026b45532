package matchback.ingest.apple;

import java.util.Map;

/// Apple's public keys, as X.509 SubjectPublicKeyInfo in base64. A version is checked with its own
/// key only; trying several would let a key for tests vouch for the real thing.
///
/// @param skanOld for SKAdNetwork 1.0 and 2.0, on the curve P-192
/// @param skan for SKAdNetwork 2.1 and later, on P-256
/// @param production of AdAttributionKit, on P-256, by `kid`
/// @param development the same for developer mode
public record AppleKeys(
        String skanOld,
        String skan,
        Map<String, String> production,
        Map<String, String> development) {

    private static final String P256 =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWdp8GPcGqmhgzEFj9Z2nSpQVddayaPe4FMzqM9wib1+aHaaI"
                    + "zoHoLN9zW4K8y4SPykE3YVK3sVqW6Af0lfx3gg==";

    /// As published at developer.apple.com/documentation/storekit/
    /// verifying-an-install-validation-postback and developer.apple.com/documentation/
    /// adattributionkit/verifying-a-postback (read in November 2026).
    public static final AppleKeys PUBLISHED =
            new AppleKeys(
                    "MEkwEwYHKoZIzj0CAQYIKoZIzj0DAQEDMgAEMyHD625uvsmGq4C43cQ9BnfN2xslVT5V1nOmAMP6"
                            + "qaRRUll3PB1JYmgSm+62sosG",
                    P256,
                    Map.of("apple-cas-identifier/0", P256),
                    Map.of(
                            "apple-development-identifier/0",
                            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAELeEDzpJEP+/qRSE5hJVC1p1J0ssUnQGM"
                                    + "zBBbvnACBok8OVGGLgxL0myrKiy6lvRtSlLRsWit87i+vftD8AEqeQ==",
                            "apple-development-identifier/1",
                            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YzdO7eM97s/IJ25kdW5CZ3A14USE5IJ"
                                    + "5Ha/vhWaxI6UBI1ZxCEvjrKxVluVGe6qWwF1BDFq+QHqKfH5u+wxHQ=="));

    public AppleKeys {
        production = Map.copyOf(production);
        development = Map.copyOf(development);
    }
}
