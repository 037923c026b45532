package matchback.ingest.apple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import matchback.ingest.apple.JsonFields.Wrong;
import matchback.model.apple.ApplePostback;
import matchback.model.apple.ApplePostback.Gain;
import matchback.model.apple.ApplePostback.Protocol;
import matchback.model.apple.Proof;

/// Reads postbacks of AdAttributionKit: a compact JWS with unsigned fields beside it. The signature
/// is checked over the segments as they came; written anew, Apple's own header would not fit any
/// more.
///
/// Source: developer.apple.com/documentation/adattributionkit/verifying-a-postback (read in
/// November 2026).
final class AakReader {
    private static final int JWS_CHARS_MAX = 8192;
    private static final int SIGNATURE_BYTES = 64;
    private static final long ITEM_MAX = (1L << 53) - 1;
    private static final Pattern SOURCE_IDENTIFIER = Pattern.compile("[0-9]{2,4}");

    private record Key(EcdsaCheck check, Proof proof) {}

    private final ObjectReader json;
    private final Map<String, Key> byKid = new HashMap<>();

    AakReader(AppleKeys keys, ObjectReader json) {
        this.json = json;
        keys.production().forEach((kid, key) -> byKid.put(kid, key(key, Proof.APPLE)));
        keys.development().forEach((kid, key) -> byKid.put(kid, key(key, Proof.DEVELOPMENT)));
    }

    private static Key key(String key, Proof proof) {
        return new Key(EcdsaCheck.ofP256(key, EcdsaCheck.Form.FIXED), proof);
    }

    AppleReading.Read read(JsonNode body) {
        var jws = body.path("jws-string").asText("");
        var segments = jws.split("\\.", -1);
        if (segments.length != 3 || jws.length() > JWS_CHARS_MAX) {
            throw new Wrong("jws-string has not three segments");
        }
        var header = new JsonFields(part(segments[0], "the header of jws-string"));
        if (!header.text("alg").equals("ES256")) {
            throw new Wrong("alg is not ES256");
        }
        var payload = new JsonFields(part(segments[1], "the payload of jws-string"));
        var postback = postback(payload, new JsonFields(body));
        return new AppleReading.Read(postback, proof(header.text("kid"), segments));
    }

    private Proof proof(String kid, String[] segments) {
        var key = byKid.get(kid);
        if (key == null) {
            return Proof.FORGED;
        }
        var text = (segments[0] + '.' + segments[1]).getBytes(StandardCharsets.US_ASCII);
        var signature = bytes(segments[2], "the signature of jws-string");
        boolean fits = signature.length == SIGNATURE_BYTES && key.check().fits(text, signature);
        return fits ? key.proof() : Proof.FORGED;
    }

    private JsonNode part(String segment, String what) {
        try {
            var node = json.readTree(new String(bytes(segment, what), StandardCharsets.UTF_8));
            if (!node.isObject()) {
                throw new Wrong(what + " is no JSON object");
            }
            return node;
        } catch (JsonProcessingException _) {
            throw new Wrong(what + " is no JSON");
        }
    }

    private static byte[] bytes(String segment, String what) {
        try {
            return Base64.getUrlDecoder().decode(segment);
        } catch (IllegalArgumentException _) {
            throw new Wrong(what + " is no base64url");
        }
    }

    private static ApplePostback postback(JsonFields signed, JsonFields beside) {
        var source = signed.text("source-identifier");
        if (!SOURCE_IDENTIFIER.matcher(source).matches()) {
            throw new Wrong("source-identifier has not 2 to 4 digits");
        }
        long app = signed.number("advertised-item-identifier", ITEM_MAX);
        return new ApplePostback(
                Protocol.ADATTRIBUTIONKIT,
                "",
                signed.id("postback-identifier").toLowerCase(Locale.ROOT),
                signed.network("ad-network-identifier"),
                app,
                source,
                (int) signed.number("postback-sequence-index", 2),
                signed.truth("did-win"),
                gain(signed.text("conversion-type")),
                beside.numberOrNull("conversion-value", ApplePostback.FINE_MAX),
                SkanReader.coarse(beside),
                interaction(beside),
                signed.has("publisher-item-identifier")
                        ? Long.toString(signed.number("publisher-item-identifier", ITEM_MAX))
                        : "",
                beside.country("country-code"),
                app == 0);
    }

    /// One page of Apple's spells it without the hyphen.
    private static Gain gain(String word) {
        return switch (word) {
            case "download" -> Gain.INSTALL;
            case "redownload" -> Gain.REDOWNLOAD;
            case "re-engagement", "reengagement" -> Gain.REENGAGEMENT;
            default ->
                    throw new Wrong(
                            "conversion-type is none of download, redownload, re-engagement");
        };
    }

    private static String interaction(JsonFields beside) {
        var word = beside.textOr("ad-interaction-type", "");
        if (!word.isEmpty() && !word.equals("view") && !word.equals("click")) {
            throw new Wrong("ad-interaction-type is neither view nor click");
        }
        return word;
    }
}
