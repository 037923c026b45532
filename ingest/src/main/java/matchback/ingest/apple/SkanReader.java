package matchback.ingest.apple;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import matchback.ingest.apple.JsonFields.Wrong;
import matchback.model.apple.ApplePostback;
import matchback.model.apple.ApplePostback.Coarse;
import matchback.model.apple.ApplePostback.Gain;
import matchback.model.apple.ApplePostback.Protocol;
import matchback.model.apple.Proof;
import org.jspecify.annotations.Nullable;

/// Reads postbacks of SKAdNetwork. Which fields are signed, and in which order, depends on the
/// version; they are joined by U+2063.
///
/// Sources:
/// developer.apple.com/documentation/storekit/combining-parameters-for-skadnetwork-3-postbacks and
/// .../combining-parameters-for-previous-skadnetwork-postback-versions (read in November 2026).
final class SkanReader {
    private static final String SEPARATOR = "\u2063";
    private static final Pattern SOURCE_IDENTIFIER = Pattern.compile("[0-9]{2,4}");
    private static final int CAMPAIGN_MAX = 100;
    private static final long APP_MAX = (1L << 53) - 1;

    private enum Version {
        V1_0("1.0"),
        V2_0("2.0"),
        V2_1("2.1"),
        V2_2("2.2"),
        V3_0("3.0"),
        V4_0("4.0");

        private final String text;

        Version(String text) {
            this.text = text;
        }

        boolean isFrom(Version other) {
            return compareTo(other) >= 0;
        }

        static Version of(JsonFields fields) {
            if (!fields.has("version")) {
                return V1_0;
            }
            var text = fields.text("version");
            for (var version : values()) {
                // Version 1 has no version field: one that names itself so is made up.
                if (version != V1_0 && version.text.equals(text)) {
                    return version;
                }
            }
            throw new Wrong("version is none of 2.0, 2.1, 2.2, 3.0 and 4.0");
        }
    }

    private final EcdsaCheck old;
    private final EcdsaCheck present;

    SkanReader(AppleKeys keys) {
        this.old = EcdsaCheck.ofP192(keys.skanOld());
        this.present = EcdsaCheck.ofP256(keys.skan(), EcdsaCheck.Form.DER);
    }

    AppleReading.Read read(JsonNode body) {
        var fields = new JsonFields(body);
        var version = Version.of(fields);
        var postback = postback(fields, version);
        var text = signedText(fields, version).getBytes(StandardCharsets.UTF_8);
        var check = version.isFrom(Version.V2_1) ? present : old;
        boolean fits = check.fits(text, signature(fields));
        return new AppleReading.Read(postback, fits ? Proof.APPLE : Proof.FORGED);
    }

    private static byte[] signature(JsonFields fields) {
        try {
            return Base64.getDecoder().decode(fields.text("attribution-signature"));
        } catch (IllegalArgumentException _) {
            throw new Wrong("attribution-signature is no base64");
        }
    }

    /// The text that Apple signs.
    static String signedText(JsonNode body) {
        var fields = new JsonFields(body);
        return signedText(fields, Version.of(fields));
    }

    private static String signedText(JsonFields fields, Version version) {
        List<String> parts = new ArrayList<>();
        if (version.isFrom(Version.V2_0)) {
            parts.add(version.text);
        }
        parts.add(fields.network("ad-network-id"));
        parts.add(source(fields, version));
        parts.add(Long.toString(fields.number("app-id", APP_MAX)));
        parts.add(fields.id("transaction-id"));
        if (version.isFrom(Version.V2_0)) {
            parts.add(Boolean.toString(fields.truth("redownload")));
            if (fields.has("source-app-id")) {
                parts.add(Long.toString(fields.number("source-app-id", APP_MAX)));
            } else if (version.isFrom(Version.V4_0) && fields.has("source-domain")) {
                parts.add(fields.domainOr("source-domain", ""));
            }
        }
        if (version.isFrom(Version.V2_2)) {
            parts.add(Long.toString(fields.number("fidelity-type", 1)));
        }
        if (version.isFrom(Version.V3_0)) {
            parts.add(Boolean.toString(fields.truth("did-win")));
        }
        if (version.isFrom(Version.V4_0)) {
            parts.add(Long.toString(fields.number("postback-sequence-index", 2)));
        }
        return String.join(SEPARATOR, parts);
    }

    private static String source(JsonFields fields, Version version) {
        if (!version.isFrom(Version.V4_0)) {
            return Long.toString(fields.number("campaign-id", CAMPAIGN_MAX));
        }
        var text = fields.text("source-identifier");
        if (!SOURCE_IDENTIFIER.matcher(text).matches()) {
            throw new Wrong("source-identifier has not 2 to 4 digits");
        }
        return text;
    }

    private static ApplePostback postback(JsonFields fields, Version version) {
        boolean has4 = version.isFrom(Version.V4_0);
        return new ApplePostback(
                Protocol.SKADNETWORK,
                version.text,
                fields.id("transaction-id").toLowerCase(Locale.ROOT),
                fields.network("ad-network-id"),
                fields.number("app-id", APP_MAX),
                source(fields, version),
                has4 ? (int) fields.number("postback-sequence-index", 2) : 0,
                !version.isFrom(Version.V3_0) || fields.truth("did-win"),
                version.isFrom(Version.V2_0) && fields.truth("redownload")
                        ? Gain.REDOWNLOAD
                        : Gain.INSTALL,
                fields.numberOrNull("conversion-value", ApplePostback.FINE_MAX),
                coarse(fields),
                interaction(fields, version),
                publisher(fields),
                fields.country("country-code"),
                // Of a source app that was signed for development.
                fields.has("source-app-id") && fields.number("source-app-id", APP_MAX) == 0);
    }

    static @Nullable Coarse coarse(JsonFields fields) {
        if (!fields.has("coarse-conversion-value")) {
            return null;
        }
        for (var value : Coarse.values()) {
            if (value.word().equalsIgnoreCase(fields.text("coarse-conversion-value"))) {
                return value;
            }
        }
        throw new Wrong("coarse-conversion-value is none of low, medium and high");
    }

    private static String interaction(JsonFields fields, Version version) {
        if (!version.isFrom(Version.V2_2)) {
            return "";
        }
        return fields.number("fidelity-type", 1) == 0 ? "view" : "click";
    }

    private static String publisher(JsonFields fields) {
        return fields.has("source-app-id")
                ? Long.toString(fields.number("source-app-id", APP_MAX))
                : fields.domainOr("source-domain", "");
    }
}
