package matchback.server.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import matchback.ingest.apple.AppleKeys;

/// Posts what Apple's devices would, signed with a key of its own.
public final class AppleDevice {
    public static final String SKAN = "/.well-known/skadnetwork/report-attribution/";
    public static final String AAK = "/.well-known/appattribution/report-attribution/";
    public static final long APP = 525_463_029;
    public static final String KID = "apple-cas-identifier/0";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SIGNED =
            List.of(
                    "version",
                    "ad-network-id",
                    "source-identifier",
                    "app-id",
                    "transaction-id",
                    "redownload",
                    "source-app-id",
                    "fidelity-type",
                    "did-win",
                    "postback-sequence-index");

    private final KeyPair pair;

    public AppleDevice() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// X.509 SubjectPublicKeyInfo in base64.
    public String publicKey() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /// Those that take this device's postbacks for Apple's.
    public AppleKeys keys() {
        var published = AppleKeys.PUBLISHED;
        return new AppleKeys(
                published.skanOld(),
                publicKey(),
                Map.of(KID, publicKey()),
                published.development());
    }

    /// A winning postback of SKAdNetwork 4 of the first window, not signed yet.
    public static ObjectNode install(String id, String source, int value) {
        return JSON.createObjectNode()
                .put("version", "4.0")
                .put("ad-network-id", "example123.skadnetwork")
                .put("source-identifier", source)
                .put("app-id", APP)
                .put("transaction-id", id)
                .put("redownload", false)
                .put("fidelity-type", 1)
                .put("did-win", true)
                .put("postback-sequence-index", 0)
                .put("conversion-value", value);
    }

    /// The body of a postback of SKAdNetwork 4.
    public String skan(ObjectNode postback) {
        var text =
                String.join(
                        "\u2063",
                        SIGNED.stream()
                                .filter(postback::has)
                                .map(name -> postback.get(name).asText())
                                .toList());
        return postback.deepCopy()
                .put(
                        "attribution-signature",
                        Base64.getEncoder().encodeToString(sign("SHA256withECDSA", text)))
                .toString();
    }

    /// The body of a postback of AdAttributionKit of the first window.
    public String aak(String id, String source, int value) {
        var payload =
                JSON.createObjectNode()
                        .put("postback-identifier", id)
                        .put("ad-network-identifier", "example123.adattributionkit")
                        .put("advertised-item-identifier", APP)
                        .put("source-identifier", source)
                        .put("impression-type", "app-impression")
                        .put("conversion-type", "download")
                        .put("did-win", true)
                        .put("postback-sequence-index", 0);
        var header = "{\"kid\":\"" + KID.replace("/", "\\/") + "\",\"alg\":\"ES256\"}";
        var text =
                String.join(
                        ".",
                        Stream.of(header, payload.toString())
                                .map(part -> base64Url(part.getBytes(StandardCharsets.UTF_8)))
                                .toList());
        return JSON.createObjectNode()
                .put(
                        "jws-string",
                        text + '.' + base64Url(sign("SHA256withECDSAinP1363Format", text)))
                .put("conversion-value", value)
                .put("ad-interaction-type", "click")
                .toString();
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] sign(String algorithm, String text) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
